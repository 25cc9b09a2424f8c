import re

import pyotp
import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.urls import reverse

from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.cuentas.servicios.segundo_factor import activar_con_secreto, restablecer
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from tests.fabricas.cuentas import con_rol, entrar

pytestmark = pytest.mark.django_db
ENTRAR, CODIGO, ACTIVAR = "account_login", "mfa_authenticate", "mfa_activate_totp"


def poner_codigo(client, codigo: str, pagina: str = CODIGO):
    return client.post(reverse(pagina), {"code": codigo})


def test_sin_segundo_factor_el_panel_manda_a_activarlo(entrar_con, client):
    usuario = con_rol(roles.EnlaceDeDependencia)
    entrar_con(usuario.username)

    assert client.get("/panel/").url == reverse(ACTIVAR)


def test_con_segundo_factor_la_contrasena_sola_no_abre_nada(entrar_con, client, con_codigo):
    usuario, _codigo = con_codigo

    assert entrar_con(usuario.username).url.startswith(reverse(CODIGO))
    assert "_auth_user_id" not in client.session
    assert client.get("/panel/").url.startswith(reverse("admin:login"))


def test_con_el_codigo_bueno_se_entra_al_panel(entrar_con, client, con_codigo, reloj):
    usuario, codigo = con_codigo
    entrar_con(usuario.username)

    poner_codigo(client, codigo(reloj.ahora))

    assert client.get("/panel/").status_code == 200
    assert Evento.objects.get(tipo="sesion.iniciada").detalle == {"segundo_factor": True}


def test_con_un_codigo_malo_no_se_entra_y_queda_constancia(entrar_con, client, con_codigo):
    usuario, _codigo = con_codigo
    entrar_con(usuario.username)

    respuesta = poner_codigo(client, "000000")

    assert "no es correcto" in respuesta.content.decode()
    assert Evento.objects.get(tipo="sesion.codigo_rechazado").detalle == {
        "cuenta": usuario.username
    }
    assert client.get("/panel/").status_code == 302


@pytest.mark.parametrize("cache_caida", [False, True])
def test_repetir_un_codigo_ya_usado_se_niega(
    entrar_con, client, con_codigo, reloj, cache_caida, monkeypatch
):
    usuario, codigo = con_codigo
    usado = codigo(reloj.ahora)
    entrar_con(usuario.username)
    poner_codigo(client, usado)
    client.logout()
    if cache_caida:
        monkeypatch.setattr("allauth.mfa.totp.internal.auth.cache.add", lambda *a, **k: True)
        cache.clear()

    entrar_con(usuario.username)
    respuesta = poner_codigo(client, usado)

    assert "ya se usó" in respuesta.content.decode()
    assert "_auth_user_id" not in client.session


def test_el_codigo_anterior_a_uno_ya_usado_tampoco_sirve(entrar_con, client, con_codigo, reloj):
    usuario, codigo = con_codigo
    entrar_con(usuario.username)
    poner_codigo(client, codigo(reloj.ahora))
    client.logout()
    cache.clear()

    entrar_con(usuario.username)
    poner_codigo(client, codigo(reloj.ahora - 30))
    assert "_auth_user_id" not in client.session

    reloj.avanzar(30)
    poner_codigo(client, codigo(reloj.ahora))
    assert "_auth_user_id" in client.session


def test_un_reloj_atrasado_medio_minuto_se_tolera(entrar_con, client, con_codigo, reloj):
    usuario, codigo = con_codigo
    entrar_con(usuario.username)

    poner_codigo(client, codigo(reloj.ahora - 30))

    assert "_auth_user_id" in client.session


def test_activar_muestra_el_cuadro_y_la_clave_y_abre_el_panel(
    entrar_con, client, reloj, django_capture_on_commit_callbacks
):
    usuario = con_rol(roles.EnlaceDeDependencia)
    entrar_con(usuario.username)
    texto = client.get(reverse(ACTIVAR)).content.decode()
    secreto = re.search(r"<code>([A-Z2-7]+)</code>", texto).group(1)

    with django_capture_on_commit_callbacks(execute=True):
        respuesta = poner_codigo(client, pyotp.TOTP(secreto).at(reloj.ahora), ACTIVAR)

    assert "data:image/svg+xml;base64," in texto
    assert respuesta.url == reverse("mfa_view_recovery_codes")
    assert len(re.findall(r"<code>\d+</code>", client.get(respuesta.url).content.decode())) == 10
    assert client.get("/panel/").status_code == 200
    assert Evento.objects.filter(tipo="segundo_factor.activado").count() == 1


def test_activar_con_un_codigo_malo_conserva_la_clave(entrar_con, client):
    entrar_con(con_rol(roles.EnlaceDeDependencia).username)
    secreto = re.search(r"<code>(\w+)</code>", client.get(reverse(ACTIVAR)).content.decode()).group(
        1
    )

    texto = poner_codigo(client, "000000", ACTIVAR).content.decode()

    assert secreto in texto
    assert "no es correcto" in texto
    assert not Authenticator.objects.exists()


def test_el_codigo_con_que_se_activo_no_sirve_para_entrar(entrar_con, client, reloj):
    usuario = con_rol(roles.EnlaceDeDependencia)
    entrar_con(usuario.username)
    secreto = re.search(r"<code>(\w+)</code>", client.get(reverse(ACTIVAR)).content.decode()).group(
        1
    )
    usado = pyotp.TOTP(secreto).at(reloj.ahora)
    poner_codigo(client, usado, ACTIVAR)
    client.logout()

    entrar_con(usuario.username)
    poner_codigo(client, usado)

    assert "_auth_user_id" not in client.session


def test_los_codigos_de_respaldo_se_muestran_una_sola_vez(entrar_con, client, reloj):
    entrar_con(con_rol(roles.EnlaceDeDependencia).username)
    secreto = re.search(r"<code>(\w+)</code>", client.get(reverse(ACTIVAR)).content.decode()).group(
        1
    )
    poner_codigo(client, pyotp.TOTP(secreto).at(reloj.ahora), ACTIVAR)
    pagina = reverse("mfa_view_recovery_codes")
    client.get(pagina)

    client.post(reverse("mfa_reauthenticate"), {"code": pyotp.TOTP(secreto).at(reloj.ahora + 30)})
    texto = client.get(pagina, follow=True).content.decode()

    assert not re.findall(r"<code>\d+</code>", texto)


def test_un_codigo_de_respaldo_sirve_una_vez(entrar_con, client, con_codigo):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    usuario, _codigo = con_codigo
    respaldo = RecoveryCodes.activate(usuario).generate_codes()[0]
    entrar_con(usuario.username)
    poner_codigo(client, respaldo)
    assert client.get("/panel/").status_code == 200
    client.logout()

    entrar_con(usuario.username)
    poner_codigo(client, respaldo)

    assert "_auth_user_id" not in client.session


def test_una_sesion_abierta_por_otra_puerta_vuelve_a_la_entrada(client, con_codigo):
    """Por ejemplo, la que se abrió antes de activar el segundo factor en otro equipo."""
    usuario, _codigo = con_codigo
    entrar(client, usuario, con_segundo_factor=False)

    respuesta = client.get("/panel/")

    assert respuesta.url == f"{reverse(ENTRAR)}?next=/panel/"
    assert "_auth_user_id" not in client.session


def test_panel_login_no_es_una_puerta_trasera(client, con_codigo):
    usuario, _codigo = con_codigo

    for metodo in (client.get, client.post):
        respuesta = metodo(
            reverse("admin:login"),
            {"username": usuario.username, "password": "una-clave-larga-de-pruebas"},
        )
        assert respuesta.status_code == 302
        assert reverse(ENTRAR) in respuesta.url
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "pagina",
    ["mfa_index", "mfa_generate_recovery_codes", "account_change_password", "mfa_deactivate_totp"],
)
def test_sin_codigo_no_se_llega_a_los_ajustes_de_la_cuenta(client, pagina):
    entrar(client, con_rol(roles.EnlaceDeDependencia), con_segundo_factor=False)

    assert client.get(reverse(pagina)).url == reverse(ACTIVAR)


def test_cambiar_de_telefono_pide_otro_codigo_y_cierra_las_demas_sesiones(
    client, con_codigo, reloj, django_user_model
):
    usuario, codigo = con_codigo
    entrar(client, usuario)
    cambiar = reverse("mfa_deactivate_totp")
    sello = usuario.sello_de_sesion
    sesion = client.session
    sesion["account_authentication_methods"] = [
        registro | {"at": registro["at"] - 3600}
        for registro in sesion["account_authentication_methods"]
    ]
    sesion.save()

    assert reverse("mfa_reauthenticate") in client.get(cambiar).url
    client.post(reverse("mfa_reauthenticate"), {"code": codigo(reloj.ahora)})
    respuesta = client.post(cambiar)

    assert respuesta.url == reverse(ACTIVAR)
    assert client.get("/panel/").url == reverse(ACTIVAR)
    assert django_user_model.objects.get(pk=usuario.pk).sello_de_sesion != sello
    assert Evento.objects.filter(tipo="segundo_factor.retirado").exists()


def test_quien_tiene_segundo_factor_no_confirma_solo_con_la_contrasena(client, con_codigo):
    entrar(client, con_codigo[0])

    respuesta = client.get(reverse("account_reauthenticate"))

    assert reverse("mfa_reauthenticate") in respuesta.url


def test_el_secreto_no_se_guarda_en_claro():
    usuario = con_rol(roles.EnlaceDeDependencia)

    secreto = activar_con_secreto(usuario)

    assert secreto not in str(Authenticator.objects.get().data)


def test_el_secreto_se_lee_despues_de_cambiar_la_clave_secreta(
    settings, client, entrar_con, con_codigo, reloj
):
    usuario, codigo = con_codigo
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "otra-clave-secreta"

    entrar_con(usuario.username)
    poner_codigo(client, codigo(reloj.ahora))

    assert "_auth_user_id" in client.session


def test_restablecer_borra_el_segundo_factor_y_cierra_sesiones(con_codigo):
    usuario, _codigo = con_codigo
    sello = usuario.sello_de_sesion

    restablecer(
        usuario, por=con_rol(roles.AdministracionTecnica), motivo="Se presentó con credencial"
    )

    usuario.refresh_from_db()
    assert not Authenticator.objects.filter(user=usuario).exists()
    assert usuario.sello_de_sesion != sello
    assert (
        Evento.objects.get(tipo="segundo_factor.restablecido").detalle["cuenta"] == usuario.username
    )


def test_restablecer_el_propio_sin_motivo_o_sin_permiso_se_niega(con_codigo):
    usuario, _codigo = con_codigo
    tecnica = con_rol(roles.AdministracionTecnica)

    with pytest.raises(SinPermiso):
        restablecer(tecnica, por=tecnica, motivo="x")
    with pytest.raises(SinPermiso):
        restablecer(usuario, por=con_rol(roles.TitularQueFirma), motivo="x")
    with pytest.raises(ErrorDeNegocio, match="comprobaste"):
        restablecer(usuario, por=tecnica, motivo="")
    assert Authenticator.objects.filter(user=usuario).exists()
