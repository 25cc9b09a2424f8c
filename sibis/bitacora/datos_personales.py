"""Lo que nunca entra al detalle de un evento: la bitácora dice qué pasó, no de quién son los datos."""

import re
from collections.abc import Mapping
from typing import Any

from sibis.nucleo.normalizacion import clave_comparable

# Nombres de campo que anuncian un dato personal. Única lista; se compara sin acentos ni guiones.
CAMPOS = frozenset(
    {
        "apellido",
        "apellidos",
        "calle",
        "clabe",
        "codigo postal",
        "contrasena",
        "correo",
        "cuenta bancaria",
        "curp",
        "domicilio",
        "email",
        "fecha de nacimiento",
        "fecha nacimiento",
        "folio ine",
        "materno",
        "nacimiento",
        "nombre",
        "nombre completo",
        "nombres",
        "password",
        "paterno",
        "primer apellido",
        "rfc",
        "segundo apellido",
        "telefono",
        "totp",
    }
)

# Valores que delatan un dato personal aunque su campo se llame de otro modo. Cada principio va
# sujeto a donde empieza la palabra: un texto sin espacios no cuesta su largo al cuadrado.
_VALORES = re.compile(
    r"\b(?P<curp>[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d)\b"
    r"|(?<![\w.%+'-])(?P<correo>[\w.%+'-]+@[^\s@]+\.[^\s@]+)"
    r"|\b(?P<clabe>\d{18})\b",
    re.IGNORECASE,
)


class DatoPersonalEnBitacora(ValueError):
    """Error de quien programa: mandó un dato personal al detalle."""


def exigir_sin_datos_personales(detalle: Any, *, ruta: str = "") -> None:
    """Recorre el detalle entero. El mensaje dice el campo, nunca el valor."""
    if isinstance(detalle, Mapping):
        for campo, valor in detalle.items():
            donde = f"{ruta}.{campo}".lstrip(".")
            if clave_comparable(str(campo)) in CAMPOS:
                raise DatoPersonalEnBitacora(
                    f"«{donde}» nombra un dato personal: registra el identificador del objeto, no su dato."
                )
            exigir_sin_datos_personales(valor, ruta=donde)
    elif isinstance(detalle, list | tuple | set):
        for valor in detalle:
            exigir_sin_datos_personales(valor, ruta=ruta)
    elif isinstance(detalle, str) and dato_personal_en(detalle):
        raise DatoPersonalEnBitacora(
            f"El valor de «{ruta}» parece una CURP, una CLABE o un correo."
        )


def dato_personal_en(texto: str) -> str | None:
    """«curp», «correo» o «clabe», si el texto trae algo que lo parece; nunca cuál."""
    hallado = _VALORES.search(texto)
    return hallado.lastgroup if hallado else None
