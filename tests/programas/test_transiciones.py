"""Toda pareja de estado y función: procede exactamente lo que dicen la tabla y los roles.

Ningún caso está escrito a mano: si cambia FLUJO_REGLA o un rol, cambia lo que se espera.
"""

from __future__ import annotations

from functools import partial

import pytest
from django.conf import settings

from programas.estados import (
    DEL_SISTEMA,
    EDITABLES,
    EN_CURSO,
    FLUJO_REGLA,
    FUERON_PUBLICOS,
    EstadoRegla,
)
from programas.materia import REGLA
from programas.models import ReglaOperacion
from programas.models.instancias import DECIDE_LA_RECTORA
from programas.servicios import publicacion, revision
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.cuentas.models import Usuario
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso, TransicionInvalida
from sibis.revision.servicios.expediente import expediente_de
from tests.fabricas import programas as f
from tests.fabricas.cuentas import DependenciaFactory, con_rol
from tests.fabricas.revision import ObservacionFactory, RemisionFactory
from tests.programas import camino

pytestmark = pytest.mark.django_db

SERVICIOS = {
    nombre: partial(revision.dar, nombre, motivo="Porque sí.") for nombre in revision.POR_NOMBRE
} | {"publicar": partial(publicacion.publicar, **camino.GACETA)}
TABLA = {t.nombre: t for t in FLUJO_REGLA}
SUPERUSUARIO = "superusuario"
QUIENES = [*(rol.clave for rol in roles.ROLES), SUPERUSUARIO]


def alguien(clave: str, dependencia) -> Usuario:
    if clave == SUPERUSUARIO:
        return Usuario.objects.create_superuser("raiz", "raiz@ejemplo.mx", "x")
    rol = roles.por_clave(clave)
    if rol.alcance is roles.Alcance.DEPENDENCIA:
        return con_rol(rol, en=dependencia)
    rectora = DependenciaFactory(clave=settings.DEPENDENCIA_RECTORA)
    return con_rol(rol, en=rectora if rol is roles.ValidacionSIBISO else DependenciaFactory())


def permisos_de(clave: str) -> frozenset:
    return frozenset() if clave == SUPERUSUARIO else roles.por_clave(clave).permisos


def se_espera(transicion, clave: str) -> bool:
    """Sobre lo de una dependencia cualquiera: la facultad y, si toca, ser de la rectora."""
    if transicion.permiso not in permisos_de(clave):
        return False
    decide_la_rectora = transicion.exige_otra_persona and transicion.permiso in DECIDE_LA_RECTORA
    return not decide_la_rectora or clave == roles.ValidacionSIBISO.clave


def procede(transicion, regla, quien) -> bool:
    try:
        revision.exigir(transicion.nombre, regla, por=quien, motivo="Por algo.")
    except (SinPermiso, TransicionInvalida):
        return False
    return True


@pytest.mark.parametrize("clave", QUIENES)
def test_exigir_en_todo_estado_con_toda_accion(clave, dependencia):
    regla, quien = f.ReglaFactory(programa__dependencia=dependencia), alguien(clave, dependencia)
    for estado in EstadoRegla:
        regla.estado = estado
        for t in FLUJO_REGLA:
            esperado = estado in t.desde and se_espera(t, clave)
            assert procede(t, regla, quien) is esperado, f"{t.nombre} desde {estado}"


@pytest.mark.parametrize("clave", QUIENES)
def test_exigir_desde_otra_dependencia_solo_procede_si_la_funcion_es_de_toda_la_ciudad(
    clave, dependencia
):
    ajena, quien = f.ReglaFactory(), alguien(clave, dependencia)
    for t in FLUJO_REGLA:
        for estado in t.desde:
            ajena.estado = estado
            de_la_ciudad = (
                clave != SUPERUSUARIO and roles.por_clave(clave).alcance is roles.Alcance.CIUDAD
            )
            esperado = se_espera(t, clave) and de_la_ciudad
            assert procede(t, ajena, quien) is esperado, f"{t.nombre} desde {estado}"


@pytest.mark.parametrize("nombre", sorted(SERVICIOS))
def test_el_servicio_desde_un_estado_que_no_toca_no_cambia_nada(nombre, dependencia):
    rol = next(r for r in roles.ROLES if TABLA[nombre].permiso in r.permisos)
    quien, programa = alguien(rol.clave, dependencia), f.ProgramaFactory(dependencia=dependencia)
    for version, estado in enumerate(set(EstadoRegla) - TABLA[nombre].desde, 1):
        regla = f.ReglaFactory(
            programa=programa,
            estado=estado,
            ejercicio=2000 + version,
        )

        with pytest.raises(TransicionInvalida):
            SERVICIOS[nombre](regla, por=quien)
        assert ReglaOperacion.objects.get(pk=regla.pk).estado == estado
    assert not Evento.objects.exists()


@pytest.mark.parametrize("nombre", sorted(SERVICIOS))
@pytest.mark.parametrize("clave", QUIENES)
def test_el_servicio_solo_obedece_a_quien_tiene_la_facultad(nombre, clave, dependencia):
    t, quien = TABLA[nombre], alguien(clave, dependencia)
    desde = sorted(t.desde)[0]
    regla = f.ReglaFactory(programa__dependencia=dependencia, estado=desde)
    eventos = Evento.objects.count()  # dar de alta a la persona pudo dejar alguno

    preparar(t, regla, quien)
    if se_espera(t, clave):
        assert SERVICIOS[nombre](regla, por=quien).estado == t.hacia
        assert ReglaOperacion.objects.get(pk=regla.pk).estado == t.hacia
        return
    with pytest.raises(SinPermiso):
        SERVICIOS[nombre](regla, por=quien)
    assert ReglaOperacion.objects.get(pk=regla.pk).estado == desde
    assert Evento.objects.count() == eventos


def preparar(transicion, regla, quien) -> None:
    """Lo que el paso pide además del estado: algo remitido, y una observación de su órgano."""
    expediente = expediente_de(REGLA, regla)
    RemisionFactory(expediente=expediente)
    if transicion.exige_observaciones:
        suya = quien.adscripciones.first()
        ObservacionFactory(expediente=expediente, **({"organo": suya.dependencia} if suya else {}))


@pytest.mark.parametrize(
    "transicion", [t for t in FLUJO_REGLA if t.exige_motivo], ids=lambda t: t.nombre
)
@pytest.mark.parametrize("motivo", ["", "   ", "\n\t"])
def test_lo_que_exige_motivo_no_procede_sin_escribirlo(transicion, motivo, dependencia):
    rol = next(r for r in roles.ROLES if transicion.permiso in r.permisos)
    regla = f.ReglaFactory(programa__dependencia=dependencia)
    regla.estado = sorted(transicion.desde)[0]

    with pytest.raises(ErrorDeNegocio, match="escribir el motivo"):
        revision.exigir(
            transicion.nombre, regla, por=alguien(rol.clave, dependencia), motivo=motivo
        )


def test_toda_accion_la_da_una_persona_con_su_servicio_o_la_da_el_sistema():
    assert set(TABLA) == set(SERVICIOS) | DEL_SISTEMA


def test_toda_accion_la_puede_dar_alguna_funcion():
    for transicion in FLUJO_REGLA:
        assert any(transicion.permiso in rol.permisos for rol in roles.ROLES), transicion.nombre


def test_ninguna_funcion_puede_ademas_presentar_y_decidir():
    deciden = {t.permiso for t in FLUJO_REGLA if t.exige_otra_persona}
    presentan = {TABLA["enviar"].permiso, "regla.capturar"}
    for rol in roles.ROLES:
        assert not (deciden & rol.permisos and presentan & rol.permisos), rol.clave


def test_a_todo_estado_se_llega_y_los_grupos_de_estados_cuadran():
    alcanzados = {FLUJO_REGLA.inicial} | {t.hacia for t in FLUJO_REGLA}
    assert alcanzados == set(EstadoRegla)
    assert EDITABLES < EN_CURSO
    assert not EN_CURSO & FUERON_PUBLICOS
    assert {e for e in EstadoRegla if not FLUJO_REGLA.desde(e)} == {
        *("sustituido", "retirado", "rechazado", "cerrado")
    }
