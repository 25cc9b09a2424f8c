"""Lo que el mapa necesita para dibujarse, y el resumen de un centro para su globo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from programas.consultas.centros import MAXIMO_DE_RASGOS, PaginaDeCentros
from sibis.territorio.consultas.filtros import FiltrosDeCentros

JUNTO_AL_MAPA = 15
_HUECO = "0"  # un slug de relleno: el guion lo cambia por el de cada centro


def ajustes_del_mapa(filtros: FiltrosDeCentros, pagina: PaginaDeCentros) -> dict[str, Any]:
    """Los de django-leaflet, que usa el panel, más de dónde se pide cada cosa."""
    ajustes = settings.LEAFLET_CONFIG
    oeste, sur, este, norte = ajustes["SPATIAL_EXTENT"]
    return {
        "limites": [[sur, oeste], [norte, este]],
        "base": settings.MAPA_BASE,
        "centros": _plantilla("centros"),
        "colonias": _plantilla("colonias"),
        "suelo": reverse("programas:suelo"),
        "resumen": reverse("reportes:resumen_de_centro", args=[_HUECO]),
        "rasgos": _rasgos(filtros, pagina),
        "desde": _desde(filtros),
    }


def _plantilla(capa: str) -> str:
    una = reverse("territorio:tesela", args=[capa, 0, 0, 0])
    return una.replace("/0/0/0.", "/{z}/{x}/{y}.")


def _rasgos(filtros: FiltrosDeCentros, pagina: PaginaDeCentros) -> str:
    """Las celdas no saben de palabras ni de programas: si los hay y caben, van todos los puntos.

    Sin el tipo: la leyenda prende y apaga lo que ya está en el mapa.
    """
    todos = sum(pagina.por_tipo.values())
    if not filtros.son_pocos or todos > MAXIMO_DE_RASGOS:
        return ""
    return filtros.url(reverse("programas:centros_geojson"), tipo=(), cerca=None, colonia=None)


def _desde(filtros: FiltrosDeCentros) -> dict[str, Any] | None:
    if filtros.desde is None:
        return None
    lon, lat = filtros.desde
    nombre = "" if filtros.cerca or filtros.colonia is None else filtros.colonia.nombre
    return {"lon": lon, "lat": lat, "nombre": nombre}
