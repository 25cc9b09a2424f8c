"""El mapa de la portada: trazos de las 16 alcaldías ya simplificados, sin tocar la base de datos.

datos/silueta.json se deriva una vez del Marco Geoestadístico de INEGI; aquí solo se le pegan los
totales de hoy. Las geometrías que se consultan viven en territorio.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ARCHIVO = Path(__file__).parent / "datos" / "silueta.json"
NIVELES = 4


@dataclass(frozen=True, slots=True)
class AlcaldiaDibujada:
    clave: str
    nombre: str
    url: str
    total: int
    nivel: int  # 0 a NIVELES: tono del relleno
    trazo: str
    x: int
    y: int


@lru_cache(maxsize=1)
def _documento() -> dict:
    return json.loads(ARCHIVO.read_text(encoding="utf-8"))


def lienzo() -> str:
    """Valor de viewBox."""
    return _documento()["lienzo"]


def _nivel(total: int, maximo: int) -> int:
    if total <= 0 or maximo <= 0:
        return 0
    return max(1, -(-total * NIVELES // maximo))


def dibujar(
    *, totales: Mapping[str, int], url_de: Mapping[str, str]
) -> tuple[AlcaldiaDibujada, ...]:
    """Las 16, por nombre, con su total y su dirección por clave de INEGI (09002…)."""
    maximo = max(totales.values(), default=0)
    dibujadas = [
        AlcaldiaDibujada(
            clave=clave,
            nombre=dato["nombre"],
            url=url_de.get(clave, ""),
            total=totales.get(clave, 0),
            nivel=_nivel(totales.get(clave, 0), maximo),
            trazo=dato["trazo"],
            x=dato["x"],
            y=dato["y"],
        )
        for clave, dato in _documento()["alcaldias"].items()
    ]
    return tuple(sorted(dibujadas, key=lambda a: a.nombre.replace("Á", "A").removeprefix("La ")))
