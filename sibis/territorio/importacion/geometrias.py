"""De coordenadas ajenas a una geometría nuestra: en la Ciudad, válida y con su área intacta."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

import shapely
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Point
from shapely.geometry.base import BaseGeometry

from sibis.territorio.ciudad import SRID, en_la_caja

# Reparar es aceptable mientras el área sea la misma; más que esto, alguien tiene que mirarlo.
CAMBIO_DE_AREA_TOLERADO = 0.001
POSICION_MINIMA = 4


@dataclass(frozen=True, slots=True)
class Poligonos:
    """Lo que se guarda, y qué se le arregló (vacío si venía bien)."""

    geometria: shapely.MultiPolygon
    reparacion: str = ""

    def para_guardar(self) -> MultiPolygon:
        figura = GEOSGeometry(memoryview(shapely.to_wkb(self.geometria)), srid=SRID)
        assert isinstance(figura, MultiPolygon)  # noqa: S101  (lo construimos así; es para el tipo)
        return figura


def poligonos(geojson: Mapping[str, Any] | None) -> Poligonos:
    """Levanta ValueError con el motivo si no es un polígono utilizable de la Ciudad."""
    if not geojson:
        raise ValueError("No trae geometría.")
    if geojson.get("type") not in ("Polygon", "MultiPolygon"):
        raise ValueError(
            f"Su geometría es «{geojson.get('type')}» y se espera Polygon o MultiPolygon."
        )
    coordenadas = geojson.get("coordinates")
    partes = [coordenadas] if geojson["type"] == "Polygon" else coordenadas
    if not isinstance(partes, list) or not partes:
        raise ValueError("Su geometría no tiene coordenadas.")
    figura = shapely.MultiPolygon([_parte(p) for p in partes])
    _exigir_en_la_ciudad(figura)
    return _valida(figura)


def punto(lon: float, lat: float) -> Point:
    """Levanta ValueError diciendo cuál de los errores de siempre tienen las coordenadas."""
    exigir_lugar(lon, lat)
    return Point(lon, lat, srid=SRID)


def exigir_lugar(lon: float, lat: float) -> None:
    if en_la_caja(lon, lat):
        return
    if lon == 0 and lat == 0:
        raise ValueError("Sus coordenadas son 0, 0: es un dato vacío, no un lugar.")
    if en_la_caja(lat, lon):
        raise ValueError(
            f"La latitud y la longitud vienen al revés ({lon:.8g} no es una longitud de aquí)."
        )
    if en_la_caja(-lon, lat):
        raise ValueError(
            f"A la longitud le falta el signo menos: {lon:.8g} es al otro lado del mundo."
        )
    if abs(lon) > 180 or abs(lat) > 90:
        raise ValueError(
            f"Sus coordenadas ({lon:.8g}, {lat:.8g}) no son grados: conviértelas a WGS 84 (quizá son metros UTM)."
        )
    raise ValueError(f"Cae fuera de la Ciudad de México: latitud {lat:.8g}, longitud {lon:.8g}.")


def _parte(anillos: Any) -> tuple[list[tuple[float, float]], list[list[tuple[float, float]]]]:
    """Contorno y huecos. Un hueco de menos de cuatro posiciones no encierra nada: se omite."""
    if not isinstance(anillos, list) or not anillos:
        raise ValueError("Uno de sus polígonos no tiene contorno.")
    contorno, *huecos = [list(_posiciones(a)) for a in anillos]
    if len(contorno) < POSICION_MINIMA:
        raise ValueError("Uno de sus contornos tiene menos de cuatro puntos.")
    return contorno, [h for h in huecos if len(h) >= POSICION_MINIMA]


def _posiciones(anillo: Any) -> Iterator[tuple[float, float]]:
    if not isinstance(anillo, list):
        raise ValueError("Sus coordenadas no están anidadas como pide su tipo de geometría.")
    for posicion in anillo:
        if not isinstance(posicion, list) or len(posicion) < 2:
            raise ValueError("Sus coordenadas no están anidadas como pide su tipo de geometría.")
        yield _numero(posicion[0]), _numero(posicion[1])


def _numero(dato: Any) -> float:
    try:
        if (
            isinstance(dato, int | float)
            and not isinstance(dato, bool)
            and isfinite(numero := float(dato))
        ):
            return numero
    except OverflowError:
        pass
    raise ValueError("Una de sus coordenadas no es un número.")


def _exigir_en_la_ciudad(figura: BaseGeometry) -> None:
    oeste, sur, este, norte = figura.bounds
    exigir_lugar(oeste, sur)
    exigir_lugar(este, norte)


def _valida(figura: shapely.MultiPolygon) -> Poligonos:
    if figura.is_valid:
        return Poligonos(figura)
    defecto = shapely.is_valid_reason(figura)
    reparada = shapely.make_valid(figura, method="structure", keep_collapsed=False)
    partes = [p for p in shapely.get_parts(reparada) if p.geom_type == "Polygon" and p.area]
    if not partes:
        raise ValueError("Su polígono no encierra ninguna superficie.")
    buena = shapely.MultiPolygon(partes)
    cambio = abs(buena.area / figura.area - 1) if figura.area else 1.0
    if cambio > CAMBIO_DE_AREA_TOLERADO:
        raise ValueError(
            f"El polígono es inválido ({_en_palabras(defecto)}) y repararlo cambiaría su área {cambio:.1%}."
        )
    return Poligonos(buena, f"Geometría reparada ({_en_palabras(defecto)}); conserva su área.")


def _en_palabras(defecto: str) -> str:
    """El motivo de GEOS, «Self-intersection[-99.1 19.4]», en español y con su lugar."""
    que, _, donde = defecto.partition("[")
    conocidos = {
        "Self-intersection": "se cruza consigo mismo",
        "Ring Self-intersection": "un anillo se toca a sí mismo",
        "Too few points in geometry component": "una de sus partes no encierra nada",
        "Hole lies outside shell": "un hueco queda fuera del contorno",
        "Nested shells": "un contorno está dentro de otro",
    }
    lugar = f" cerca de {donde.rstrip(']')}" if donde else ""
    return conocidos.get(que, "no es un polígono bien formado") + lugar
