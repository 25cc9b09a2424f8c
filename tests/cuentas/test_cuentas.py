import pytest

from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.cuentas.models import Usuario
from sibis.cuentas.servicios import cuentas
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from tests.fabricas.cuentas import UsuarioFactory, con_rol

pytestmark = pytest.mark.django_db


@pytest.fixture
def tecnica():
    return con_rol(roles.AdministracionTecnica)


def test_crear_deja_la_cuenta_sin_contrasena_y_sin_funciones(tecnica):
    cuenta = cuentas.crear(Usuario(username=" EPerez", email="Elena@Ejemplo.MX"), por=tecnica)

    assert (cuenta.username, cuenta.email) == ("eperez", "elena@ejemplo.mx")
    assert not cuenta.has_usable_password()
    assert not cuenta.is_staff
    assert Evento.objects.get(tipo="cuenta.creada").detalle == {"cuenta": "eperez"}


@pytest.mark.parametrize(
    "campos", [{"username": "repetida"}, {"email": "REPETIDA@ejemplo.mx"}, {"email": "x"}]
)
def test_crear_con_datos_repetidos_o_malos_dice_cual(tecnica, campos):
    UsuarioFactory(username="repetida", email="repetida@ejemplo.mx")
    datos = {"username": "nueva", "email": "nueva@ejemplo.mx"} | campos

    with pytest.raises(ErrorDeNegocio, match="cuenta|correo|Introduzca|usuario"):
        cuentas.crear(Usuario(**datos), por=tecnica)


def test_suspender_y_reactivar_dejan_constancia(tecnica):
    cuenta = UsuarioFactory()

    cuentas.suspender(cuenta, por=tecnica)
    assert not Usuario.objects.get(pk=cuenta.pk).is_active
    cuentas.reactivar(cuenta, por=tecnica)

    assert Usuario.objects.get(pk=cuenta.pk).is_active
    assert set(Evento.objects.values_list("tipo", flat=True)) == {
        "cuenta.suspendida",
        "cuenta.reactivada",
    }


def test_suspenderse_a_si_misma_se_niega(tecnica):
    with pytest.raises(ErrorDeNegocio):
        cuentas.suspender(tecnica, por=tecnica)


@pytest.mark.parametrize("rol", [r for r in roles.ROLES if r is not roles.AdministracionTecnica])
def test_ninguna_otra_funcion_administra_cuentas(rol):
    quien = con_rol(rol)

    with pytest.raises(SinPermiso):
        cuentas.crear(Usuario(username="x", email="x@ejemplo.mx"), por=quien)
    with pytest.raises(SinPermiso):
        cuentas.suspender(UsuarioFactory(), por=quien)
