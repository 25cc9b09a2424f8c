import pytest
from django.urls import reverse

from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from tests.fabricas.cuentas import CONTRASENA, UsuarioFactory, con_rol, entrar

pytestmark = pytest.mark.django_db


def tipos() -> list[str]:
    return list(Evento.objects.order_by("id").values_list("tipo", flat=True))


@pytest.mark.parametrize(
    "escrito", ["elena", "ELENA", "elena@ejemplo.mx", "Elena@Ejemplo.mx", " elena "]
)
def test_entrar_con_usuario_o_correo_sin_distinguir_mayusculas(entrar_con, client, escrito):
    con_rol(roles.EnlaceDeDependencia, username="elena", email="elena@ejemplo.mx")

    assert entrar_con(escrito).status_code == 302
    assert client.session["_auth_user_id"]


def test_entrar_con_mala_contrasena_no_dice_cual_de_las_dos_fallo(entrar_con):
    UsuarioFactory(username="elena")

    mala = entrar_con("elena", "otra-cosa-cualquiera")
    nadie = entrar_con("no-existe", "otra-cosa-cualquiera")

    mensaje = "El usuario o la contraseña no coinciden"
    assert mala.status_code == nadie.status_code == 200
    assert mensaje in mala.content.decode()
    assert mensaje in nadie.content.decode()


def test_entrar_y_salir_dejan_constancia(entrar_con, client):
    usuario = con_rol(roles.EnlaceDeDependencia)

    entrar_con(usuario.username)
    client.post(reverse("account_logout"))

    assert tipos() == ["sesion.iniciada", "sesion.cerrada"]
    assert set(Evento.objects.values_list("por", flat=True)) == {usuario.username}


def test_entrar_fallido_con_una_cuenta_que_no_existe_no_guarda_lo_escrito(entrar_con):
    """Hay quien escribe su contraseña en la casilla del usuario."""
    entrar_con("mi-contrasena-secreta", "x")

    evento = Evento.objects.get(tipo="sesion.fallida")
    assert evento.detalle == {"cuenta": "desconocida"}
    assert (evento.objeto_id, evento.por) == ("", "")


def test_entrar_fallido_con_una_cuenta_que_existe_la_nombra(entrar_con):
    usuario = UsuarioFactory()

    entrar_con(usuario.email, "x")

    assert Evento.objects.get(tipo="sesion.fallida").detalle == {"cuenta": usuario.username}


def test_ningun_registro_guarda_la_contrasena_ni_lo_escrito(entrar_con):
    entrar_con("usuario-tecleado-mal", "contrasena-tecleada")

    from axes.models import AccessAttempt

    guardado = str(list(AccessAttempt.objects.values())) + str(list(Evento.objects.values()))
    assert "contrasena-tecleada" not in guardado
    assert "usuario-tecleado-mal" not in guardado


def test_entrar_sin_funciones_explica_que_no_hay_panel_y_no_da_vueltas(client):
    entrar(client, UsuarioFactory())

    respuesta = client.get("/panel/", follow=True)

    assert respuesta.status_code == 403
    assert len(respuesta.redirect_chain) <= 2


def test_entrar_con_la_cuenta_suspendida_lo_dice(entrar_con, client):
    usuario = UsuarioFactory(is_active=False)

    respuesta = entrar_con(usuario.username)

    assert respuesta.url == reverse("account_inactive")
    assert "suspendida" in client.get(respuesta.url).content.decode()
    assert "_auth_user_id" not in client.session


def test_salir_con_get_pregunta_y_no_sale(client):
    entrar(client, con_rol(roles.EnlaceDeDependencia))

    respuesta = client.get(reverse("account_logout"))

    assert "¿Salir del panel?" in respuesta.content.decode()
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "destino", ["//malo.example", "https://malo.example/", "javascript:alert(1)", "\\\\malo"]
)
def test_entrar_con_un_destino_ajeno_se_queda_en_casa(client, destino):
    usuario = con_rol(roles.EnlaceDeDependencia)

    respuesta = client.post(
        f"{reverse('account_login')}?next={destino}",
        {"login": usuario.username, "password": CONTRASENA, "next": destino},
    )

    assert respuesta.status_code == 302
    assert "malo" not in respuesta.url
    assert "javascript" not in respuesta.url


def test_no_hay_registro_abierto(client):
    assert client.get("/cuenta/signup/").status_code == 404
    assert client.get("/cuenta/registro/").status_code == 404


def test_la_pagina_de_entrar_no_lleva_codigo_ni_estilo_en_linea(client):
    texto = client.get(reverse("account_login")).content.decode()

    assert "<script>" not in texto
    assert " style=" not in texto
    assert "Entrar al panel" in texto
