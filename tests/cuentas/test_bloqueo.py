import pytest
from django.urls import reverse

from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.cuentas.servicios.cuentas import desbloquear
from sibis.nucleo.errores import SinPermiso
from tests.fabricas.cuentas import UsuarioFactory, con_rol

pytestmark = pytest.mark.django_db


@pytest.fixture
def bloqueada(entrar_con):
    usuario = con_rol(roles.EnlaceDeDependencia, username="elena", email="elena@ejemplo.mx")
    for n in range(5):
        entrar_con("elena", "mala", ip=f"203.0.113.{n}")
    return usuario


def test_ocho_intentos_desde_ocho_direcciones_bloquean_la_cuenta(entrar_con):
    UsuarioFactory(username="elena")

    respuestas = [entrar_con("elena", "mala", ip=f"203.0.113.{n}") for n in range(8)]

    assert [r.status_code for r in respuestas] == [200] * 4 + [429] * 4
    assert entrar_con("elena", ip="198.51.100.77").status_code == 429


def test_bloqueada_no_entra_ni_con_la_contrasena_buena(bloqueada, entrar_con, client):
    assert entrar_con("elena").status_code == 429
    assert "_auth_user_id" not in client.session


def test_bloqueada_dice_cuanto_esperar_y_a_quien_acudir(bloqueada, entrar_con):
    texto = entrar_con("elena").content.decode()

    assert "30 minutos" in texto
    assert "administración técnica" in texto


def test_bloquear_cuenta_los_intentos_por_usuario_y_por_correo_juntos(entrar_con):
    UsuarioFactory(username="elena", email="elena@ejemplo.mx")

    for n, escrito in enumerate(
        ["elena", "elena@ejemplo.mx", "ELENA", "elena@EJEMPLO.mx", "elena"]
    ):
        respuesta = entrar_con(escrito, "mala", ip=f"203.0.113.{n}")

    assert respuesta.status_code == 429


def test_bloquear_una_cuenta_no_toca_a_las_demas(bloqueada, entrar_con):
    otra = con_rol(roles.EnlaceDeDependencia)

    assert entrar_con(otra.username, ip="203.0.113.1").status_code == 302


def test_bloqueada_deja_constancia(bloqueada, entrar_con):
    entrar_con("elena")

    tipos = list(Evento.objects.order_by("id").values_list("tipo", flat=True))
    assert tipos == ["sesion.fallida"] * 4 + ["sesion.bloqueada"] * 2


def test_un_nombre_que_no_existe_se_bloquea_igual(entrar_con):
    """Si no, el bloqueo diría qué cuentas existen."""
    respuestas = [entrar_con("nadie", "mala", ip=f"203.0.113.{n}").status_code for n in range(6)]

    assert respuestas == [200] * 4 + [429] * 2


def test_muchas_cuentas_desde_una_direccion_frenan_a_la_direccion(entrar_con):
    cuentas = UsuarioFactory.create_batch(22)

    for cuenta in cuentas[:20]:
        entrar_con(cuenta.username, "mala")
    frenada = entrar_con(cuentas[20].username)
    otra_direccion = entrar_con(cuentas[21].username, ip="203.0.113.9")

    assert "demasiados intentos" in frenada.content.decode()
    assert otra_direccion.status_code == 302


def test_entrar_bien_borra_los_intentos_fallidos(entrar_con, client):
    usuario = con_rol(roles.EnlaceDeDependencia)
    for _ in range(4):
        entrar_con(usuario.username, "mala")
    assert entrar_con(usuario.username).status_code == 302
    client.logout()

    for _ in range(4):
        assert entrar_con(usuario.username, "mala").status_code == 200


def test_desbloquear_la_libera_y_deja_constancia(bloqueada, entrar_con):
    desbloquear(bloqueada, por=con_rol(roles.AdministracionTecnica))

    assert entrar_con("elena").status_code == 302
    assert Evento.objects.filter(tipo="cuenta.desbloqueada").count() == 1


def test_desbloquear_sin_ser_administracion_tecnica_se_niega(bloqueada):
    with pytest.raises(SinPermiso):
        desbloquear(bloqueada, por=con_rol(roles.ValidacionSIBISO))


def test_bloquear_por_codigo_tras_cinco_malos(entrar_con, con_codigo, client, reloj):
    usuario, codigo = con_codigo
    entrar_con(usuario.username)
    for n in range(5):
        client.post(reverse("mfa_authenticate"), {"code": f"{n:06d}"})

    respuesta = client.post(reverse("mfa_authenticate"), {"code": codigo(reloj.ahora)})

    assert "demasiados intentos" in respuesta.content.decode()
    assert "_auth_user_id" not in client.session


def test_demasiadas_solicitudes_seguidas_responden_en_espanol(client):
    for _ in range(31):
        respuesta = client.post(reverse("account_login"), {"login": "", "password": ""})

    assert respuesta.status_code == 429
    assert "demasiadas solicitudes" in respuesta.content.decode()
