"""Centros para la lista, el mapa y su página: lo mismo dicho de tres maneras."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.contrib.gis.geos import Point
from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from programas.consultas.resultados import Paginas, Resultado, resultados_de
from programas.models import FichaPublica, Sede
from sibis.territorio.models import Alcaldia, Centro, TipoDeCentro
from sibis.territorio.models.centros import CentroQuerySet

POR_PAGINA = 50
JUNTO_AL_MAPA = 15
_UN_KILOMETRO = 1000


@dataclass(frozen=True, slots=True)
class FiltrosDeCentros:
    """Lo que pide la dirección, ya validado. `cerca` es (lon, lat) redondeado a unos 100 metros."""

    q: str = ""
    tipo: tuple[str, ...] = ()
    alcaldia: tuple[str, ...] = ()
    cerca: tuple[float, float] | None = None
    programa: str = ""
    pagina: int = 1

    def url(self, ruta: str, **cambios: object) -> str:
        nuevo = replace(self, **({"pagina": 1} | cambios))  # type: ignore[arg-type]
        pares = [("q", nuevo.q)] if nuevo.q else []
        pares += [("tipo", t) for t in nuevo.tipo] + [("alcaldia", a) for a in nuevo.alcaldia]
        if nuevo.programa:
            pares.append(("programa", nuevo.programa))
        if nuevo.cerca:
            pares += [("lat", str(nuevo.cerca[1])), ("lon", str(nuevo.cerca[0]))]
        if nuevo.pagina > 1:
            pares.append(("pagina", str(nuevo.pagina)))
        return f"{ruta}?{urlencode(pares)}" if pares else ruta


@dataclass(frozen=True, slots=True)
class RenglonDeCentro:
    nombre: str
    url: str
    tipo: str
    direccion: str
    alcaldia: str
    horario: str
    telefono: str
    servicios: tuple[str, ...]
    accesibilidad: str
    distancia_texto: str
    demostracion: bool
    fuente: str
    url_mapa: str
    url_centros: str


@dataclass(frozen=True, slots=True)
class PaginaDeCentros:
    lista: tuple[RenglonDeCentro, ...]
    total: int
    paginas: Paginas
    cerca: bool
    url_sin_cerca: str
    url_sin_programa: str
    url_lista: str
    url_mapa: str
    url_geojson: str


def distancia_en_palabras(metros: float | None) -> str:
    """350 m, 1.4 km; vacío si no se pidió cercanía."""
    if metros is None:
        return ""
    if metros < _UN_KILOMETRO:
        return _("a %(m)s m") % {"m": round(metros / 10) * 10}
    return _("a %(km).1f km") % {"km": metros / _UN_KILOMETRO}


def _direccion(centro: Centro) -> str:
    return ", ".join(filter(None, [centro.direccion, centro.colonia]))


def renglon(centro: Centro) -> RenglonDeCentro:
    return RenglonDeCentro(
        nombre=centro.nombre,
        url=reverse("programas:centro", args=[centro.slug]),
        tipo=centro.tipo.nombre,
        direccion=_direccion(centro),
        alcaldia=centro.alcaldia.nombre if centro.alcaldia else "",
        horario=centro.horario,
        telefono=centro.telefono,
        servicios=tuple(centro.servicios),
        accesibilidad=centro.accesibilidad,
        distancia_texto=distancia_en_palabras(getattr(centro, "distancia", None)),
        demostracion=centro.es_demostracion,
        fuente=_fuente(centro),
        url_mapa=FiltrosDeCentros(tipo=(centro.tipo.clave,)).url(reverse("programas:mapa")),
        url_centros=reverse("programas:centros"),
    )


def _fuente(centro: Centro) -> str:
    if centro.fecha_corte is None:
        return centro.fuente
    return _("%(fuente)s, corte %(dia)s") % {
        "fuente": centro.fuente,
        "dia": centro.fecha_corte.strftime("%d/%m/%Y"),
    }


def centros_de(filtros: FiltrosDeCentros) -> CentroQuerySet:
    """Los que pasan los filtros; del más cercano si se pidió cercanía, si no por nombre."""
    centros = Centro.objects.publicos()
    if filtros.tipo:
        centros = centros.del_tipo(*filtros.tipo)
    if filtros.alcaldia:
        centros = centros.en_alcaldia(*filtros.alcaldia)
    if filtros.programa:
        sedes = Sede.objects.filter(programa__slug=filtros.programa)
        centros = centros.filter(pk__in=sedes.values("centro"))
    if filtros.q:
        centros = centros.buscar(filtros.q)
    return centros.cerca_de(Point(*filtros.cerca, srid=4326)) if filtros.cerca else centros


def pagina_de_centros(
    filtros: FiltrosDeCentros, *, ruta: str, por_pagina: int = POR_PAGINA
) -> PaginaDeCentros:
    """Levanta ValueError si la página pedida no existe."""
    centros = centros_de(filtros)
    total = centros.order_by().count()
    ultima = max(1, -(-total // por_pagina))
    if filtros.pagina > ultima:
        raise ValueError(f"La lista tiene {ultima} páginas.")
    desde = (filtros.pagina - 1) * por_pagina
    actual = filtros.pagina
    return PaginaDeCentros(
        lista=tuple(renglon(c) for c in centros[desde : desde + por_pagina]),
        total=total,
        paginas=Paginas(
            actual,
            ultima,
            filtros.url(ruta, pagina=actual - 1) if actual > 1 else None,
            filtros.url(ruta, pagina=actual + 1) if actual < ultima else None,
        ),
        cerca=filtros.cerca is not None,
        url_sin_cerca=filtros.url(ruta, cerca=None),
        url_sin_programa=filtros.url(ruta, programa="") if filtros.programa else "",
        url_lista=filtros.url(reverse("programas:centros")),
        url_mapa=filtros.url(reverse("programas:mapa")),
        url_geojson=filtros.url(reverse("programas:centros_geojson")),
    )


def rasgos(filtros: FiltrosDeCentros) -> Iterator[dict[str, object]]:
    """Los centros como rasgos GeoJSON, con lo justo para el mapa."""
    for centro in centros_de(filtros):
        yield {
            "type": "Feature",
            "geometry": {
                "type": "Point",
                "coordinates": [round(centro.punto.x, 5), round(centro.punto.y, 5)],
            },
            "properties": {
                "clave": centro.clave,
                "nombre": centro.nombre,
                "tipo": centro.tipo.clave,
                "tipo_nombre": centro.tipo.nombre,
                "direccion": _direccion(centro),
                "horario": centro.horario,
                "url": reverse("programas:centro", args=[centro.slug]),
                "demostracion": centro.es_demostracion,
            },
        }


def programas_de(centro: Centro) -> tuple[Resultado, ...]:
    """Programas que se piden o reciben ahí, en su último ejercicio publicado."""
    sedes = centro.sedes.values_list("programa_id", flat=True)
    reglas = FichaPublica.objects.filter(programa__in=sedes, es_ultima=True)
    return resultados_de(reglas.order_by("nombre_comparable").values_list("regla_id", flat=True))


def opciones_de_centros() -> dict[str, list[tuple[str, str]]]:
    """Tipos con al menos un centro y las 16 alcaldías, para los filtros."""
    tipos = TipoDeCentro.objects.filter(centros__isnull=False).distinct()
    return {
        "tipo": list(tipos.values_list("clave", "nombre")),
        "alcaldia": list(Alcaldia.objects.order_by("nombre").values_list("clave", "nombre")),
    }


def suelo_geojson() -> str:
    """Las alcaldías como FeatureCollection, armada por PostGIS en una consulta."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT json_build_object('type', 'FeatureCollection', 'features', coalesce(json_agg(
                json_build_object('type', 'Feature',
                    'geometry', ST_AsGeoJSON(geometria, 5)::json,
                    'properties', json_build_object('clave', clave, 'nombre', nombre))
                ORDER BY clave), '[]'))::text
            FROM territorio_alcaldia
            """
        )
        return str(cursor.fetchone()[0])
