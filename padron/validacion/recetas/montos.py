"""Arreglar cantidades: qué quiere decir el punto, y las que vienen entre palabras."""

from __future__ import annotations

import re
from decimal import Decimal

from padron.validacion.columnas.montos import Escritura, leer_cantidad
from padron.validacion.recetas.piezas import Parametro, Parametros, Renglon, Transformacion
from sibis.nucleo.normalizacion import limpiar_texto

_DUDOSA = Escritura()
_NUMERO = re.compile(r"\d[\d.,]*\d|\d")
_MONTO = frozenset(("monto",))


def con_punto(texto: str, renglon: Renglon, parametros: Parametros) -> str | None:
    """Como miles o como centavos; «2.905» no son centavos exactos y no se redondea."""
    if leer_cantidad(texto, _DUDOSA)[1] != "monto_ambiguo":
        return None
    cantidad, codigo = leer_cantidad(texto, Escritura(punto_de_miles=True))
    if cantidad is None or codigo:
        return None
    if parametros["punto"] == "decimal":
        cantidad /= 1000
    escrita = f"{cantidad:.2f}"
    return escrita if Decimal(escrita) == cantidad else None


def entre_palabras(texto: str, renglon: Renglon, parametros: Parametros) -> str | None:
    """«Mil doscientos (1,200.00)» trae una sola cantidad. Con dos, o con un guion antes, no se sabe."""
    escritura = renglon.evidencias.get("monto") or _DUDOSA
    if leer_cantidad(texto, escritura)[1] != "monto_ilegible":
        return None
    limpio = limpiar_texto(texto)
    halladas = _NUMERO.findall(limpio)
    if len(halladas) != 1 or re.search(r"[-−]\s*\$?\s*\d|[A-Za-z]\d|\d[A-Za-z%]", limpio):
        return None
    cantidad, codigo = leer_cantidad(halladas[0], escritura)
    return None if cantidad is None or codigo else f"{cantidad:.2f}"


TRANSFORMACIONES = (
    Transformacion(
        "monto_con_punto",
        "Decir qué es el punto",
        "Se escriben con dos decimales, que no dejan duda.",
        frozenset(("monto_ambiguo",)),
        con_punto,
        columnas=_MONTO,
        parametros=(
            Parametro(
                "punto",
                "Cómo se lee «2.900»",
                lambda caso: (
                    ("miles", "Dos mil novecientos: el punto separa miles"),
                    ("decimal", "Dos con noventa: el punto separa centavos"),
                ),
            ),
        ),
    ),
    Transformacion(
        "monto_entre_palabras",
        "Tomar la cantidad que viene entre palabras",
        "«Mil doscientos pesos (1,200.00)» se escribe 1200.00, si trae una sola cantidad.",
        frozenset(("monto_ilegible",)),
        entre_palabras,
        columnas=_MONTO,
    ),
)
