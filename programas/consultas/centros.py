"""Centros para la lista, el mapa y su página: lo mismo dicho de tres maneras."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.contrib.gis.geos import Point
from django.db import connection
from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from programas.consultas.resultados import Paginas, Resultado, resultados_de
from programas.models import FichaPublica, Sede
from sibis.formatos.fechas import fecha_larga
from sibis.territorio.consultas.filtros import CentroElegido, FiltrosDeCentros, LugarElegido
from sibis.territorio.consultas.lugares import palabras_de_lugar
from sibis.territorio.models import Alcaldia, Centro, TipoDeCentro
from sibis.territorio.models.centros import CentroQuerySet

POR_PAGINA = 50
_UN_KILOMETRO = 1000
# Lo más que se manda junto: pasado eso, el mapa usa las celdas ya contadas.
MAXIMO_DE_RASGOS = 5_000


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
    por_tipo: dict[str, int]  # con los demás filtros puestos
    paginas: Paginas
    cerca: bool
    url_sin_cerca: str
    url_sin_programa: str
    colonia: LugarElegido | None
    url_sin_colonia: str
    centro: CentroElegido | None
    url_sin_centro: str
    url_lista: str
    url_mapa: str
    url_geojson: str
    url_csv: str


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
        url_mapa=f"{reverse('reportes:mapa')}?centro={centro.slug}#mapa",
        url_centros=reverse("programas:centros"),
    )


def _fuente(centro: Centro) -> str:
    if centro.fecha_corte is None:
        return centro.fuente
    return _("%(fuente)s, corte %(dia)s") % {
        "fuente": centro.fuente,
        "dia": fecha_larga(centro.fecha_corte),
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
        centros = centros.buscar(" ".join(palabras_de_lugar(filtros.q)))
    return centros.cerca_de(Point(*filtros.desde, srid=4326)) if filtros.desde else centros


def pagina_de_centros(
    filtros: FiltrosDeCentros, *, ruta: str, por_pagina: int = POR_PAGINA
) -> PaginaDeCentros:
    """Levanta ValueError si la página pedida no existe."""
    por_tipo = _cuenta_por_tipo(filtros)
    total = sum(n for clave, n in por_tipo.items() if not filtros.tipo or clave in filtros.tipo)
    ultima = max(1, -(-total // por_pagina))
    if filtros.pagina > ultima:
        raise ValueError(f"La lista tiene {ultima} páginas.")
    centros = centros_de(filtros)
    desde = (filtros.pagina - 1) * por_pagina
    actual = filtros.pagina
    return PaginaDeCentros(
        lista=tuple(renglon(c) for c in centros[desde : desde + por_pagina]),
        total=total,
        por_tipo=por_tipo,
        paginas=Paginas(
            actual,
            ultima,
            filtros.url(ruta, pagina=actual - 1) if actual > 1 else None,
            filtros.url(ruta, pagina=actual + 1) if actual < ultima else None,
        ),
        cerca=filtros.cerca is not None,
        url_sin_cerca=filtros.url(ruta, cerca=None),
        url_sin_programa=filtros.url(ruta, programa="") if filtros.programa else "",
        colonia=filtros.colonia,
        url_sin_colonia=filtros.url(ruta, colonia=None) if filtros.colonia else "",
        centro=filtros.centro,
        url_sin_centro=filtros.url(ruta, centro=None) if filtros.centro else "",
        url_lista=filtros.url(reverse("programas:centros")),
        url_mapa=filtros.url(reverse("reportes:mapa")),
        url_geojson=filtros.url(reverse("programas:centros_geojson")),
        url_csv=filtros.url(reverse("programas:centros"), formato="csv"),
    )


def _cuenta_por_tipo(filtros: FiltrosDeCentros) -> dict[str, int]:
    """Cuántos de cada tipo si los demás filtros se quedan: es la leyenda, y su suma el total."""
    otros = replace(filtros.sin_orden, tipo=())
    grupos = centros_de(otros).order_by().values_list("tipo__clave").annotate(n=Count("pk"))
    return dict(grupos)


def rasgos(filtros: FiltrosDeCentros) -> Iterator[dict[str, object]]:
    """Los centros como rasgos GeoJSON, con lo justo para el mapa; los que caben en una respuesta."""
    for centro in centros_de(filtros)[:MAXIMO_DE_RASGOS]:
        yield {
            "type": "Feature",
            "geometry": {
                "type": "Point",
                "coordinates": [round(centro.punto.x, 5), round(centro.punto.y, 5)],
            },
            "properties": {
                "clave": centro.clave,
                "slug": centro.slug,
                "nombre": centro.nombre,
                "tipo": centro.tipo.clave,
                "tipo_nombre": centro.tipo.nombre,
                "direccion": _direccion(centro),
                "horario": centro.horario,
                "url": reverse("programas:centro", args=[centro.slug]),
                "demostracion": centro.es_demostracion,
            },
        }


def filas_de_centros(filtros: FiltrosDeCentros) -> Iterator[dict[str, object]]:
    """Los mismos centros para una hoja de cálculo; los que caben en una respuesta."""
    for centro in centros_de(filtros)[:MAXIMO_DE_RASGOS]:
        yield {
            "clave": centro.clave,
            "nombre": centro.nombre,
            "tipo": centro.tipo.nombre,
            "alcaldia": centro.alcaldia.nombre if centro.alcaldia else "",
            "direccion": _direccion(centro),
            "horario": centro.horario,
            "telefono": centro.telefono,
            "accesibilidad": centro.accesibilidad,
            "latitud": round(centro.punto.y, 6),
            "longitud": round(centro.punto.x, 6),
            "url": reverse("programas:centro", args=[centro.slug]),
        }


def programas_de(centro: Centro) -> tuple[Resultado, ...]:
    """Programas que se piden o reciben ahí, en su último ejercicio publicado."""
    sedes = centro.sedes.values_list("programa_id", flat=True)
    reglas = FichaPublica.objects.filter(programa__in=sedes, es_ultima=True)
    return resultados_de(reglas.order_by("nombre_comparable").values_list("regla_id", flat=True))


@dataclass(frozen=True, slots=True)
class Opciones:
    """Tipos con al menos un centro y las 16 alcaldías, para los filtros."""

    tipos: tuple[TipoDeCentro, ...]
    alcaldias: tuple[tuple[str, str], ...]

    def para_el_formulario(self) -> dict[str, list[tuple[str, str]]]:
        return {
            "tipo": [(t.clave, t.nombre) for t in self.tipos],
            "alcaldia": list(self.alcaldias),
        }


def opciones_de_centros() -> Opciones:
    suyos = Centro.objects.filter(tipo=OuterRef("pk"))
    return Opciones(
        tipos=tuple(TipoDeCentro.objects.filter(Exists(suyos))),
        alcaldias=tuple(Alcaldia.objects.order_by("nombre").values_list("clave", "nombre")),
    )


@dataclass(frozen=True, slots=True)
class CapaDeTipo:
    """Un renglón de la leyenda: una casilla con su dibujo y cuántos hay."""

    clave: str
    nombre: str
    icono: str
    total: int
    marcada: bool


def capas_de_tipo(
    opciones: Opciones, pagina: PaginaDeCentros, filtros: FiltrosDeCentros
) -> tuple[CapaDeTipo, ...]:
    """Las que tienen algo que mostrar, y las marcadas aunque no."""
    return tuple(
        CapaDeTipo(t.clave, t.plural, t.icono, n, t.clave in filtros.tipo)
        for t in opciones.tipos
        if (n := pagina.por_tipo.get(t.clave, 0)) or t.clave in filtros.tipo
    )


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
