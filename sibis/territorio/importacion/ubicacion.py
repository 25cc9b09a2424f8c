"""¿De qué alcaldía es? Por su nombre o clave como los escribe la gente, o por dónde cae el punto."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

import shapely

from sibis.nucleo.errores import ErrorDeNegocio
from sibis.nucleo.normalizacion import clave_comparable
from sibis.territorio.models import Alcaldia

# Los límites que se distribuyen se simplificaron: se apartan hasta 108 m del original.
HOLGURA_M = 150
METROS_POR_GRADO = 111_320
_SOBRAN = {
    "la",
    "las",
    "de",
    "del",
    "alcaldia",
    "delegacion",
    "demarcacion",
    "territorial",
    "municipio",
}
# Nombres a medias que solo pueden ser de una; los demás no se adivinan.
_APODOS = {
    "gam": "gustavo a madero",
    "g a m": "gustavo a madero",
    "g a madero": "gustavo a madero",
    "gustavo madero": "gustavo a madero",
    "cuajimalpa": "cuajimalpa morelos",
    "contreras": "magdalena contreras",
}


@dataclass(frozen=True, slots=True)
class Cercania:
    """La alcaldía del punto y a cuántos metros queda (0: cae dentro)."""

    alcaldia: Alcaldia
    metros: float


class Ubicador:
    """Las 16 en memoria: una carga de miles de renglones no pregunta a la base por cada uno."""

    def __init__(self, alcaldias: Iterable[Alcaldia]) -> None:
        self._alcaldias = list(alcaldias)
        if not self._alcaldias:
            raise ErrorDeNegocio(
                "Todavía no hay alcaldías. Cárgalas primero con «bin/sibis cargar_catalogos». "
                "No se cargó nada."
            )
        self._figuras = [_parejo(shapely.from_wkb(bytes(a.geometria.wkb))) for a in self._alcaldias]
        self._por_nombre = {_reducido(a.nombre): a for a in self._alcaldias}
        self._por_clave = {a.clave: a for a in self._alcaldias}

    def por_texto(self, texto: str) -> Alcaldia | None:
        """«GAM», «La Magdalena Contreras», «Cuajimalpa», «09010», «010»."""
        if clave := re.fullmatch(r"(?:0?9)?(\d{3})", texto.strip()):
            return self._por_clave.get(f"09{clave[1]}")
        return self._por_nombre.get(_reducido(texto))

    def por_punto(self, lon: float, lat: float) -> Cercania:
        """La más cercana al punto, y a qué distancia queda."""
        lugar = _parejo(shapely.Point(lon, lat))
        metros = [figura.distance(lugar) * METROS_POR_GRADO for figura in self._figuras]
        cual = metros.index(min(metros))
        return Cercania(self._alcaldias[cual], metros[cual])

    def metros_a(self, alcaldia: Alcaldia, lon: float, lat: float) -> float:
        figura = self._figuras[self._alcaldias.index(alcaldia)]
        return float(figura.distance(_parejo(shapely.Point(lon, lat)))) * METROS_POR_GRADO


def _reducido(nombre: str) -> str:
    palabras = [p for p in clave_comparable(nombre).split() if p not in _SOBRAN]
    corto = " ".join(palabras)
    return _APODOS.get(corto, corto)


def _parejo(figura: shapely.Geometry) -> shapely.Geometry:
    """Encoge la longitud para que un grado mida lo mismo a lo ancho que a lo alto."""
    return shapely.transform(figura, lambda xy: xy * [cos(radians(19.36)), 1])
