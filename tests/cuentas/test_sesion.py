import datetime
import time

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sibis.cuentas import roles
from sibis.cuentas.acceso import RENOVAR_CADA
from sibis.cuentas.models import Usuario
from sibis.cuentas.servicios.adscripciones import dar_de_baja
from sibis.cuentas.servicios.cuentas import suspender
from tests.fabricas.cuentas import CONTRASENA, con_rol, entrar

pytestmark = pytest.mark.django_db
NUEVA = "otra-clave-larga-y-distinta"


def esta_dentro(client: Client) -> bool:
    return client.get("/panel/").status_code == 200


@pytest.fixture
def enlace():
    return con_rol(roles.EnlaceDeDependencia)


def test_al_entrar_cambia_la_llave_de_la_sesion(client, entrar_con, enlace):
    client.get(reverse("account_login"))
    sesion = client.session
    sesion["previa"] = 1
    sesion.save()
    antes = sesion.session_key

    entrar_con(enlace.username)

    assert client.session.session_key != antes


def test_cambiar_la_contrasena_conserva_esta_sesion_y_termina_las_demas(client, enlace):
    otra = Client()
    entrar(client, enlace)
    entrar(otra, enlace)

    client.post(
        reverse("account_change_password"),
        {"oldpassword": CONTRASENA, "password1": NUEVA, "password2": NUEVA},
    )

    assert esta_dentro(client)
    assert not esta_dentro(otra)


def test_perder_una_funcion_termina_la_sesion(client, enlace):
    entrar(client, enlace)
    assert esta_dentro(client)

    dar_de_baja(
        enlace.adscripciones.get(),
        por=con_rol(roles.AdministracionTecnica),
        motivo="Cambió de área",
    )

    assert not esta_dentro(client)
    assert "_auth_user_id" not in client.session


def test_una_funcion_que_vencio_ayer_no_abre_el_panel(client, enlace):
    entrar(client, enlace)
    ayer = timezone.localdate() - datetime.timedelta(days=1)
    enlace.adscripciones.update(vigente_desde=ayer, vigente_hasta=ayer)

    assert client.get("/panel/", follow=True).status_code == 403


def test_suspender_la_cuenta_termina_la_sesion(client, enlace):
    entrar(client, enlace)

    suspender(enlace, por=con_rol(roles.AdministracionTecnica))

    assert not esta_dentro(client)


def test_la_sesion_dura_ocho_horas_sin_uso(client, enlace):
    entrar(client, enlace)
    client.get("/panel/")

    restante = Session.objects.get().expire_date - timezone.now()
    assert datetime.timedelta(hours=7, minutes=59) < restante <= datetime.timedelta(hours=8)


def test_usar_la_sesion_la_alarga_sin_escribir_en_cada_pagina(client, enlace, monkeypatch):
    entrar(client, enlace)
    client.get("/panel/")
    primera = Session.objects.get().expire_date
    client.get("/panel/")
    assert Session.objects.get().expire_date == primera

    despues = time.time() + RENOVAR_CADA + 1
    monkeypatch.setattr("sibis.cuentas.acceso.time.time", lambda: despues)
    client.get("/panel/")

    assert Session.objects.get().expire_date > primera


def test_una_pagina_publica_no_lee_la_sesion(client):
    respuesta = client.get("/")

    assert "Cookie" not in respuesta.headers.get("Vary", "")


def test_la_huella_de_sesion_depende_de_contrasena_y_sello(enlace):
    original = enlace.get_session_auth_hash()

    enlace.cerrar_sesiones()
    con_otro_sello = enlace.get_session_auth_hash()
    enlace.set_password(NUEVA)

    assert len({original, con_otro_sello, enlace.get_session_auth_hash()}) == 3


def test_rotar_la_clave_secreta_no_cierra_las_sesiones(client, settings, enlace):
    entrar(client, enlace)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "la-clave-nueva"

    assert esta_dentro(client)
    assert Usuario.objects.filter(pk=enlace.pk).exists()
