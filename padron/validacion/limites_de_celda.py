"""Qué deja escribir la hoja de cálculo en cada columna, con los límites de la regla dichos en palabras.

Es una ayuda mientras se teclea: pegar se la salta. Lo que decide es la revisión. Por eso solo detiene lo
que en la revisión bloquea; lo demás pregunta.
"""

from __future__ import annotations

import datetime
from typing import Any

from padron.validacion.formato import Campo
from padron.validacion.regla import Regla

# Como texto: una hoja de cálculo le quita a un número sus ceros de la izquierda y sus últimas cifras.
DE_TEXTO = frozenset(("curp", "clabe", "folio", "telefono", "codigo_postal", "tutor_curp"))
DE_FECHA = frozenset(("fecha_nacimiento", "fecha_apoyo"))
DE_DINERO = frozenset(("monto",))
_PREGUNTA = frozenset(("apoyo", "entidad_nacimiento"))  # lo desconocido avisa, no bloquea
_LARGOS = {
    "curp": (
        18,
        "stop",
        "La CURP tiene 18 caracteres. Si no la hay, déjala vacía y escribe el folio.",
    ),
    "tutor_curp": (18, "stop", "La CURP tiene 18 caracteres. Si no la hay, déjala vacía."),
    "clabe": (18, "stop", "La CLABE tiene 18 cifras."),
    "telefono": (10, "warning", "El teléfono tiene diez cifras, sin espacios ni clave de país."),
    "codigo_postal": (5, "warning", "El código postal tiene cinco cifras, con su cero inicial."),
}
_TITULO = 32
_MENSAJE = 255


def limite(campo: Campo, regla: Regla, lista: str) -> dict[str, Any]:
    """Las opciones de `data_validation`. `lista` es el rango con lo que se puede elegir."""
    return {
        **_regla_de_celda(campo, regla, lista),
        "input_title": _corto(campo.titulo, _TITULO),
        "input_message": _corto(ayuda(campo, regla), _MENSAJE),
        "error_title": _corto(campo.titulo, _TITULO),
    }


def ayuda(campo: Campo, regla: Regla) -> str:
    """Qué es, hasta dónde puede llegar, si hace falta y de dónde sale."""
    columna = campo.columna
    partes = [columna.ayuda, en_palabras(columna.identificador, regla)]
    partes.append(f"Obligatoria. {campo.porque}" if campo.es_obligatorio else "")
    partes.append(f"Norma: {campo.norma}" if campo.norma else "")
    return " ".join(p for p in partes if p) or "Como esté en tu registro; vacía si no se sabe."


def en_palabras(identificador: str, regla: Regla) -> str:
    """El límite de la regla en esa columna; vacío si no lo hay."""
    datos = regla.datos
    if identificador == "monto":
        tope = f"A lo más {datos['monto_maximo']} por renglón." if datos["monto_maximo"] else ""
        piso = f"Al menos {datos['monto_minimo']}." if datos["monto_minimo"] else ""
        return " ".join(p for p in (tope, piso) if p)
    if identificador == "fecha_nacimiento" and regla.limita_la_edad:
        minima, maxima = regla.edad_min_meses, regla.edad_max_meses
        desde = f"desde {datos['edad_minima']}" if minima is not None else ""
        hasta = f"hasta {datos['edad_maxima']}" if maxima is not None else ""
        return f"Edad {' '.join(p for p in (desde, hasta) if p)}."
    if identificador == "fecha_apoyo":
        primero, ultimo = _del_apoyo(regla)
        return f"Entre el {primero:%d/%m/%Y} y el {ultimo:%d/%m/%Y}."
    if identificador == "sexo" and regla.sexo:
        return f"Esta regla es para {datos['sexo_de_la_regla']}."
    return ""


def _regla_de_celda(campo: Campo, regla: Regla, lista: str) -> dict[str, Any]:
    nombre = campo.columna.identificador
    if lista:
        pregunta = nombre in _PREGUNTA
        return {
            "validate": "list",
            "source": lista,
            "error_type": "warning" if pregunta else "stop",
            "error_message": "Elige una opción de la lista; está completa en la hoja «Catálogos».",
        }
    if nombre in _LARGOS:
        largo, como, dicho = _LARGOS[nombre]
        return {
            "validate": "length",
            "criteria": "==",
            "value": largo,
            "error_type": como,
            "error_message": dicho,
        }
    if nombre in DE_FECHA:
        return _fecha(nombre, regla)
    if nombre in DE_DINERO:
        return _dinero(regla)
    if nombre == "ministracion":
        return {
            "validate": "integer",
            "criteria": "between",
            "minimum": 1,
            "maximum": 999,
            "error_message": "Es un número: 1 para la primera entrega, 2 para la segunda…",
        }
    return {"validate": "any"}


def _fecha(nombre: str, regla: Regla) -> dict[str, Any]:
    desde, hasta = _del_apoyo(regla) if nombre == "fecha_apoyo" else _de_nacimiento(regla)
    dicho = en_palabras(nombre, regla) or f"Entre el {desde:%d/%m/%Y} y el {hasta:%d/%m/%Y}."
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": desde,
        "maximum": hasta,
        "error_message": f"Escribe día/mes/año, con el año de cuatro cifras. {dicho}",
    }


def _del_apoyo(regla: Regla) -> tuple[datetime.date, datetime.date]:
    """El pago del último trimestre suele dispersarse al empezar el año siguiente."""
    return datetime.date(regla.ejercicio, 1, 1), datetime.date(regla.ejercicio + 1, 3, 31)


def _de_nacimiento(regla: Regla) -> tuple[datetime.date, datetime.date]:
    """Sin estrecharlo más que la revisión: la edad puede medirse cualquier día del ejercicio."""
    primero, ultimo = _del_apoyo(regla)
    desde, hasta = datetime.date(primero.year - 120, 1, 1), ultimo
    if regla.edad_max_meses is not None:
        desde = _meses_antes(primero, regla.edad_max_meses + 1)
    if regla.edad_min_meses is not None:
        hasta = _meses_antes(ultimo, regla.edad_min_meses)
    return desde, hasta


def _meses_antes(dia: datetime.date, meses: int) -> datetime.date:
    total = dia.year * 12 + dia.month - 1 - meses
    return datetime.date(total // 12, total % 12 + 1, 28 if total % 12 == 1 else min(dia.day, 30))


def _dinero(regla: Regla) -> dict[str, Any]:
    topes = [a.maximo for a in regla.apoyos]
    veces = max((a.ministraciones or 1 for a in regla.apoyos), default=1)
    base: dict[str, Any] = {"validate": "decimal", "criteria": ">=", "value": 0}
    conocidos = [t for t in topes if t is not None]
    if conocidos and len(conocidos) == len(topes):
        # Un renglón sin ministración puede ser el total del año.
        tope = float(max(conocidos) * veces)
        base = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": tope}
    dicho = en_palabras("monto", regla)
    return {**base, "error_message": f"Escribe solo el número, en pesos. {dicho}".strip()}


def _corto(texto: str, largo: int) -> str:
    return texto if len(texto) <= largo else texto[: largo - 1].rstrip() + "…"
