"""Lo que el mapa necesita para dibujarse, y el resumen de un centro para su globo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.urls import reverse

from programas.consultas.centros import MAXIMO_DE_RASGOS, PaginaDeCentros, centros_de
from sibis.territorio.consultas.dibujo import dibujar_alcaldias
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
    return filtros.sin_orden.url(reverse("programas:centros_geojson"), tipo=())


def _desde(filtros: FiltrosDeCentros) -> dict[str, Any] | None:
    if filtros.desde is None:
        return None
    lon, lat = filtros.desde
    lugar = None if filtros.cerca else filtros.centro or filtros.colonia
    acercamiento = 16 if lugar is not None and lugar is filtros.centro else 14
    return {"lon": lon, "lat": lat, "nombre": lugar.nombre if lugar else "", "z": acercamiento}


@dataclass(frozen=True, slots=True)
class ZonaFija:
    """Una alcaldía en el mapa sin JavaScript: su cuenta y la dirección que lleva a los suyos."""

    nombre: str
    total: int
    url: str
    trazo: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class MapaFijo:
    lienzo: str
    zonas: tuple[ZonaFija, ...]


def mapa_fijo(filtros: FiltrosDeCentros, ruta: str) -> MapaFijo | None:
    """El mapa que se ve sin JavaScript y en papel, con los mismos filtros. None sin límites."""
    dibujo = dibujar_alcaldias()
    if dibujo is None:
        return None
    grupos = centros_de(filtros.sin_orden).order_by().values_list("alcaldia__clave")
    cuentas = dict(grupos.annotate(n=Count("pk")))
    return MapaFijo(
        dibujo.lienzo,
        tuple(
            ZonaFija(
                t.nombre,
                cuentas.get(t.clave, 0),
                filtros.url(ruta, alcaldia=(t.clave,)),
                t.trazo,
                t.x,
                t.y,
            )
            for t in dibujo.trazos
        ),
    )
