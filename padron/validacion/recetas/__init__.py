"""El catálogo cerrado de arreglos que se pueden hacer a muchas filas a la vez."""

from __future__ import annotations

from padron.validacion.recetas import claves, fechas, montos, persona, textos
from padron.validacion.recetas.piezas import Caso, Parametro, Renglon, Transformacion

# En el orden en que se ofrecen: lo que deduce, antes que lo que quita; dejar fuera, al final.
TRANSFORMACIONES: tuple[Transformacion, ...] = (
    *fechas.TRANSFORMACIONES,
    *montos.TRANSFORMACIONES,
    *persona.TRANSFORMACIONES,
    *claves.TRANSFORMACIONES,
    *textos.TRANSFORMACIONES,
)
POR_IDENTIFICADOR = {t.identificador: t for t in TRANSFORMACIONES}


def sugeridas(caso: Caso) -> list[Transformacion]:
    """Las que sirven para eso, la mejor primero."""
    return [t for t in TRANSFORMACIONES if t.sirve(caso)]


__all__ = [
    "POR_IDENTIFICADOR",
    "TRANSFORMACIONES",
    "Caso",
    "Parametro",
    "Renglon",
    "Transformacion",
    "sugeridas",
]
