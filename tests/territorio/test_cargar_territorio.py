"""cargar_territorio: las geometrías buenas entran, las reparables se reparan, cada mala dice por qué no."""

import json

import pytest
from django.core.management import call_command

from sibis.nucleo.errores import ArchivoIlegible
from sibis.territorio.importacion.limites import cargar_alcaldias, cargar_colonias
from sibis.territorio.models import Alcaldia, Colonia

CUADRO = [[[-99.06, 19.35], [-99.05, 19.35], [-99.05, 19.36], [-99.06, 19.36], [-99.06, 19.35]]]


def escribir(ruta, *rasgos, **extra):
    contenido = {"type": "FeatureCollection", "features": list(rasgos), **extra}
    ruta.write_text(json.dumps(contenido), encoding="utf-8")
    return ruta


def rasgo(coordenadas=CUADRO, tipo="Polygon", **propiedades):
    return {
        "type": "Feature",
        "properties": propiedades,
        "geometry": {"type": tipo, "coordinates": coordenadas},
    }


@pytest.fixture
def archivo(tmp_path):
    return tmp_path / "limites.geojson"


@pytest.fixture
def informe(ciudad, datos):
    return cargar_colonias(datos / "colonias_sucias.geojson")


def test_entran_las_buenas_aunque_haya_malas(informe):
    assert informe.altas == 4
    assert set(Colonia.objects.values_list("clave", flat=True)) == {"1", "2", "9", "10"}


@pytest.mark.parametrize(
    ("fila", "motivo"),
    [
        (3, "es inválido (se cruza consigo mismo"),
        (4, "No trae geometría"),
        (5, "Su geometría es «Point»"),
        (6, "vienen al revés"),
        (7, "Cae fuera de la Ciudad"),
        (8, "La clave «1» ya vino en la fila 1"),
        (9, "Falta «Nombre»"),
        (12, "no es un número"),
        (13, "anidadas"),
        (14, "menos de cuatro puntos"),
        (15, "no encierra ninguna superficie"),
        (16, "Falta «Clave»"),
    ],
)
def test_cada_rechazo_nombra_su_fila_y_su_motivo(informe, fila, motivo):
    assert motivo in dict(informe.rechazos)[fila]


def test_se_repara_lo_que_conserva_su_area_y_se_avisa(informe):
    assert "HUECO VACÍO: Geometría reparada" in dict(informe.avisos)[2]
    assert Colonia.objects.get(clave="2").geometria.valid


def test_sin_alcaldia_se_toma_la_de_su_interior_y_se_avisa(informe):
    assert Colonia.objects.get(clave="9").alcaldia.nombre == "Iztapalapa"
    assert "se tomó Iztapalapa" in dict(informe.avisos)[10]


def test_sin_alcaldia_ni_punto_dentro_de_una_se_queda_sin_ella(informe):
    assert Colonia.objects.get(clave="10").alcaldia is None
    assert "la más cercana" in dict(informe.avisos)[11]


def test_la_fuente_es_la_que_dice_el_archivo_o_quien_carga(informe, datos):
    assert set(Colonia.objects.values_list("fuente", flat=True)) == {"colonias de prueba"}
    cargar_colonias(datos / "colonias_sucias.geojson", fuente="IECM 2016")
    assert Colonia.objects.filter(fuente="IECM 2016").count() == 4


def test_repetir_la_carga_no_cambia_nada(informe, datos):
    segunda = cargar_colonias(datos / "colonias_sucias.geojson")
    assert (segunda.altas, segunda.cambios, segunda.iguales) == (0, 0, 4)


def test_una_colonia_que_cambia_de_nombre_se_actualiza(ciudad, archivo):
    cargar_colonias(escribir(archivo, rasgo(clave=1, nombre="Antes")))
    informe = cargar_colonias(escribir(archivo, rasgo(clave=1, nombre="Después")))
    assert informe.cambios == 1
    assert Colonia.objects.get().nombre == "Después"


def test_las_alcaldias_se_leen_con_los_nombres_del_inegi(db, archivo):
    informe = cargar_alcaldias(escribir(archivo, rasgo(CVEGEO="09007", NOMGEO="Iztapalapa")))
    assert informe.altas == 1
    assert Alcaldia.objects.get().clave == "09007"


def test_una_clave_que_no_es_de_alcaldia_se_rechaza(db, archivo):
    informe = cargar_alcaldias(escribir(archivo, rasgo(CVEGEO="09001", NOMGEO="Ninguna")))
    assert "va de 09002 a 09017" in dict(informe.rechazos)[1]


@pytest.mark.parametrize("numero", ["1" + "0" * 400, "NaN", "-Infinity", "1e999", "true", '"x"'])
def test_un_numero_imposible_no_detiene_la_carga(ciudad, archivo, numero):
    escribir(archivo, rasgo(clave=1, nombre="Buena"), rasgo(clave=2, nombre="Mala"))
    antes, despues = archivo.read_text().rsplit("-99.05", 1)
    archivo.write_text(antes + numero + despues)
    informe = cargar_colonias(archivo)
    assert (informe.altas, [fila for fila, _ in informe.rechazos]) == (1, [2])


@pytest.mark.parametrize(
    "nombre", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"]
)
def test_se_lee_wgs84_dicho_de_cualquier_modo(db, archivo, nombre):
    crs = {"type": "name", "properties": {"name": nombre}}
    assert cargar_alcaldias(escribir(archivo, rasgo(clave="09007", nombre="X"), crs=crs)).altas == 1


@pytest.mark.parametrize(
    "crs",
    [
        {"type": "name", "properties": {"name": "EPSG:32614"}},
        {"type": "name", "properties": {"name": "/vsicurl/http://ejemplo.mx/4326.prj"}},
        {"properties": {"name": ["EPSG:4326"]}},
        "EPSG:4326",
    ],
)
def test_otro_sistema_de_referencia_no_se_adivina(db, archivo, crs):
    with pytest.raises(ArchivoIlegible, match="WGS 84"):
        cargar_alcaldias(escribir(archivo, rasgo(clave="09007", nombre="X"), crs=crs))


@pytest.mark.parametrize(
    ("contenido", "motivo"),
    [
        (b"", "está vacío"),
        (b"nombre,lat\n", "no es JSON válido: línea 1"),
        (b'{"type": "Feature"}', "no una FeatureCollection"),
        (b"[1, 2]", "no una FeatureCollection"),
        (b'{"type": "FeatureCollection"}', "ningún rasgo"),
        (b'{"type": "FeatureCollection", "features": []}', "ningún rasgo"),
        (b'{"type": "FeatureCollection", "features": [{}]}', "Faltan las columnas"),
        (b"[" * 100_000, "demasiado grande"),
        (b"\xff\xfe\x00", "no es texto UTF-8"),
        (b'{"type": "FeatureCollection", "features": [1', "no es JSON válido"),
    ],
)
def test_un_archivo_ilegible_termina_en_2_y_no_carga_nada(db, archivo, capsys, contenido, motivo):
    archivo.write_bytes(contenido)
    with pytest.raises(SystemExit, match="2"):
        call_command("cargar_territorio", archivo, tipo="alcaldias")
    assert motivo in capsys.readouterr().err
    assert not Alcaldia.objects.exists()


def test_un_archivo_que_no_existe_termina_en_2(db, tmp_path, capsys):
    with pytest.raises(SystemExit, match="2"):
        call_command("cargar_territorio", tmp_path / "nada.geojson", tipo="colonias")
    assert capsys.readouterr().err


def test_con_filas_rechazadas_termina_en_1_y_las_nombra(ciudad, datos, capsys):
    with pytest.raises(SystemExit, match="1"):
        call_command("cargar_territorio", datos / "colonias_sucias.geojson", tipo="colonias")
    salida = capsys.readouterr().out
    assert "4 altas, 0 cambios, 0 sin cambio, 12 rechazados" in salida
    assert "fila 6: rechazada. La latitud y la longitud vienen al revés" in salida


def test_todo_bien_termina_en_0(ciudad, archivo, capsys):
    escribir(archivo, rasgo(clave=1, nombre="Una", alcaldia="Iztapalapa"))
    call_command("cargar_territorio", archivo, tipo="colonias", fuente="IECM")
    assert "Colonias (IECM): 1 altas" in capsys.readouterr().out
