"""De «$1,234.50», «(1,234.50)» o «2.900,00» a pesos con centavos."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal

CENTAVO = Decimal("0.01")
MAXIMO = Decimal(10) ** 16
_SIMPLE = re.compile(r"[+-]?\d+(?:\.\d{1,2})?", re.ASCII)
_CON_COMAS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d*)?", re.ASCII)
_EUROPEO = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d+),\d{1,2}", re.ASCII)
_LLANO = re.compile(r"\d+(?:\.\d*)?|\.\d+", re.ASCII)
_CIENTIFICO = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d+", re.ASCII)


def leer_importe(texto: str) -> Decimal | None:
    """El importe tal como viene, con todos sus decimales; None si la celda está vacía.

    Levanta ValueError con la oración para la persona.
    """
    if _SIMPLE.fullmatch(texto):
        return _acotado(Decimal(texto))
    limpio = texto.replace("\u00a0", " ").replace("\u2212", "-").strip()
    if not limpio:
        return None
    if _CIENTIFICO.fullmatch(limpio):
        raise ValueError("viene en notación científica: al guardarlo se perdieron cifras")
    limpio = re.sub(r"(?i)\$|mxn|m\.n\.|\s", "", limpio)
    negativo = limpio.startswith("-") or limpio.endswith("-")
    if limpio.startswith("(") and limpio.endswith(")"):
        negativo, limpio = True, limpio[1:-1]
    limpio = limpio.strip("+-")
    if not limpio and negativo:
        return Decimal(0)  # el guion con que la contabilidad escribe «nada»
    valor = _sin_signo(limpio)
    return _acotado(-valor if negativo else valor)


def a_centavos(valor: Decimal) -> Decimal:
    return valor.quantize(CENTAVO, rounding=ROUND_HALF_EVEN)


def _sin_signo(texto: str) -> Decimal:
    if _LLANO.fullmatch(texto):
        return Decimal(texto)
    if _CON_COMAS.fullmatch(texto):
        return Decimal(texto.replace(",", ""))
    if _EUROPEO.fullmatch(texto):
        return Decimal(texto.replace(".", "").replace(",", "."))
    raise ValueError("no es un importe en pesos")


def _acotado(valor: Decimal) -> Decimal:
    if abs(valor) >= MAXIMO:
        raise ValueError("es un importe imposible, de más de dieciséis cifras")
    return valor
