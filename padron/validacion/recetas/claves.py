"""Arreglar claves: CURP, CLABE, teléfono, código postal. Solo lo que su propio dígito confirma."""

from __future__ import annotations

import re

from padron.validacion.columnas.territorio import PREFIJO_POSTAL
from padron.validacion.recetas.piezas import Parametros, Renglon, Transformacion
from sibis.nucleo.identificadores import (
    LARGO_CLABE,
    Curp,
    CurpInvalida,
    clabe_valida,
    es_generica,
)

_NO_CIFRA = re.compile(r"\D")
_CON_PREFIJO = re.compile(r"(?:52|521|044|045|01)?([2-9]\d{9})")
_EXTENSION = re.compile(r"\b(?:ext|extension|x)\b.*$", re.IGNORECASE)
_ROTULO_POSTAL = re.compile(
    r"^\s*(?:c\.?\s?p\.?|codigo postal|cod\.? postal)?[\s.:]*", re.IGNORECASE
)
_POSTALES = frozenset(PREFIJO_POSTAL.values())


def telefono(texto: str, renglon: Renglon, parametros: Parametros) -> str | None:
    """Diez cifras, sin su extensión. Dos teléfonos en una celda no se eligen."""
    cifras = _NO_CIFRA.sub("", _EXTENSION.sub("", texto))
    hallado = _CON_PREFIJO.fullmatch(cifras)
    return hallado[1] if hallado else None


def curp(texto: str, renglon: Renglon, parametros: Parametros) -> str | None:
    """Puntos, comillas y espacios de más. Una letra por otra no se adivina."""
    limpia = re.sub(r"[^0-9A-Za-z]", "", texto).upper()
    try:
        leida = Curp.leer(limpia).texto
    except CurpInvalida:
        return None
    return None if es_generica(leida) else leida


def clabe(texto: str, renglon: Renglon, parametros: Parametros) -> str | None:
    """Sin lo que no es cifra; vale solo si su dígito de control lo confirma."""
    cifras = _NO_CIFRA.sub("", texto)
    return cifras if clabe_valida(cifras) else None


def clabe_con_cero(texto: str, renglon: Renglon, parametros: Parametros) -> str | None:
    """Una hoja de cálculo se come el cero con que empiezan casi todas."""
    cifras = _NO_CIFRA.sub("", texto)
    con_cero = f"0{cifras}"
    return con_cero if len(cifras) == LARGO_CLABE - 1 and clabe_valida(con_cero) else None


def codigo_postal(texto: str, renglon: Renglon, parametros: Parametros) -> str | None:
    """«C.P. 9290» → «09290», si es uno de la Ciudad. Con otros números al lado no se elige."""
    cifras = _ROTULO_POSTAL.sub("", texto).strip(" .,;'\"")
    if not re.fullmatch(r"\d{4,5}(?:\.0)?", cifras, re.ASCII):
        return None
    cinco = cifras.removesuffix(".0").zfill(5)
    return cinco if cinco[:2] in _POSTALES and cinco[2:] != "000" else None


TRANSFORMACIONES = (
    Transformacion(
        "telefono_solo_cifras",
        "Dejar solo las diez cifras",
        "Sin extensión, lada del país ni adornos. Si hay dos teléfonos, no se elige ninguno.",
        frozenset(("telefono_forma",)),
        telefono,
        columnas=frozenset(("telefono",)),
    ),
    Transformacion(
        "curp_sin_adornos",
        "Quitar puntos, comillas y espacios",
        "Solo donde lo que queda es una CURP que cumple con su dígito verificador.",
        frozenset(("curp_forma",)),
        curp,
        columnas=frozenset(("curp", "tutor_curp")),
    ),
    Transformacion(
        "clabe_solo_cifras",
        "Dejar solo las cifras",
        "Solo donde lo que queda cumple con su dígito de control.",
        frozenset(("clabe_forma",)),
        clabe,
        columnas=frozenset(("clabe",)),
    ),
    Transformacion(
        "clabe_con_cero",
        "Reponer el cero de la izquierda",
        "La hoja de cálculo lo quita. Solo donde con él se cumple el dígito de control; revisa algunas "
        "contra el contrato: una de cada diez cumpliría por casualidad.",
        frozenset(("clabe_forma",)),
        clabe_con_cero,
        columnas=frozenset(("clabe",)),
    ),
    Transformacion(
        "codigo_postal",
        "Dejar las cinco cifras, con su cero",
        "«C.P. 9290» se escribe 09290, si es un código postal de la Ciudad.",
        frozenset(("cp_forma",)),
        codigo_postal,
        columnas=frozenset(("codigo_postal",)),
    ),
)
