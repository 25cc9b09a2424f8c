"""La línea de tiempo de un objeto, para ponerla en cualquier página del panel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template

from sibis.expedientes.consultas import Renglon, por_dia

register = template.Library()


@register.inclusion_tag("expedientes/_linea.html")
def linea_de_tiempo(
    renglones: Sequence[Renglon], titulo: str = "", abierta: bool = True
) -> dict[str, Any]:
    """`{% linea_de_tiempo renglones %}`; con `titulo` se pliega, y `abierta=False` la trae plegada."""
    return {"dias": por_dia(renglones), "titulo": titulo, "abierta": abierta}
