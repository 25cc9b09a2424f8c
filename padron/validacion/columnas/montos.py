"""Cantidades como las escriben: « 182,580.00 », «2.900,00», «$1 200», «(350.00)», «-», «ND»."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from padron.validacion.piezas import Contexto, Leido, esta_vacio
from padron.validacion.regla import Regla
from sibis.nucleo.normalizacion import limpiar_texto

_ADORNOS = re.compile(r"\$|m\.?\s?n\.?|mxn|mxp|pesos|[\s'’ ]", re.I)
_LLANO = re.compile(r"\d+(?:\.\d*)?|\.\d+")
_MILES_CON_COMA = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_MILES_CON_PUNTO = re.compile(r"\d{1,3}(?:\.\d{3})+,\d*|\d{1,3}(?:\.\d{3}){2,}")
_DECIMAL_CON_COMA = re.compile(r"\d+,\d{1,2}|\d{4,},\d+")
_PUNTO_DUDOSO = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_EXPONENTE = re.compile(r"\d(?:\.\d+)?e\+?\d{1,2}", re.I)
_DECIMAL_CLARO = re.compile(r"\.\d{1,2}$")
MAXIMO = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Escritura:
    """Cómo se escriben las cantidades en la columna, según las que no dejan duda."""

    punto_de_miles: bool = False
    punto_decimal: bool = False


def escritura(textos: Iterable[str], regla: Regla) -> Escritura:
    miles = decimal = False
    for texto in textos:
        limpio = _ADORNOS.sub("", limpiar_texto(texto))
        miles = miles or bool(
            _MILES_CON_PUNTO.fullmatch(limpio) or _DECIMAL_CON_COMA.fullmatch(limpio)
        )
        decimal = decimal or bool(
            _MILES_CON_COMA.fullmatch(limpio)
            or (_LLANO.fullmatch(limpio) and _DECIMAL_CLARO.search(limpio))
        )
        if miles and decimal:
            break
    return Escritura(miles, decimal)


def leer_cantidad(texto: str, en: Escritura) -> tuple[Decimal | None, str]:
    """La cantidad, o qué está mal. Vacío, «-» y «ND» no son cero: son que no se dijo."""
    limpio = limpiar_texto(texto)
    if esta_vacio(limpio):
        return None, ""
    limpio = _ADORNOS.sub("", limpio)
    negativo = limpio.startswith(("-", "(", "−")) or limpio.endswith("-")
    limpio = limpio.strip("-()−+")
    numero = _numero(limpio, en)
    if isinstance(numero, str):
        return None, numero
    if numero >= MAXIMO:
        return None, "monto_ilegible"
    if negativo and numero:
        return None, "monto_negativo"
    return numero, "" if numero else "monto_cero"


def _numero(limpio: str, en: Escritura) -> Decimal | str:
    if _PUNTO_DUDOSO.fullmatch(limpio):
        # Ni pesos con milésimas ni miles con punto se escriben aquí: solo lo decide el resto de la columna.
        solo_miles = en.punto_de_miles and not en.punto_decimal
        return Decimal(limpio.replace(".", "")) if solo_miles else "monto_ambiguo"
    if _LLANO.fullmatch(limpio) or _EXPONENTE.fullmatch(limpio):
        return Decimal(limpio)
    if _MILES_CON_COMA.fullmatch(limpio):
        return Decimal(limpio.replace(",", ""))
    if _MILES_CON_PUNTO.fullmatch(limpio) or _DECIMAL_CON_COMA.fullmatch(limpio):
        return Decimal(limpio.replace(".", "").replace(",", ".").rstrip("."))
    return "monto_ilegible"


def leer_monto(texto: str, contexto: Contexto) -> Leido:
    cantidad, codigo = leer_cantidad(texto, contexto.evidencia)
    valor = None if cantidad is None else f"{cantidad:.2f}"
    return Leido((valor,), (codigo,) if codigo else ())
