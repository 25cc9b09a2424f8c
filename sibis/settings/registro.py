"""Registros (logs) estructurados y sin datos personales.

La limpieza va al final de la cadena y se aplica a todo: también a lo que escriben las
bibliotecas y a las trazas, que citan valores («Key (curp)=(…) already exists»).
"""

import re
from typing import Any

import structlog

_PATRONES = (
    # La consulta de un URL: lo que alguien escribió en un buscador no se guarda.
    (re.compile(r"(?<=[\w/])\?[^\s\"'<>)]*=[^\s\"'<>)]*"), "?…"),
    (re.compile(r"\b[A-Z]{4}\d{6}[A-Z]{6}[A-Z0-9]\d\b", re.IGNORECASE), "[CURP]"),
    (re.compile(r"\b[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}\b", re.IGNORECASE), "[RFC]"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"), "[correo]"),
    (re.compile(r"(?<![\d.])\d{18}(?![\d.])"), "[CLABE]"),
    (re.compile(r"(?<![\d.])(?:\+?52 ?)?\d{10}(?![\d.])"), "[teléfono]"),
)


def sin_datos_personales(_registrador: Any, _metodo: str, evento: dict[str, Any]) -> dict[str, Any]:
    """Procesador de structlog: quita consultas de URL y todo lo que parezca identificar a alguien."""
    return {clave: _limpio(valor) for clave, valor in evento.items()}


def _limpio(valor: Any) -> Any:
    if isinstance(valor, str):
        for patron, marca in _PATRONES:
            valor = patron.sub(marca, valor)
        return valor
    if isinstance(valor, dict):
        return {_limpio(clave): _limpio(dato) for clave, dato in valor.items()}
    if isinstance(valor, (list, tuple, set, frozenset)):
        return [_limpio(dato) for dato in valor]
    if isinstance(valor, (int, float, type(None))):
        return valor
    return _limpio(str(valor))


def en_un_renglon(texto: str) -> str:
    """Sin datos personales ni saltos: lo que llega de fuera no puede fingir otro renglón."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in _limpio(texto))


_COMUNES: tuple[Any, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
)


def _finales(formato: str) -> list[Any]:
    escribir = (
        structlog.dev.ConsoleRenderer(
            colors=False, exception_formatter=structlog.dev.plain_traceback
        )
        if formato == "consola"
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    return [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        sin_datos_personales,
        escribir,
    ]


def configuracion(*, formato: str, nivel: str) -> dict[str, Any]:
    """El diccionario LOGGING; de paso deja listo a structlog, que escribe por logging."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_COMUNES,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "seguro": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": _finales(formato),
                "foreign_pre_chain": list(_COMUNES),
            }
        },
        "handlers": {"salida": {"class": "logging.StreamHandler", "formatter": "seguro"}},
        "root": {"handlers": ["salida"], "level": nivel},
        "loggers": {
            # El de Django trae su propia salida y un correo con la petición entera: ninguna de las dos.
            "django": {"handlers": [], "level": nivel, "propagate": True},
            "django.server": {
                "handlers": ["salida"],
                "level": nivel,
                "propagate": False,
            },
            "axes": {"level": "ERROR"},  # lo suyo va a la bitácora, no al registro
        },
    }
