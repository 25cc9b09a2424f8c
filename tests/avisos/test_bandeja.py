"""La bandeja de cada quien: se mira sin escribir, se marca con un botón, y lo ajeno no existe."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sibis.avisos.consultas.bandeja import POR_PAGINA, bandeja, contador, no_leidos
from sibis.avisos.models import Aviso, PreferenciaDeAvisos
from sibis.cuentas.models import Usuario
from sibis.cuentas.roles import Analista
from tests.conftest import negar_escrituras
from tests.fabricas.avisos import AvisoFactory, PreferenciaDeAvisosFactory
from tests.fabricas.cuentas import con_rol, entrar

pytestmark = pytest.mark.django_db
BANDEJA = "/panel/avisos/"
PREFERENCIAS = "/panel/avisos/preferencias/"


@pytest.fixture
def ana(client: Client) -> Usuario:
    return entrar(client, con_rol(Analista))


def leidos() -> set[int]:
    return set(Aviso.objects.exclude(leido_en=None).values_list("pk", flat=True))


def test_primero_lo_no_leido_y_despues_lo_mas_nuevo(ana):
    viejo, leido, nuevo = (AvisoFactory(para=ana) for _ in range(3))
    Aviso.objects.filter(pk=leido.pk).update(leido_en=timezone.now())

    vista = bandeja(ana)

    assert list(vista.pagina) == [nuevo, viejo, leido]
    assert list(bandeja(ana, solo_no_leidos=True).pagina) == [nuevo, viejo]
    assert no_leidos(ana) == vista.no_leidos == 2


def test_mirar_no_escribe_y_se_ve_el_numero_en_toda_pagina_del_panel(client, ana):
    AvisoFactory(para=ana, titulo="Validaron <b>Mi Beca</b>", texto="Dos\nrenglones")
    AvisoFactory(titulo="De otra persona")
    client.get(BANDEJA)  # la sesión ya está escrita
    with connection.execute_wrapper(negar_escrituras):
        html = client.get(BANDEJA).content.decode()
        client.get(PREFERENCIAS)

    assert "Validaron &lt;b&gt;Mi Beca" in html
    assert "Dos<br>renglones" in html
    assert "De otra persona" not in html
    assert leidos() == set()
    assert '<span class="panel-cuenta">1</span>' in client.get("/panel/").content.decode()


def test_abrir_marca_y_lleva_a_lo_que_anuncia(client, ana):
    aviso = AvisoFactory(para=ana, url="/panel/programas/programa/?q=beca#1")

    respuesta = client.post(f"{BANDEJA}{aviso.pk}/abrir/")

    assert (respuesta.status_code, respuesta["Location"]) == (302, aviso.url)
    assert leidos() == {aviso.pk}


def test_la_primera_lectura_es_la_que_cuenta(client, ana):
    aviso = AvisoFactory(para=ana)
    for _ in range(2):
        client.post(f"{BANDEJA}{aviso.pk}/leido/")
        primera = Aviso.objects.get().leido_en
    client.post(f"{BANDEJA}{aviso.pk}/abrir/")
    assert Aviso.objects.get().leido_en == primera


def test_marcar_uno_vuelve_a_lo_que_se_miraba_y_a_ningun_otro_lado(client, ana):
    aviso = AvisoFactory(para=ana)
    url = f"{BANDEJA}{aviso.pk}/leido/"

    assert client.post(url, {"ver": "no_leidos", "pagina": "3"})["Location"] == (
        f"{BANDEJA}?ver=no_leidos&pagina=3"
    )
    malo = {"ver": "//malo.mx", "pagina": "-1", "next": "https://malo.mx"}
    assert client.post(url, malo)["Location"] == BANDEJA


def test_marcar_todos_no_alcanza_a_lo_que_llego_despues_ni_a_lo_de_otra_persona(client, ana):
    suyos = AvisoFactory.create_batch(3, para=ana)
    de_otra = AvisoFactory()
    hasta = bandeja(ana).hasta
    despues = AvisoFactory(para=ana)

    client.post(f"{BANDEJA}leidos/", {"hasta": hasta})

    assert leidos() == {a.pk for a in suyos}
    assert not leidos() & {de_otra.pk, despues.pk}


@pytest.mark.parametrize("hasta", ["", "x", "-1", "9" * 40])
def test_marcar_todos_con_algo_que_no_se_entiende_no_marca_nada(client, ana, hasta):
    AvisoFactory(para=ana)
    respuesta = client.post(f"{BANDEJA}leidos/", {"hasta": hasta}, follow=True)
    assert "No se marcó ninguno" in respuesta.content.decode()
    assert leidos() == set()


@pytest.mark.parametrize("acto", ["abrir", "leido"])
def test_lo_de_otra_cuenta_no_existe(client, ana, acto):
    ajeno = AvisoFactory()

    assert client.post(f"{BANDEJA}{ajeno.pk}/{acto}/").status_code == 404
    assert client.post(f"{BANDEJA}999999/{acto}/").status_code == 404
    assert leidos() == set()


@pytest.mark.parametrize("ruta", ["leidos/", "1/abrir/", "1/leido/"])
def test_lo_que_marca_solo_se_pide_con_post(client, ana, ruta):
    assert client.get(BANDEJA + ruta).status_code == 405


@pytest.mark.parametrize(
    "consulta", ["?pagina=x", "?pagina=-4", "?pagina=99999999999", "?ver=otro", "?pagina=0"]
)
def test_una_direccion_rara_da_una_pagina_y_no_un_error(client, ana, consulta):
    assert client.get(BANDEJA + consulta).status_code == 200


def test_lo_vacio_se_explica(client, ana):
    assert "Aquí llegan tus avisos." in client.get(BANDEJA).content.decode()
    assert "Estás al día." in client.get(f"{BANDEJA}?ver=no_leidos").content.decode()


def test_el_doble_de_avisos_cuesta_las_mismas_consultas(client, ana):
    AvisoFactory.create_batch(8, para=ana)
    client.get(BANDEJA)
    with CaptureQueriesContext(connection) as pocos:
        client.get(BANDEJA)
    AvisoFactory.create_batch(POR_PAGINA * 2, para=ana)
    with CaptureQueriesContext(connection) as muchos:
        html = client.get(BANDEJA).content.decode()

    assert len(muchos) == len(pocos)
    assert "Página 1 de 3" in html


def test_cada_quien_elige_cuando_se_le_escribe(client, ana):
    respuesta = client.post(PREFERENCIAS, {"correo": "resumen_diario"}, follow=True)
    assert "así te escribiremos" in respuesta.content.decode()
    client.post(PREFERENCIAS, {"correo": "nunca"})
    assert PreferenciaDeAvisos.objects.get(usuario=ana).correo == "nunca"

    respuesta = client.post(PREFERENCIAS, {"correo": "cada-hora"})
    assert respuesta.status_code == 422
    assert PreferenciaDeAvisos.objects.get(usuario=ana).correo == "nunca"


def test_la_pagina_de_preferencias_ensena_lo_elegido(client, ana):
    PreferenciaDeAvisosFactory(usuario=ana, correo="nunca")
    html = client.get(PREFERENCIAS).content.decode()
    (marcada,) = re.findall(r"<input[^>]*checked[^>]*>", html)
    assert 'value="nunca"' in marcada


def test_sin_segundo_factor_no_hay_bandeja(client):
    entrar(client, con_rol(Analista), con_segundo_factor=False)
    assert client.get(BANDEJA).status_code == 302


def test_el_contador_lleva_a_la_bandeja_aunque_no_haya_nada(ana):
    assert contador(ana) == ("Avisos", 0, BANDEJA)
