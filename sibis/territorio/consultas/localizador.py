"""En qué parte de la Ciudad queda un centro: un dibujo pequeño que no necesita nada más."""

from __future__ import annotations

from dataclasses import dataclass

from sibis.territorio.consultas.dibujo import Trazo, dibujar_alcaldias
from sibis.territorio.models import Centro
from sibis.territorio.teselas import a_mercator


@dataclass(frozen=True, slots=True)
class Localizador:
    lienzo: str
    trazos: tuple[Trazo, ...]
    alcaldia: str  # clave de la que se resalta
    x: float
    y: float


def localizador(centro: Centro) -> Localizador | None:
    """None si no hay límites que dibujar."""
    dibujo = dibujar_alcaldias()
    if dibujo is None:
        return None
    x, y = dibujo.situar(*a_mercator(centro.punto.x, centro.punto.y))
    clave = centro.alcaldia.clave if centro.alcaldia else ""
    return Localizador(dibujo.lienzo, dibujo.trazos, clave, x, y)
