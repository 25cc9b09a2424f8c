"""Lo que se puede hallar en un padrón: su código, qué tan grave es y cómo se le dice a una persona.

El código es estable: lo leen otros sistemas y lo citan las recetas guardadas. El mensaje dice qué pasa
con el título de la columna; nunca repite un dato personal.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severidad(StrEnum):
    BLOQUEA = "bloquea"  # la fila espera hasta que se corrija
    AVISA = "avisa"  # entra, y conviene mirarla
    INFORMA = "informa"  # se dice lo que se hizo


class Familia(StrEnum):
    ARCHIVO = "archivo"
    CAMPO = "campo"
    ENTRE_CAMPOS = "entre campos"
    ENTRE_FILAS = "entre filas"
    CON_LA_BASE = "con la base"


@dataclass(frozen=True, slots=True)
class Codigo:
    """`mensaje` y `sugerencia` llevan {titulo} y los {datos} de la regla (`Regla.datos`)."""

    codigo: str
    familia: Familia
    severidad: Severidad
    mensaje: str
    sugerencia: str = ""


BLOQUEA, AVISA, INFORMA = Severidad.BLOQUEA, Severidad.AVISA, Severidad.INFORMA


def de_la_familia(familia: Familia, *codigos: tuple[str, Severidad, str, str]) -> list[Codigo]:
    return [Codigo(c, familia, s, mensaje, sugerencia) for c, s, mensaje, sugerencia in codigos]
