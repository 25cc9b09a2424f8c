"""Descargar: cada formato dice lo mismo, nadie baja dos veces lo que ya tiene, y nada se queda abierto."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pytest
from django.core.files.storage import default_storage
from django.db import connection
from psycopg.errors import DivisionByZero, QueryCanceled

from reportes.consultas.conjuntos import CONJUNTOS
from reportes.exportacion import copia
from reportes.exportacion.copia import BLOQUE, Descarga, csv_de
from tests.fabricas import programas as f
from tests.fabricas.territorio import AlcaldiaFactory, CentroFactory

pytestmark = pytest.mark.django_db


def bajar(visitante, ruta: str, **encabezados: str) -> bytes:
    respuesta = visitante.get(ruta, headers=encabezados)
    assert respuesta.status_code == 200, respuesta.status_code
    return b"".join(respuesta.streaming_content)


def hoja_de(archivo: Path) -> list[list[str | None]]:
    """Lo que dice cada celda, como está escrito en el XML. Falla si hay alguna fórmula."""
    with zipfile.ZipFile(archivo) as libro:
        raiz = ElementTree.fromstring(libro.read("xl/worksheets/sheet1.xml"))  # noqa: S314
    de_hoja = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    assert raiz.find(f".//{de_hoja}f") is None
    renglones = []
    for renglon in raiz.iter(f"{de_hoja}row"):
        celdas = {c.get("r", ""): "".join(c.itertext()) for c in renglon.iter(f"{de_hoja}c")}
        renglones.append(celdas)
    letras = [lugar.rstrip("1") for lugar in renglones[0]]
    return [[r.get(f"{letra}{n}") for letra in letras] for n, r in enumerate(renglones, 1)]


@pytest.fixture
def regla():
    return f.en_portal(
        completa=True,
        nombre="=Beca «ñ»",
        gaceta_fecha="2025-01-31",
        poblaciones=[{"clase": "objetivo", "total": 100}],
    )


def test_el_csv_abre_bien_en_excel(visitante, regla):
    contenido = bajar(visitante, "/datos/reglas.csv")

    assert contenido.startswith(b"\xef\xbb\xbf")
    fila = next(csv.DictReader(io.StringIO(contenido.decode("utf-8-sig"))))
    assert fila["nombre"] == "'=Beca «ñ»"
    assert fila["presupuesto_aprobado"] == "1000000.00"
    assert fila["poblacion_objetivo"] == "100"
    assert fila["poblacion_beneficiaria"] == ""


def test_sin_marca_si_se_pide(visitante, regla):
    assert bajar(visitante, "/datos/reglas.csv?bom=0").startswith(b"regla,")


def test_el_parquet_trae_tipos_y_el_texto_tal_cual(visitante, regla, tmp_path):
    archivo = tmp_path / "reglas.parquet"
    archivo.write_bytes(bajar(visitante, "/datos/reglas.parquet"))
    with duckdb.connect() as base:
        leido = base.sql(
            f"SELECT nombre, presupuesto_aprobado, gaceta_fecha, poblacion_beneficiaria, unidad_responsable,"
            f" clave_oficial, typeof(actualizado) FROM read_parquet('{archivo}')"
        ).fetchall()[0]
    assert leido[0] == "=Beca «ñ»"
    assert str(leido[1]) == "1000000.00"
    assert leido[2].isoformat() == "2025-01-31"
    assert leido[3] is None
    assert leido[4:6] == ("Dirección de Becas", "")
    assert leido[6] == "TIMESTAMP WITH TIME ZONE"


def test_la_hoja_de_calculo_no_trae_formulas(visitante, regla, tmp_path):
    archivo = tmp_path / "reglas.xlsx"
    archivo.write_bytes(bajar(visitante, "/datos/reglas.xlsx"))
    encabezado, fila = hoja_de(archivo)
    leido = dict(zip(encabezado, fila, strict=True))
    assert leido["nombre"] == "=Beca «ñ»"
    assert leido["presupuesto_aprobado"] == "1000000"
    assert leido["gaceta_fecha"] == "45688"  # 31 de enero de 2025, como cuenta Excel
    assert leido["poblacion_beneficiaria"] is None


@pytest.mark.parametrize("clave", CONJUNTOS)
def test_todo_conjunto_sale_en_todos_sus_formatos(clave, visitante, regla, tmp_path):
    """También vacío: un Parquet sin renglones conserva sus columnas."""
    conjunto = CONJUNTOS[clave]
    nombres = [c.nombre for c in conjunto.columnas]
    for formato in conjunto.formatos:
        (tmp_path / f"x.{formato}").write_bytes(bajar(visitante, f"/datos/{clave}.{formato}"))
    with duckdb.connect() as base:
        columnas = base.sql(
            f"DESCRIBE SELECT * FROM read_parquet('{tmp_path}/x.parquet')"
        ).fetchall()
    assert [c[0] for c in columnas] == nombres
    assert hoja_de(tmp_path / "x.xlsx")[0] == nombres


def test_el_geojson_es_json_aunque_un_nombre_traiga_comillas(visitante):
    CentroFactory(nombre='Centro "El \\ Faro"\tuno', clave="a", horario="lunes\nmartes")
    CentroFactory(clave="b")
    coleccion = json.loads(bajar(visitante, "/datos/centros.geojson"))

    assert coleccion["type"] == "FeatureCollection"
    uno, otro = coleccion["features"]
    assert uno["properties"]["nombre"] == 'Centro "El \\ Faro"\tuno'
    assert uno["properties"]["horario"] == "lunes\nmartes"
    assert otro["geometry"]["type"] == "Point"


def test_el_geojson_vacio_tambien_es_json(visitante):
    assert json.loads(bajar(visitante, "/datos/colonias.geojson"))["features"] == []


def test_las_alcaldias_traen_su_limite(visitante):
    AlcaldiaFactory()
    rasgo = json.loads(bajar(visitante, "/datos/alcaldias.geojson"))["features"][0]

    assert rasgo["geometry"]["type"] == "MultiPolygon"


# Con transacciones de verdad: PostgreSQL marca cada renglón con la suya, y de ahí sale la versión.
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("formato", ["csv", "parquet"])
def test_quien_ya_lo_tiene_no_lo_baja_otra_vez(formato, visitante, regla):
    ruta = f"/datos/programas.{formato}"
    primera = visitante.get(ruta)
    assert b"".join(primera.streaming_content)

    for encabezado, valor in (
        ("if-none-match", primera["ETag"]),
        ("if-modified-since", primera["Last-Modified"]),
    ):
        assert visitante.get(ruta, headers={encabezado: valor}).status_code == 304

    regla.programa.palabras_clave = ["otra"]
    regla.programa.save()
    otra_vez = visitante.get(ruta, headers={"if-none-match": primera["ETag"]})
    assert otra_vez.status_code == 200
    assert otra_vez["ETag"] != primera["ETag"]


def test_con_y_sin_marca_no_comparten_etiqueta(visitante, regla):
    con, sin = visitante.head("/datos/programas.csv"), visitante.head("/datos/programas.csv?bom=0")

    assert con["ETag"] != sin["ETag"]


@pytest.mark.django_db(transaction=True)
def test_el_parquet_se_hace_una_vez_por_version_y_el_viejo_se_quita(visitante, regla):
    bajar(visitante, "/datos/programas.parquet")
    (primero,) = default_storage.listdir("datos-abiertos/programas")[1]
    bajar(visitante, "/datos/programas.parquet")
    assert default_storage.listdir("datos-abiertos/programas")[1] == [primero]

    regla.programa.palabras_clave = ["otra"]
    regla.programa.save()
    bajar(visitante, "/datos/programas.parquet")
    (segundo,) = default_storage.listdir("datos-abiertos/programas")[1]
    assert segundo != primero


@pytest.mark.parametrize(
    "ruta",
    [
        "/datos/programas.exe",
        "/datos/programas.geojson",
        "/datos/nada.csv",
        "/datos/nada/",
        "/datos/diccionario.xml",
        "/datos/..csv",
    ],
)
def test_lo_que_no_hay_es_404(ruta, visitante):
    assert visitante.get(ruta).status_code == 404


@pytest.mark.parametrize("bom", ["2", "", "si", "9" * 5000, "\0"])
def test_un_bom_que_no_se_entiende_lo_dice(bom, visitante):
    assert visitante.get("/datos/programas.csv", {"bom": bom}).status_code == 400


def test_una_hoja_que_no_cabe_manda_al_csv(visitante, regla, monkeypatch):
    monkeypatch.setattr("reportes.exportacion.guardados.RENGLONES_DE_HOJA", 0)
    respuesta = visitante.get("/datos/programas.xlsx")

    assert respuesta.status_code == 400
    assert "CSV o en Parquet" in respuesta.content.decode()


def test_muchas_descargas_a_la_vez_esperan(visitante, regla, settings):
    copia._lugares.cache_clear()
    settings.DATOS_A_LA_VEZ = 1
    primera = Descarga((b for b in (b"uno", b"dos")), al_completar=lambda _n: None)
    next(primera)
    negada = visitante.get("/datos/programas.csv")
    assert negada.status_code == 503
    assert negada["Retry-After"]

    primera.close()  # se fue a la mitad: su lugar queda libre
    assert len(bajar(visitante, "/datos/programas.csv")) > 100
    assert len(bajar(visitante, "/datos/programas.csv")) > 100
    copia._lugares.cache_clear()


def test_una_descarga_que_nunca_empezo_no_ocupa_lugar(settings):
    copia._lugares.cache_clear()
    settings.DATOS_A_LA_VEZ = 1
    Descarga(csv_de("SELECT 1"), al_completar=lambda _n: None).close()
    Descarga(csv_de("SELECT 1"), al_completar=lambda _n: None)

    assert copia.hay_lugar()
    copia._lugares.cache_clear()


def test_si_quien_descarga_se_va_la_conexion_sigue_sana(visitante):
    consulta = "SELECT n, repeat('x', 500) FROM generate_series(1, 100000) n"
    bloques = csv_de(consulta)
    assert len(next(bloques)) >= BLOQUE
    bloques.close()

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize(
    "consulta",
    [
        "SELECT 1 / (n - 50000), repeat('x', 100) FROM generate_series(1, 100000) n",
        "SELECT 1 / (n - 1) FROM generate_series(1, 10) n",
    ],
)
def test_un_archivo_que_falla_a_la_mitad_no_parece_entero(consulta):
    with pytest.raises(DivisionByZero):
        list(csv_de(consulta))

    assert list(csv_de("SELECT 1 AS uno")) == [b"uno\n1\n"]


def test_una_descarga_que_pasa_de_su_tiempo_se_corta_y_se_dice(monkeypatch):
    monkeypatch.setattr(copia, "TIEMPO_MAXIMO", 1)
    with pytest.raises(QueryCanceled):
        list(csv_de("SELECT n, pg_sleep(0.3) FROM generate_series(1, 100) n"))

    assert list(csv_de("SELECT 1 AS uno")) == [b"uno\n1\n"]


def test_los_bloques_llevan_renglones_enteros_y_son_parejos():
    consulta = "SELECT n, repeat('x', 100) FROM generate_series(1, 5000) n"
    bloques = list(csv_de(consulta))

    assert all(BLOQUE <= len(b) < 2 * BLOQUE for b in bloques[:-1])
    assert all(b.endswith(b"\n") for b in bloques)
    assert b"".join(bloques).count(b"\n") == 5001


def test_lo_que_peso_se_anota_para_la_pagina(visitante, regla):
    tamano = len(bajar(visitante, "/datos/programas.csv"))
    catalogo = json.loads(visitante.get("/datos/catalogo.jsonld").content)
    distribuciones = catalogo["dcat:dataset"][0]["dcat:distribution"]

    assert distribuciones[0]["dcat:byteSize"]["@value"] == str(tamano)
