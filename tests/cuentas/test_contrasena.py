import re

import pytest
from django.core import mail
from django.urls import reverse

from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from tests.fabricas.cuentas import CONTRASENA, UsuarioFactory, con_rol, entrar

pytestmark = pytest.mark.django_db
NUEVA = "otra-clave-larga-y-distinta"
PEDIR, CAMBIAR = "account_reset_password", "account_change_password"


def pedir_enlace(client, correo: str) -> str:
    client.post(reverse(PEDIR), {"email": correo})
    return re.search(r"http://testserver(\S+)", mail.outbox[-1].body).group(1)


def reponer(client, enlace: str, contrasena: str = NUEVA):
    return client.post(client.get(enlace).url, {"password1": contrasena, "password2": contrasena})


@pytest.mark.parametrize(
    ("mala", "porque"),
    [
        ("corta-1", "12"),
        ("contraseña123", None),
        ("123456789012", "num"),
        ("elenaperez12", "parecid|similar"),
    ],
)
def test_cambiar_por_una_contrasena_debil_dice_por_que(client, mala, porque):
    usuario = con_rol(roles.EnlaceDeDependencia, username="elenaperez")
    entrar(client, usuario)

    respuesta = client.post(
        reverse(CAMBIAR), {"oldpassword": CONTRASENA, "password1": mala, "password2": mala}
    )

    if porque:
        assert respuesta.status_code == 200
        assert re.search(porque, respuesta.content.decode())


def test_cambiar_sin_la_actual_se_niega(client):
    entrar(client, con_rol(roles.EnlaceDeDependencia))

    respuesta = client.post(
        reverse(CAMBIAR), {"oldpassword": "no-es", "password1": NUEVA, "password2": NUEVA}
    )

    assert "contraseña actual" in respuesta.content.decode()


def test_cambiar_deja_constancia(client):
    usuario = entrar(client, con_rol(roles.EnlaceDeDependencia))

    client.post(
        reverse(CAMBIAR), {"oldpassword": CONTRASENA, "password1": NUEVA, "password2": NUEVA}
    )

    assert Evento.objects.get(tipo="cuenta.contrasena_cambiada").por == usuario.username


def test_olvidada_manda_un_enlace_que_sirve_una_vez(client, entrar_con):
    usuario = con_rol(roles.EnlaceDeDependencia)
    enlace = pedir_enlace(client, usuario.email)

    reponer(client, enlace)

    assert entrar_con(usuario.username, NUEVA).status_code == 302
    client.logout()
    assert "ya no sirve" in client.get(enlace).content.decode()


def test_olvidada_no_abre_la_sesion_por_si_sola(client):
    """El correo no es un segundo factor."""
    usuario = con_rol(roles.EnlaceDeDependencia)

    reponer(client, pedir_enlace(client, usuario.email))

    assert "_auth_user_id" not in client.session


def test_olvidada_responde_igual_exista_o_no_la_cuenta(client):
    UsuarioFactory(email="elena@ejemplo.mx")

    existe = client.post(reverse(PEDIR), {"email": "elena@ejemplo.mx"}, follow=True)
    nadie = client.post(reverse(PEDIR), {"email": "nadie@ejemplo.mx"}, follow=True)

    assert existe.content == nadie.content
    assert [correo.to for correo in mail.outbox] == [["elena@ejemplo.mx"]]


def test_olvidada_libera_a_la_cuenta_bloqueada(client, entrar_con):
    usuario = con_rol(roles.EnlaceDeDependencia)
    for n in range(5):
        entrar_con(usuario.username, "mala", ip=f"203.0.113.{n}")

    reponer(client, pedir_enlace(client, usuario.email))

    assert entrar_con(usuario.username, NUEVA).status_code == 302


def test_olvidada_con_el_correo_caido_no_tira_la_pagina(client, monkeypatch):
    usuario = UsuarioFactory()

    def sin_servidor(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", sin_servidor)

    respuesta = client.post(reverse(PEDIR), {"email": usuario.email}, follow=True)

    assert respuesta.status_code == 200
    assert "Revisa tu correo" in respuesta.content.decode()


def test_el_correo_del_enlace_va_en_espanol_y_sin_el_nombre_de_la_persona(client):
    usuario = UsuarioFactory(first_name="Elena", last_name="Pérez")

    pedir_enlace(client, usuario.email)

    correo = mail.outbox[0]
    assert correo.subject == "[SIBIS] Enlace para poner tu contraseña"
    assert "Elena" not in correo.body
    assert "24 horas" in correo.body


def test_un_enlace_inventado_no_sirve(client):
    respuesta = client.get("/cuenta/contrasena/nueva/1-abc-def/")

    assert respuesta.status_code == 200
    assert "ya no sirve" in respuesta.content.decode()
