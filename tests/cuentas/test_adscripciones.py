import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.cuentas.models import Adscripcion
from sibis.cuentas.permisos import Permiso, puede
from sibis.cuentas.servicios.adscripciones import adscribir, dar_de_baja
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from tests.fabricas.cuentas import AdscripcionFactory, DependenciaFactory, UsuarioFactory, con_rol

pytestmark = pytest.mark.django_db
DIA = datetime.timedelta(days=1)
ENLACE = roles.EnlaceDeDependencia.clave
VALIDACION = roles.ValidacionSIBISO.clave


@pytest.fixture
def tecnica():
    return con_rol(roles.AdministracionTecnica)


def test_adscribir_da_la_funcion_y_deja_constancia(tecnica):
    usuario, dependencia = UsuarioFactory(), DependenciaFactory()
    assert not puede(usuario, Permiso.REGLA_CAPTURAR)

    adscripcion = adscribir(usuario=usuario, dependencia=dependencia, rol=ENLACE, por=tecnica)

    assert puede(usuario, Permiso.REGLA_CAPTURAR, en=dependencia)
    assert adscripcion.otorgada_por == tecnica
    evento = Evento.objects.get(tipo="adscripcion.otorgada")
    assert (evento.por, evento.dependencia) == (tecnica.username, dependencia.clave)
    assert evento.detalle["cuenta"] == usuario.username


def test_adscribir_sin_ser_administracion_tecnica_se_niega():
    with pytest.raises(SinPermiso):
        adscribir(
            usuario=UsuarioFactory(),
            dependencia=DependenciaFactory(),
            rol=ENLACE,
            por=con_rol(roles.ValidacionSIBISO),
        )
    assert not Evento.objects.exists()


def test_adscribir_a_si_misma_se_niega(tecnica):
    with pytest.raises(SinPermiso, match="sí mism"):
        adscribir(usuario=tecnica, dependencia=DependenciaFactory(), rol="analista", por=tecnica)


def test_adscribirse_a_si_misma_lo_niega_la_base():
    usuario = UsuarioFactory()

    with pytest.raises(IntegrityError, match="nadie_se_otorga"):
        AdscripcionFactory(usuario=usuario, otorgada_por=usuario)


def test_adscribir_una_funcion_incompatible_dice_por_que(tecnica):
    usuario = con_rol(roles.EnlaceDeDependencia)

    with pytest.raises(
        ErrorDeNegocio, match="quien presenta un programa no puede decidir sobre él"
    ):
        adscribir(usuario=usuario, dependencia=DependenciaFactory(), rol=VALIDACION, por=tecnica)


def test_adscribir_una_incompatible_cuando_la_otra_ya_vencio_se_puede(tecnica):
    hoy = timezone.localdate()
    vencida = AdscripcionFactory(vigente_desde=hoy - 9 * DIA, vigente_hasta=hoy - DIA)

    adscribir(
        usuario=vencida.usuario, dependencia=DependenciaFactory(), rol=VALIDACION, por=tecnica
    )


def test_adscribir_una_incompatible_que_empezaria_antes_de_que_venza_se_niega(tecnica):
    hoy = timezone.localdate()
    vigente = AdscripcionFactory(vigente_desde=hoy - DIA, vigente_hasta=hoy + 9 * DIA)
    dependencia = DependenciaFactory()

    with pytest.raises(ErrorDeNegocio):
        adscribir(
            usuario=vigente.usuario,
            dependencia=dependencia,
            rol=VALIDACION,
            por=tecnica,
            desde=hoy + 9 * DIA,
        )
    adscribir(
        usuario=vigente.usuario,
        dependencia=dependencia,
        rol=VALIDACION,
        por=tecnica,
        desde=hoy + 10 * DIA,
    )


def test_adscribir_lo_mismo_dos_veces_se_niega_con_su_mensaje(tecnica):
    ya = AdscripcionFactory()

    with pytest.raises(ErrorDeNegocio, match="ya tiene esa función"):
        adscribir(usuario=ya.usuario, dependencia=ya.dependencia, rol=ya.rol, por=tecnica)


def test_adscribir_lo_mismo_con_fechas_encimadas_lo_niega_la_base():
    ya = AdscripcionFactory(vigente_hasta=timezone.localdate() + 5 * DIA)

    with pytest.raises(IntegrityError, match="sin_repetir"), transaction.atomic():
        AdscripcionFactory(
            usuario=ya.usuario,
            dependencia=ya.dependencia,
            vigente_desde=ya.vigente_hasta,
        )
    AdscripcionFactory(
        usuario=ya.usuario, dependencia=ya.dependencia, vigente_desde=ya.vigente_hasta + DIA
    )


@pytest.mark.parametrize(
    ("cambio", "mensaje"),
    [({"rol": "no-existe"}, "rol"), ({"hasta": datetime.date(2000, 1, 1)}, "termina antes")],
)
def test_adscribir_con_datos_invalidos_dice_cual(tecnica, cambio, mensaje):
    datos = {"usuario": UsuarioFactory(), "dependencia": DependenciaFactory(), "rol": ENLACE}

    with pytest.raises(ErrorDeNegocio, match=mensaje):
        adscribir(**(datos | cambio), por=tecnica)


def test_dar_de_baja_quita_la_funcion_desde_ese_momento(tecnica):
    adscripcion = AdscripcionFactory(vigente_desde=timezone.localdate() - 9 * DIA)

    dar_de_baja(adscripcion, por=tecnica, motivo="Cambió de área")

    adscripcion.usuario.olvidar_adscripciones()
    assert not puede(adscripcion.usuario, Permiso.REGLA_CAPTURAR)
    assert puede(adscripcion.usuario, Permiso.REGLA_CAPTURAR, fecha=timezone.localdate() - DIA)
    assert not Adscripcion.objects.vigentes().filter(pk=adscripcion.pk).exists()
    assert Evento.objects.get(tipo="adscripcion.retirada").detalle["motivo"] == "Cambió de área"


def test_dar_de_baja_y_volver_a_otorgar_el_mismo_dia_se_puede(tecnica):
    adscripcion = AdscripcionFactory()
    dar_de_baja(adscripcion, por=tecnica, motivo="Error de captura")

    nueva = adscribir(
        usuario=adscripcion.usuario,
        dependencia=adscripcion.dependencia,
        rol=adscripcion.rol,
        por=tecnica,
    )

    assert puede(nueva.usuario, Permiso.REGLA_CAPTURAR)


def test_dar_de_baja_termina_las_sesiones_de_la_cuenta(tecnica):
    adscripcion = AdscripcionFactory()
    antes = adscripcion.usuario.get_session_auth_hash()

    dar_de_baja(adscripcion, por=tecnica, motivo="Cambió de área")

    adscripcion.usuario.refresh_from_db()
    assert adscripcion.usuario.get_session_auth_hash() != antes


def test_dar_de_baja_sin_motivo_se_niega(tecnica):
    with pytest.raises(ErrorDeNegocio, match="motivo"):
        dar_de_baja(AdscripcionFactory(), por=tecnica, motivo="  ")


def test_dar_de_baja_dos_veces_se_niega(tecnica):
    adscripcion = AdscripcionFactory()
    dar_de_baja(adscripcion, por=tecnica, motivo="Cambió de área")

    with pytest.raises(ErrorDeNegocio, match="ya estaba"):
        dar_de_baja(adscripcion, por=tecnica, motivo="Otra vez")


def test_dar_de_baja_sin_permiso_se_niega():
    with pytest.raises(SinPermiso):
        dar_de_baja(AdscripcionFactory(), por=con_rol(roles.Auditoria), motivo="x")


def test_str_de_una_adscripcion_no_muestra_el_nombre_de_la_persona():
    adscripcion = AdscripcionFactory(usuario__first_name="Elena", usuario__last_name="Pérez")

    assert "Elena" not in str(adscripcion)
    assert "Pérez" not in str(adscripcion)
