"""El mapa de la Ciudad como trazos de SVG: el suelo de las páginas sin JavaScript.

Puro: entran coordenadas, salen trazos. Usa Mercator, como Leaflet, para que un punto quede en el
mismo sitio en los dos mapas.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log, pi, radians, tan

Posicion = tuple[float, float]
Anillo = Sequence[Posicion]


@dataclass(frozen=True, slots=True)
class Limite:
    """Una alcaldía por dibujar: sus polígonos son listas de anillos de (longitud, latitud)."""

    clave: str
    nombre: str
    poligonos: Sequence[Sequence[Anillo]]
    interior: Posicion


@dataclass(frozen=True, slots=True)
class Silueta:
    """Lo que la plantilla pone en <path d="…"> y dónde escribe su nombre."""

    clave: str
    nombre: str
    trazo: str
    rotulo: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Plano:
    """Un dibujo de `ancho` × `alto` unidades, con margen."""

    ancho: int
    alto: int
    siluetas: tuple[Silueta, ...]
    oeste: float
    norte: float
    escala: float
    margen: int

    @property
    def vista(self) -> str:
        """El viewBox."""
        return f"0 0 {self.ancho} {self.alto}"

    def lugar(self, lon: float, lat: float) -> tuple[int, int]:
        """Dónde cae un punto del mundo en el dibujo."""
        return (
            round((radians(lon) - self.oeste) * self.escala) + self.margen,
            round((self.norte - _mercator(lat)) * self.escala) + self.margen,
        )


def dibujar(limites: Iterable[Limite], *, ancho: int = 1000, margen: int = 10) -> Plano:
    """El plano de todas juntas; sin límites, uno vacío."""
    limites = list(limites)
    posiciones = [
        p for limite in limites for anillos in limite.poligonos for a in anillos for p in a
    ]
    if not posiciones:
        return Plano(ancho, ancho, (), 0.0, 0.0, 1.0, margen)
    longitudes = [radians(lon) for lon, _ in posiciones]
    alturas = [_mercator(lat) for _, lat in posiciones]
    escala = (ancho - 2 * margen) / (max(longitudes) - min(longitudes))
    alto = round((max(alturas) - min(alturas)) * escala) + 2 * margen
    marco = Plano(ancho, alto, (), min(longitudes), max(alturas), escala, margen)
    siluetas = tuple(
        Silueta(uno.clave, uno.nombre, _trazo(uno, marco), marco.lugar(*uno.interior))
        for uno in limites
    )
    return Plano(ancho, alto, siluetas, marco.oeste, marco.norte, escala, margen)


def _mercator(lat: float) -> float:
    return log(tan(pi / 4 + radians(lat) / 2))


def _trazo(limite: Limite, marco: Plano) -> str:
    return "".join(
        _anillo([marco.lugar(*posicion) for posicion in anillo])
        for anillos in limite.poligonos
        for anillo in anillos
    )


def _anillo(puntos: Sequence[tuple[int, int]]) -> str:
    """«M10,20l3,-1…Z»: pasos relativos y enteros, que pesan la mitad que coordenadas completas.

    Se redondea el lugar y no el paso: así el borde que dos vecinas comparten sigue coincidiendo.
    """
    (x, y), *resto = puntos
    trazo, pasos = f"M{x},{y}", []
    for siguiente in resto:
        if paso := (siguiente[0] - x, siguiente[1] - y) if siguiente != (x, y) else None:
            pasos.append(f"{paso[0]},{paso[1]}")
            x, y = siguiente
    return f"{trazo}l{' '.join(pasos)}Z" if pasos else ""
