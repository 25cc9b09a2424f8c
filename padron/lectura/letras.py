"""La letra rota («CASTAÃ‘EDA»), que se repara, y la perdida («CASTA?EDA»), que solo se señala.

Rota es UTF-8 leído en otra letra: los bytes siguen ahí y volver es seguro. Perdida es la que alguien ya
cambió por otra cosa: adivinarla sería inventar. Solo se dice donde es casi seguro.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sibis.nucleo.codificacion import enderezar

MUESTRA = 1 << 20

# Apellidos y palabras frecuentes con eñe a los que la eñe se les volvió un espacio.
_PARTIDAS = (
    "CASTA EDA|GARDU O|MU OZ|NU EZ|PE A|ZU IGA|IBA EZ|PATI O|ACU A|ORDO EZ|BA UELOS|CARRE O|CEDE O|QUI ONES|QUI ONEZ|"
    "VICU A|TRIVI O|AVENDA O|BOLA OS|TREVI O|OCA A|PE ALOZA|BRISE O|MONTA O|YA EZ|SALDA A|SANTIBA EZ|LOGRO O|LONDO O"
)
# «Ń» es la Ñ de quien leyó en letra de Europa central, y «¥» la de DOS; «CISN», la Ó a la que se le quitó un bit.
_SEGURAS = r"[^\W\d_][?\ufffd¥](?=[^\W\d_])|\ufffd|Ń|ń|CISN\b"
PERDIDA = re.compile(_SEGURAS)
PERDIDA_O_PARTIDA = re.compile(rf"{_SEGURAS}|\b(?i:{_PARTIDAS})\b")
_PARTIDA = re.compile(rf"\b(?:{_PARTIDAS})\b")

# Con su primera letra fija, cada búsqueda va a la velocidad de la memoria.
_QUIZA_ROTAS = ("Ã", "Â", "â")
_PERDIDAS_A_LA_VISTA = ("\ufffd", "Ń", "ń", "¥")
_SIN_UN_BIT = re.compile(r"CISN(?!\w)")
_DUDOSA = re.compile(r"\?(?<=[^\W\d_]\?)[^\W\d_]")
VUELTAS = 3


def trae_rotas(bloque: str) -> bool:
    """Si algo del bloque cambiaría al enderezarlo."""
    return any(rota in bloque for rota in _QUIZA_ROTAS) and enderezar(bloque) != bloque


def trae_perdidas(bloque: str) -> bool:
    return (
        any(perdida in bloque for perdida in _PERDIDAS_A_LA_VISTA)
        or _DUDOSA.search(bloque) is not None
        or _SIN_UN_BIT.search(bloque) is not None
    )


def trae_partidas(muestra: str) -> bool:
    """Quien perdió la eñe la perdió en todo el archivo: con una muestra basta."""
    return _PARTIDA.search(muestra.upper()) is not None


def enderezar_celda(celda: str) -> str:
    """También lo leído mal dos veces («ÃƒÂ±»)."""
    for _ in range(VUELTAS):
        derecha = enderezar(celda)
        if derecha == celda:
            break
        celda = derecha
    return celda


def lugares_perdidos(celdas: Sequence[str], *, partidas: bool) -> list[int]:
    """Una dirección de internet también lleva «?» entre letras, y no ha perdido nada."""
    patron = PERDIDA_O_PARTIDA if partidas else PERDIDA
    return [
        lugar
        for lugar, celda in enumerate(celdas)
        if patron.search(celda) and "://" not in celda and "www." not in celda
    ]
