"""La descarga trae lo que la lista muestra: ni más columnas, ni lo de otra dependencia, ni fórmulas."""

import csv
import io
import tracemalloc
import zipfile

import pytest

from sibis.bitacora.models import Evento
from sibis.bitacora.presentadores import frase
from sibis.cuentas import roles
from sibis.panel import exportacion
from sibis.panel.views import exportar as vista
from tests.fabricas.cuentas import con_rol, entrar
from tests.fabricas.historico import DocumentoFactory
from tests.fabricas.programas import ReglaFactory

RUTA = "/panel/listas/programas/documento/exportar/"


def renglones(respuesta) -> list[list[str]]:
    texto = b"".join(respuesta.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(texto)))


def test_respeta_filtro_busqueda_y_orden(client, enlace, suya):
    for titulo, clase in (("Beca B", "regla"), ("Beca A", "regla"), ("Beca C", "convocatoria")):
        DocumentoFactory(titulo=titulo, clase=clase, dependencia=suya)
    DocumentoFactory(titulo="Otra", clase="regla", dependencia=suya)

    hechos = renglones(client.post(RUTA + "?clase__exact=regla&q=beca&o=1", {"formato": "csv"}))

    assert [r[0] for r in hechos] == ["Título", "Beca A", "Beca B"]


def test_lo_de_otra_dependencia_no_sale(client, enlace, suya):
    DocumentoFactory(titulo="Propio", dependencia=suya)
    ReglaFactory(nombre="Ajena")
    DocumentoFactory(
        titulo="Ajeno",
        dependencia=con_rol(roles.EnlaceDeDependencia).adscripciones.get().dependencia,
    )

    salidos = {r[0] for r in renglones(client.post(RUTA, {"formato": "csv"}))}

    assert salidos == {"Título", "Propio"}


@pytest.mark.parametrize("titulo", ["=1+1", "+1", "-x", "@SUM(A1)", "\t=1+1", "\r=1+1", "|cmd"])
def test_ninguna_celda_es_una_formula(client, enlace, suya, titulo):
    DocumentoFactory(titulo=titulo, dependencia=suya)

    celda = renglones(client.post(RUTA, {"formato": "csv"}))[1][0]
    libro = b"".join(client.post(RUTA, {"formato": "xlsx"}).streaming_content)

    assert celda[0] == "'"
    hoja = zipfile.ZipFile(io.BytesIO(libro)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in hoja


def test_queda_escrito_quien_y_cuantos_y_nada_mas(client, enlace, suya):
    DocumentoFactory.create_batch(3, dependencia=suya)

    client.post(RUTA + "?q=secreto", {"formato": "csv"})

    evento = Evento.objects.get(tipo="lista.exportada")
    assert evento.detalle["renglones"] == 0
    assert evento.detalle["con_filtro"] is True
    assert "secreto" not in str(evento.detalle)
    assert enlace.username in frase(evento)


def test_un_filtro_que_ya_no_existe_se_dice(client, enlace):
    respuesta = client.post(RUTA + "?no_existe=1", {"formato": "csv"}, follow=True)

    assert respuesta.status_code == 200
    assert "ya no existe" in respuesta.content.decode()
    assert not Evento.objects.filter(tipo="lista.exportada").exists()


def test_la_hoja_tiene_tope_y_el_csv_no(client, enlace, suya, monkeypatch):
    monkeypatch.setattr(vista, "TOPE_DE_HOJA", 2)
    DocumentoFactory.create_batch(3, dependencia=suya)

    negada = client.post(RUTA, {"formato": "xlsx"}, follow=True)

    assert "Descarga el CSV" in negada.content.decode()
    assert len(renglones(client.post(RUTA, {"formato": "csv"}))) == 4


def test_lo_que_tiene_datos_personales_no_se_descarga_sin_esa_facultad(client, db):
    entrar(client, con_rol(roles.AdministracionTecnica))

    pagina = client.get("/panel/cuentas/usuario/")
    negada = client.post("/panel/listas/cuentas/usuario/exportar/", {"formato": "csv"}, follow=True)

    assert "Descargar lo que ves" not in pagina.content.decode()
    assert "datos personales" in negada.content.decode()
    assert not Evento.objects.filter(tipo="lista.exportada").exists()


def test_la_memoria_no_crece_con_los_renglones(client, enlace, suya):
    DocumentoFactory.create_batch(60, dependencia=suya, resumen="x" * 1_500)
    respuesta = client.post(RUTA, {"formato": "csv"})

    assert respuesta.streaming
    tracemalloc.start()
    pedazos = sum(1 for _pedazo in respuesta.streaming_content)
    _ahora, pico = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert pedazos == 61, "renglón a renglón"
    assert pico < 20_000_000
    assert exportacion.TANDA < 1_000
