"""Alcaldías y colonias desde GeoJSON: alta o cambio por clave, con aviso de lo que se reparó."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import shapely
from django.contrib.gis.geos import Point
from django.db import models, transaction

from sibis.nucleo.columnas import Columna, Lectura, Plantilla
from sibis.nucleo.normalizacion import limpiar_texto
from sibis.territorio.ciudad import SRID
from sibis.territorio.importacion import geojson
from sibis.territorio.importacion.geometrias import Poligonos, poligonos
from sibis.territorio.importacion.guardado import guardar
from sibis.territorio.importacion.ubicacion import Ubicador
from sibis.territorio.models import Alcaldia, Colonia
from sibis.vigencia.carga import InformeDeCarga

ALCALDIAS = Path(__file__).parents[1] / "datos" / "alcaldias.geojson"

COLUMNAS_DE_ALCALDIA = Plantilla(
    (
        Columna(
            "clave",
            "Clave INEGI",
            sinonimos=("CVEGEO", "cve_geo"),
            obligatoria=True,
            ejemplo="09010",
        ),
        Columna(
            "nombre",
            "Nombre",
            sinonimos=("NOMGEO", "nom_geo", "alcaldia", "nomgeo"),
            obligatoria=True,
        ),
    )
)
COLUMNAS_DE_COLONIA = Plantilla(
    (
        Columna(
            "clave",
            "Clave",
            sinonimos=(
                "colonia_cve",
                "cve_col",
                "cve_colonia",
                "clave_colonia",
                "CVEUT",
                "cve_ut",
                "id_colonia",
            ),
            obligatoria=True,
        ),
        Columna(
            "nombre",
            "Nombre",
            sinonimos=(
                "colonia_nombre",
                "nom_col",
                "nombre_colonia",
                "colonia",
                "nomut",
                "nom_colonia",
            ),
            obligatoria=True,
        ),
        Columna(
            "alcaldia_clave",
            "Clave de la alcaldía",
            sinonimos=("cvegeo_alcaldia_derivada", "cve_alc", "cve_alcaldia", "cve_mun", "CVEGEO"),
        ),
        Columna(
            "alcaldia",
            "Alcaldía",
            sinonimos=(
                "alcaldia_derivada",
                "nom_alc",
                "nomdt",
                "delegacion",
                "municipio",
                "nom_mun",
                "alc",
            ),
        ),
    )
)

# (valores para el modelo, aviso o vacío); levanta ValueError con el motivo del rechazo.
Interprete = Callable[[Lectura, Poligonos], tuple[Mapping[str, Any], str]]


def cargar_alcaldias(ruta: Path = ALCALDIAS) -> InformeDeCarga:
    """Las 16, de un archivo con clave INEGI y nombre; sin argumento, las que trae SIBIS."""
    existentes = {a.clave: a for a in Alcaldia.objects.all()}

    def interpretar(lectura: Lectura, partes: Poligonos) -> tuple[Mapping[str, Any], str]:
        # El centro del mayor círculo que cabe: ahí el nombre se lee sin salirse.
        lon, lat = shapely.maximum_inscribed_circle(partes.geometria).coords[0]
        centro = Point(lon, lat, srid=SRID)
        clave = lectura.valores["clave"].zfill(5)
        return {"clave": clave, "nombre": lectura.valores["nombre"], "punto_interior": centro}, ""

    coleccion = geojson.leer(ruta)
    return _cargar(coleccion, COLUMNAS_DE_ALCALDIA, interpretar, Alcaldia, existentes, "Alcaldías")


def cargar_colonias(ruta: Path, *, fuente: str = "") -> InformeDeCarga:
    """Colonias de una fuente. Sin `fuente`, la que el archivo declara o su nombre."""
    ubicador = Ubicador(Alcaldia.objects.all())
    coleccion = geojson.leer(ruta)
    fuente = limpiar_texto(fuente or coleccion.nombre)
    existentes = {c.clave: c for c in Colonia.objects.filter(fuente=fuente)}

    def interpretar(lectura: Lectura, partes: Poligonos) -> tuple[Mapping[str, Any], str]:
        alcaldia, aviso = _alcaldia_de(lectura, partes, ubicador)
        datos = {"clave": lectura.valores["clave"], "nombre": lectura.valores["nombre"]}
        return {"fuente": fuente, "alcaldia_id": alcaldia and alcaldia.pk, **datos}, aviso

    return _cargar(
        coleccion, COLUMNAS_DE_COLONIA, interpretar, Colonia, existentes, f"Colonias ({fuente})"
    )


def _alcaldia_de(
    lectura: Lectura, partes: Poligonos, ubicador: Ubicador
) -> tuple[Alcaldia | None, str]:
    """La que dice el archivo o, si no la dice, donde cae un punto de su interior."""
    dichas = [lectura.valores.get("alcaldia_clave"), lectura.valores.get("alcaldia")]
    for texto in filter(None, dichas):
        if alcaldia := ubicador.por_texto(texto):
            return alcaldia, ""
    falta = "Sin alcaldía en el archivo" if not any(dichas) else "Su alcaldía no se reconoce"
    interior = partes.geometria.representative_point()
    cerca = ubicador.por_punto(interior.x, interior.y)
    if cerca.metros:
        return None, f"{falta} y queda a {cerca.metros:,.0f} m de la más cercana, {cerca.alcaldia}."
    return cerca.alcaldia, f"{falta}: se tomó {cerca.alcaldia}, donde cae su interior."


@transaction.atomic
def _cargar(
    coleccion: geojson.Coleccion,
    plantilla: Plantilla,
    interpretar: Interprete,
    modelo: type[models.Model],
    existentes: Mapping[str, models.Model],
    asunto: str,
) -> InformeDeCarga:
    informe = InformeDeCarga(asunto)
    vistas: dict[str, int] = {}
    for rasgo, lectura in _leidos(coleccion, plantilla):
        try:
            valores, aviso, partes = _interpretado(rasgo, lectura, interpretar, vistas)
            valores = {**valores, "geometria": partes.para_guardar()}
            resultado = guardar(existentes.get(valores["clave"]), modelo=modelo, valores=valores)
        except ValueError as error:
            informe.rechazar(rasgo.numero, str(error))
            continue
        informe.contar(resultado)
        vistas[valores["clave"]] = rasgo.numero
        for nota in filter(None, (partes.reparacion, aviso)):
            informe.avisar(rasgo.numero, f"{valores['nombre']}: {nota}")
    return informe


def _leidos(
    coleccion: geojson.Coleccion, plantilla: Plantilla
) -> Iterator[tuple[geojson.Rasgo, Lectura]]:
    mapeo = plantilla.mapear(coleccion.encabezado)
    for rasgo, fila in coleccion.filas():
        yield rasgo, mapeo.leer(fila)


def _interpretado(
    rasgo: geojson.Rasgo, lectura: Lectura, interpretar: Interprete, vistas: Mapping[str, int]
) -> tuple[Mapping[str, Any], str, Poligonos]:
    if lectura.errores:
        raise ValueError(" ".join(lectura.errores))
    partes = poligonos(rasgo.geometria)
    valores, aviso = interpretar(lectura, partes)
    if antes := vistas.get(valores["clave"]):
        raise ValueError(f"La clave «{valores['clave']}» ya vino en la fila {antes}.")
    return valores, aviso, partes
