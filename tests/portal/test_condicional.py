"""La visita repetida cuesta una consulta; lo que cambia se ve; lo de una persona no se guarda."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programas.models import Convocatoria, Programa
from sibis.portal import condicional
from tests.fabricas import programas as f
from tests.fabricas.cuentas import UsuarioFactory

pytestmark = pytest.mark.django_db
PAGINAS = ["/", "/en/", "/programas/", "/programas/mi-beca/", "/centros/", "/ayuda/"]


@pytest.fixture(autouse=True)
def _encendidas(settings):
    settings.PAGINAS_CONDICIONALES = True


@pytest.fixture
def programa() -> Programa:
    regla = f.en_portal(nombre="Mi Beca", completa=True, programa__clave="mi-beca")
    return regla.programa


def _otra_vez(ruta: str, etiqueta: str, **opciones: object) -> object:
    return Client().get(ruta, headers={"if-none-match": etiqueta}, **opciones)


@pytest.mark.parametrize("ruta", PAGINAS)
def test_la_visita_repetida_es_un_304_con_una_consulta_y_sin_cuerpo(programa, ruta):
    primera = Client().get(ruta)
    assert primera.status_code == 200
    assert re.fullmatch(r'W/"[0-9a-f]{24}"', primera["ETag"])
    assert "public" in primera["Cache-Control"]

    with CaptureQueriesContext(connection) as consultas:
        segunda = _otra_vez(ruta, primera["ETag"])

    assert segunda.status_code == 304
    assert segunda.content == b""
    assert segunda["ETag"] == primera["ETag"]
    assert len(consultas) == 1


def test_cada_direccion_y_cada_idioma_llevan_su_etiqueta(programa):
    rutas = [*PAGINAS, "/programas/?q=beca", "/programas/?q=becas"]
    etiquetas = {Client().get(ruta)["ETag"] for ruta in rutas}
    assert len(etiquetas) == len(rutas)


def test_al_publicar_cambia_y_se_entrega_la_nueva(programa):
    antes = {ruta: Client().get(ruta)["ETag"] for ruta in PAGINAS}
    f.en_portal(nombre="Otro apoyo", programa__clave="otro")

    for ruta, etiqueta in antes.items():
        assert _otra_vez(ruta, etiqueta).status_code == 200, ruta
    assert "Otro apoyo" in _otra_vez("/programas/", antes["/programas/"]).content.decode()


def test_lo_que_no_se_ensena_no_la_cambia(programa):
    etiqueta = Client().get("/")["ETag"]
    UsuarioFactory()

    assert _otra_vez("/", etiqueta).status_code == 304


def test_cuando_abre_una_ventana_cambia_aunque_nadie_escriba(programa):
    ahora = timezone.now()
    f.ConvocatoriaFactory(
        programa=programa, abre=ahora + timedelta(seconds=12), cierra=ahora + timedelta(days=9)
    )
    antes = condicional.version_publicada(ahora)
    un_segundo_antes = condicional.version_publicada(ahora + timedelta(seconds=11))
    despues = condicional.version_publicada(ahora + timedelta(seconds=13))

    assert antes.cambia_en == pytest.approx(12, abs=1)
    assert un_segundo_antes.huella == antes.huella
    assert despues.huella != antes.huella
    cerrada = condicional.version_publicada(ahora + timedelta(days=10))
    assert cerrada.huella not in {antes.huella, despues.huella}


def test_el_plazo_no_pasa_de_la_siguiente_apertura(programa):
    ahora = timezone.now()
    f.ConvocatoriaFactory(
        programa=programa, abre=ahora + timedelta(seconds=20), cierra=ahora + timedelta(days=9)
    )
    plazo = Client().get("/")["Cache-Control"]

    assert int(re.search(r"max-age=(\d+)", plazo)[1]) <= 20
    assert "stale" not in plazo


def test_a_medianoche_cambia(programa):
    hoy = timezone.localtime().replace(hour=23, minute=59, second=50)
    assert condicional.version_publicada(hoy).cambia_en <= 10
    manana = condicional.version_publicada(hoy + timedelta(seconds=11))
    assert manana.huella != condicional.version_publicada(hoy).huella


def test_quien_trae_sesion_pregunta_cada_vez(programa):
    cliente = Client()
    cliente.cookies[settings.SESSION_COOKIE_NAME] = "la-que-sea"
    respuesta = cliente.get("/programas/")

    assert "private" in respuesta["Cache-Control"]
    assert "no-cache" in respuesta["Cache-Control"]
    assert respuesta["ETag"]


def test_un_aviso_pendiente_no_se_queda_sin_mostrar(programa):
    etiqueta = Client().get("/")["ETag"]
    cliente = Client()
    cliente.cookies["messages"] = "algo"

    assert cliente.get("/", headers={"if-none-match": etiqueta}).status_code == 200


@pytest.mark.parametrize("ruta", ["/cuenta/entrar/", "/panel/", "/en/cuenta/", "/avisos/x/"])
def test_lo_de_una_persona_no_se_guarda_en_ninguna_parte(ruta):
    cabecera = Client().get(ruta)["Cache-Control"]
    assert "no-store" in cabecera
    assert "public" not in cabecera


def test_lo_que_ya_trae_su_plazo_se_respeta(programa):
    assert "max-age=86400" in Client().get("/mapa/alcaldias.geojson")["Cache-Control"]
    assert "no-cache" in Client().get("/salud/")["Cache-Control"]


@pytest.mark.parametrize("etiqueta", ['"x"', "W/", "*", 'W/"' + "a" * 9000 + '"', "ñ", ""])
def test_una_etiqueta_inventada_da_la_pagina(programa, etiqueta):
    """«*» también: la página existe, pero quien pregunta no la tiene."""
    esperado = {304} if etiqueta == "*" else {200}
    assert _otra_vez("/", etiqueta).status_code in esperado


def test_si_postgresql_no_lleva_cuentas_nada_se_promete(programa):
    with connection.cursor() as cursor:
        cursor.execute("SET track_counts = off")
        try:
            assert condicional.version_publicada() is None
            assert not Client().get("/").has_header("ETag")
        finally:
            cursor.execute("RESET track_counts")


def test_el_proxy_y_la_aplicacion_nombran_igual_lo_personal():
    conf = (settings.RAIZ / "despliegue" / "nginx.conf").read_text(encoding="utf-8")
    nombres = re.search(
        r"location ~ \^/\(\?:en/\)\?\(([\w|]+)\)/ \{\n\s+limit_req zone=visitas", conf
    )
    assert set(nombres[1].split("|")) == set(condicional.PERSONALES)


def test_las_horas_de_apertura_son_las_de_convocatoria():
    """La consulta está escrita a mano: si el modelo cambia de nombre, esto lo dice."""
    assert Convocatoria._meta.db_table in condicional._HORAS
    assert {"abre", "cierra"} <= {c.column for c in Convocatoria._meta.fields}
