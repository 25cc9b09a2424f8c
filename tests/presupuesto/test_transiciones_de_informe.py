"""Toda pareja de estado y función: procede exactamente lo que dicen la tabla y los roles."""

from __future__ import annotations

import pytest
from django.conf import settings

from presupuesto.estados import (
    DEL_SISTEMA,
    EDITABLES,
    EN_CURSO,
    FLUJO_INFORME,
    FUERON_APROBADOS,
    EstadoInforme,
)
from presupuesto.models import InformeDeAvance
from presupuesto.models.instancias import DECIDE_LA_RECTORA
from presupuesto.servicios import revision_de_informes as revision
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.cuentas.models import Usuario
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso, TransicionInvalida
from tests.fabricas.cuentas import DependenciaFactory, con_rol
from tests.fabricas.informes import InformeDeAvanceFactory

pytestmark = pytest.mark.django_db

SUPERUSUARIO = "superusuario"
QUIENES = [*(rol.clave for rol in roles.ROLES), SUPERUSUARIO]
DE_PERSONAS = [t for t in FLUJO_INFORME if t.nombre not in DEL_SISTEMA]


def alguien(clave: str, dependencia) -> Usuario:
    if clave == SUPERUSUARIO:
        return Usuario.objects.create_superuser("raiz", "raiz@ejemplo.mx", "x")
    rol = roles.por_clave(clave)
    if rol.alcance is roles.Alcance.DEPENDENCIA:
        return con_rol(rol, en=dependencia)
    rectora = DependenciaFactory(clave=settings.DEPENDENCIA_RECTORA)
    return con_rol(rol, en=rectora if rol is roles.ValidacionSIBISO else DependenciaFactory())


def se_espera(transicion, clave: str) -> bool:
    """Sobre lo de una dependencia cualquiera: la facultad y, si toca, ser de la rectora."""
    permisos = frozenset() if clave == SUPERUSUARIO else roles.por_clave(clave).permisos
    if transicion.permiso not in permisos:
        return False
    decide_la_rectora = transicion.exige_otra_persona and transicion.permiso in DECIDE_LA_RECTORA
    return not decide_la_rectora or clave == roles.ValidacionSIBISO.clave


def procede(transicion, informe, quien) -> bool:
    try:
        revision.exigir(transicion.nombre, informe, por=quien, motivo="Por algo.")
    except (SinPermiso, TransicionInvalida):
        return False
    return True


@pytest.mark.parametrize("clave", QUIENES)
def test_exigir_en_todo_estado_con_todo_paso(clave, dependencia):
    informe = InformeDeAvanceFactory(dependencia=dependencia)
    quien = alguien(clave, dependencia)
    for estado in EstadoInforme:
        informe.estado = estado
        for t in FLUJO_INFORME:
            esperado = estado in t.desde and se_espera(t, clave)
            assert procede(t, informe, quien) is esperado, f"{t.nombre} desde {estado}"


@pytest.mark.parametrize("clave", QUIENES)
def test_desde_otra_dependencia_solo_procede_si_la_funcion_es_de_toda_la_ciudad(clave, dependencia):
    ajeno, quien = InformeDeAvanceFactory(), alguien(clave, dependencia)
    for t in FLUJO_INFORME:
        for estado in t.desde:
            ajeno.estado = estado
            de_la_ciudad = (
                clave != SUPERUSUARIO and roles.por_clave(clave).alcance is roles.Alcance.CIUDAD
            )
            esperado = se_espera(t, clave) and de_la_ciudad
            assert procede(t, ajeno, quien) is esperado, f"{t.nombre} desde {estado}"


@pytest.mark.parametrize("t", DE_PERSONAS, ids=lambda t: t.nombre)
def test_desde_un_estado_que_no_toca_no_cambia_nada(t, dependencia):
    rol = next(r for r in roles.ROLES if t.permiso in r.permisos)
    quien = alguien(rol.clave, dependencia)
    for estado in set(EstadoInforme) - t.desde:
        informe = InformeDeAvanceFactory(dependencia=dependencia, estado=estado)
        eventos = Evento.objects.count()

        with pytest.raises(TransicionInvalida):
            revision.dar(t.nombre, informe, por=quien, motivo="Por algo.")
        assert InformeDeAvance.objects.get(pk=informe.pk).estado == estado
        assert Evento.objects.count() == eventos


@pytest.mark.parametrize("t", DE_PERSONAS, ids=lambda t: t.nombre)
@pytest.mark.parametrize("clave", QUIENES)
def test_el_servicio_solo_obedece_a_quien_tiene_la_facultad(t, clave, dependencia):
    """Sin exigencias ni lista cargadas: lo único que puede detenerlo es quién lo pide."""
    quien, desde = alguien(clave, dependencia), sorted(t.desde)[0]
    informe = InformeDeAvanceFactory(dependencia=dependencia, estado=desde)
    pedir = {"motivo": "Por algo."} if t.exige_motivo else {}

    if not se_espera(t, clave):
        with pytest.raises(SinPermiso):
            revision.dar(t.nombre, informe, por=quien, **pedir)
        assert InformeDeAvance.objects.get(pk=informe.pk).estado == desde
        return
    if t.exige_observaciones:
        with pytest.raises(ErrorDeNegocio, match="observar"):
            revision.dar(t.nombre, informe, por=quien, **pedir)
        return
    assert revision.dar(t.nombre, informe, por=quien, **pedir).estado == t.hacia


@pytest.mark.parametrize("acto", ["capturado_por", "enviado_por"])
def test_quien_lo_presento_no_lo_decide_aunque_tenga_la_facultad(acto, dependencia):
    revisora = alguien(roles.ValidacionSIBISO.clave, dependencia)
    informe = InformeDeAvanceFactory(enviado=True, dependencia=dependencia, **{acto: revisora})
    with pytest.raises(SinPermiso, match="otra persona"):
        revision.tomar(informe, por=revisora)


@pytest.mark.parametrize("t", [t for t in FLUJO_INFORME if t.exige_motivo], ids=lambda t: t.nombre)
@pytest.mark.parametrize("motivo", ["", "   ", "\n\t"])
def test_lo_que_exige_motivo_no_procede_sin_escribirlo(t, motivo, dependencia, titular):
    informe = InformeDeAvanceFactory(dependencia=dependencia)
    with pytest.raises(ErrorDeNegocio, match="escribir el motivo"):
        revision.dar(t.nombre, informe, por=titular, motivo=motivo)


def test_todo_paso_lo_puede_dar_alguna_funcion_y_nadie_presenta_y_decide():
    deciden = {t.permiso for t in FLUJO_INFORME if t.exige_otra_persona}
    presentan = {"avance.enviar", "avance.capturar"}
    for transicion in FLUJO_INFORME:
        assert any(transicion.permiso in rol.permisos for rol in roles.ROLES), transicion.nombre
    for rol in roles.ROLES:
        assert not (deciden & rol.permisos and presentan & rol.permisos), rol.clave


def test_a_todo_estado_se_llega_y_los_grupos_cuadran():
    assert {FLUJO_INFORME.inicial} | {t.hacia for t in FLUJO_INFORME} == set(EstadoInforme)
    assert EDITABLES < EN_CURSO
    assert not EN_CURSO & FUERON_APROBADOS
    assert {e for e in EstadoInforme if not FLUJO_INFORME.desde(e)} == {"sustituido", "retirado"}
