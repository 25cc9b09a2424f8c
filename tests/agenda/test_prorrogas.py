"""Pedir y decidir una prórroga: la tabla entera, por cada función, y lo que la base no deja pasar."""

from __future__ import annotations

import datetime
import itertools

import pytest
from django.conf import settings as ajustes
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from sibis.agenda.estados import FLUJO_PRORROGA, EstadoProrroga
from sibis.agenda.models import Prorroga, Vencimiento
from sibis.agenda.servicios import constancia, prorrogas
from sibis.avisos.models import Aviso
from sibis.bitacora.models import Evento
from sibis.bitacora.presentadores import frase
from sibis.cuentas import roles
from sibis.cuentas.models import Dependencia, Usuario
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso, TransicionInvalida
from tests.fabricas.agenda import ProrrogaFactory, VencimientoFactory
from tests.fabricas.cuentas import DependenciaFactory, UsuarioFactory, con_rol

pytestmark = pytest.mark.django_db
P = EstadoProrroga
_ACTOS = {
    "conceder": prorrogas.conceder,
    "negar": lambda p, por: prorrogas.negar(p, por=por, razon="Hay tiempo."),
    "retirar": prorrogas.retirar,
}
# Con qué función se da cada paso sobre un plazo de una dependencia cualquiera.
_QUIEN = {
    "conceder": {roles.ValidacionSIBISO},
    "negar": {roles.ValidacionSIBISO},
    "retirar": {roles.TitularQueFirma},
}


@pytest.fixture
def rectora() -> Dependencia:
    return DependenciaFactory(clave=ajustes.DEPENDENCIA_RECTORA)


def hasta(v: Vencimiento, dias: int = 20) -> datetime.date:
    return v.plazo + datetime.timedelta(days=dias)


def con(rol: type[roles.Rol], v: Vencimiento, rectora: Dependencia) -> Usuario:
    """Quien ejerce esa función donde la ejercería: en lo suyo, o en su órgano."""
    if rol.alcance is roles.Alcance.DEPENDENCIA:
        return con_rol(rol, en=v.dependencia)
    return con_rol(rol, en=rectora if rol is roles.ValidacionSIBISO else None)


def en_estado(estado: str, v: Vencimiento) -> Prorroga:
    p = ProrrogaFactory(vencimiento=v)
    if estado in {P.CONCEDIDA, P.NEGADA}:
        Prorroga.objects.filter(pk=p.pk).update(
            estado=estado, razon="x", decidida_en=timezone.now(), decidida_por=UsuarioFactory()
        )
    elif estado == P.RETIRADA:
        Prorroga.objects.filter(pk=p.pk).update(estado=estado)
    p.refresh_from_db()
    return p


@pytest.mark.parametrize(
    ("estado", "transicion", "rol"),
    list(itertools.product(P, FLUJO_PRORROGA, roles.ROLES)),
    ids=lambda x: getattr(x, "nombre", x) if not isinstance(x, type) else x.clave,
)
def test_la_tabla_entera(estado, transicion, rol, rectora):
    v = VencimientoFactory()
    p, quien = en_estado(estado, v), con(rol, v, rectora)

    if estado not in transicion.desde:
        espera = TransicionInvalida
    elif rol not in _QUIEN[transicion.nombre]:
        espera = SinPermiso
    else:
        assert _ACTOS[transicion.nombre](p, por=quien).estado == transicion.hacia
        return
    with pytest.raises(espera):
        _ACTOS[transicion.nombre](p, por=quien)
    p.refresh_from_db()
    v.refresh_from_db()
    assert (p.estado, v.prorrogado_al) == (estado, None)


@pytest.mark.parametrize("rol", roles.ROLES, ids=lambda r: r.clave)
def test_solo_la_titular_de_la_dependencia_la_pide(rol, rectora):
    v = VencimientoFactory()
    quien = con(rol, v, rectora)

    if rol is roles.TitularQueFirma:
        assert prorrogas.pedir(v, hasta=hasta(v), motivo="Falta el comité.", por=quien).pk
    else:
        with pytest.raises(SinPermiso):
            prorrogas.pedir(v, hasta=hasta(v), motivo="Falta el comité.", por=quien)


def test_la_titular_de_otra_dependencia_no_la_pide_ni_la_retira(rectora):
    v, ajena = VencimientoFactory(), con_rol(roles.TitularQueFirma)

    with pytest.raises(SinPermiso):
        prorrogas.pedir(v, hasta=hasta(v), motivo="x", por=ajena)
    with pytest.raises(SinPermiso):
        prorrogas.retirar(ProrrogaFactory(vencimiento=v), por=ajena)


def test_pedida_y_concedida_corre_el_plazo_y_se_enteran(rectora):
    v = VencimientoFactory()
    titular, enlace = (
        con_rol(r, en=v.dependencia) for r in (roles.TitularQueFirma, roles.EnlaceDeDependencia)
    )
    valida, evalua = con_rol(roles.ValidacionSIBISO, en=rectora), con_rol(roles.DictamenEVALUA)

    p = prorrogas.pedir(v, hasta=hasta(v), motivo="Falta el comité.", por=titular)
    assert set(Aviso.objects.values_list("para", flat=True)) == {valida.pk}  # EVALÚA no decide esta
    v.refresh_from_db()
    assert v.prorrogado_al is None
    prorrogas.conceder(p, por=valida)

    v.refresh_from_db()
    assert v.prorrogado_al == p.hasta
    assert v.estado == "en_prorroga"
    assert set(
        Aviso.objects.filter(hecho__endswith="concedida").values_list("para", flat=True)
    ) == {
        titular.pk,
        enlace.pk,
    }
    assert evalua.pk not in Aviso.objects.values_list("para", flat=True)
    eventos = list(Evento.objects.filter(tipo__startswith="prorroga").order_by("pk"))
    assert [e.tipo for e in eventos] == ["prorroga.pedir", "prorroga.conceder"]
    assert all("—" not in frase(e) for e in eventos)


def test_negada_no_mueve_nada_y_se_puede_volver_a_pedir(rectora):
    v = VencimientoFactory()
    titular = con_rol(roles.TitularQueFirma, en=v.dependencia)
    valida = con_rol(roles.ValidacionSIBISO, en=rectora)
    p = prorrogas.pedir(v, hasta=hasta(v), motivo="x", por=titular)

    with pytest.raises(ErrorDeNegocio, match="razón"):
        prorrogas.negar(p, por=valida, razon="  ")
    with pytest.raises(ErrorDeNegocio, match="sin decidir"):
        prorrogas.pedir(v, hasta=hasta(v, 30), motivo="otra", por=titular)
    prorrogas.negar(p, por=valida, razon="Hay tiempo.")

    v.refresh_from_db()
    assert v.prorrogado_al is None
    assert prorrogas.pedir(v, hasta=hasta(v, 30), motivo="otra", por=titular).pk


def test_lo_de_la_rectora_lo_decide_evalua_y_nadie_mas(rectora):
    v = VencimientoFactory(dependencia=rectora)
    p = ProrrogaFactory(vencimiento=v)

    with pytest.raises(SinPermiso, match="propia dependencia"):
        prorrogas.conceder(p, por=con_rol(roles.ValidacionSIBISO, en=rectora))
    ajena = ProrrogaFactory()
    with pytest.raises(SinPermiso, match="coordina"):
        prorrogas.conceder(ajena, por=con_rol(roles.DictamenEVALUA))
    assert prorrogas.conceder(p, por=con_rol(roles.DictamenEVALUA)).estado == P.CONCEDIDA


@pytest.mark.parametrize(
    ("cambio", "motivo", "mensaje"),
    [
        (0, "x", "termina después"),
        (-3, "x", "termina después"),
        (400, "x", "un año"),
        (20, "   ", "motivo"),
        (20, "Lo pide GARC800101MDFRRL09", "CURP"),
    ],
)
def test_lo_que_no_procede_se_dice_y_no_cambia_nada(cambio, motivo, mensaje):
    v = VencimientoFactory()
    titular = con_rol(roles.TitularQueFirma, en=v.dependencia)

    with pytest.raises(ErrorDeNegocio, match=mensaje):
        prorrogas.pedir(v, hasta=hasta(v, cambio), motivo=motivo, por=titular)
    assert not Prorroga.objects.exists()
    assert not Evento.objects.exists()


def test_un_plazo_muy_vencido_se_prorroga_hacia_adelante():
    v = VencimientoFactory(vence_el=timezone.localdate() - datetime.timedelta(days=40))
    titular = con_rol(roles.TitularQueFirma, en=v.dependencia)

    with pytest.raises(ErrorDeNegocio, match="ya pasó"):
        prorrogas.pedir(v, hasta=hasta(v, 10), motivo="x", por=titular)
    assert prorrogas.pedir(v, hasta=hasta(v, 50), motivo="x", por=titular).pk


def test_lo_cumplido_y_lo_sin_efecto_no_se_prorrogan(rectora):
    for v in (
        VencimientoFactory(cumplido=True),
        VencimientoFactory(sin_efecto_el=timezone.localdate()),
    ):
        titular = con_rol(roles.TitularQueFirma, en=v.dependencia)
        with pytest.raises(ErrorDeNegocio):
            prorrogas.pedir(v, hasta=hasta(v), motivo="x", por=titular)
        with pytest.raises(ErrorDeNegocio):
            prorrogas.conceder(
                ProrrogaFactory(vencimiento=v), por=con_rol(roles.ValidacionSIBISO, en=rectora)
            )


@pytest.mark.parametrize(
    ("crear", "restriccion"),
    [
        (lambda v, u: ProrrogaFactory(vencimiento=v), "prorroga_una_abierta"),
        (lambda v, u: ProrrogaFactory(motivo=""), "prorroga_con_motivo_y_razon"),
        (lambda v, u: ProrrogaFactory(negada=True, razon=""), "prorroga_con_motivo_y_razon"),
        (
            lambda v, u: ProrrogaFactory(negada=True, pedida_por=u, decidida_por=u),
            "prorroga_no_decide_quien_pide",
        ),
        (
            lambda v, u: ProrrogaFactory(negada=True, decidida_en=None),
            "prorroga_decidida_en_y_por_juntos",
        ),
        (lambda v, u: ProrrogaFactory(estado="concedida"), "prorroga_decidida_en_y_por_juntos"),
        (lambda v, u: ProrrogaFactory(pedida_en=None), "prorroga_pedida_en_y_por_juntos|null"),
    ],
)
def test_la_base_rechaza_lo_que_no_puede_ser(crear, restriccion):
    v, u = ProrrogaFactory().vencimiento, UsuarioFactory()
    with pytest.raises(IntegrityError, match=restriccion), transaction.atomic():
        crear(v, u)


def test_ni_con_sql_se_salta_la_tabla_ni_se_borra():
    p = ProrrogaFactory(negada=True)

    with pytest.raises(DatabaseError), transaction.atomic():
        Prorroga.objects.filter(pk=p.pk).update(estado=P.CONCEDIDA)
    with pytest.raises(DatabaseError), transaction.atomic():
        Prorroga.objects.filter(pk=p.pk).delete()


# Anotar a mano


def test_quien_valida_anota_lo_que_el_sistema_no_puede_saber_y_se_puede_deshacer(rectora):
    v = VencimientoFactory(vence_el=timezone.localdate() - datetime.timedelta(days=9))
    valida = con_rol(roles.ValidacionSIBISO, en=rectora)

    constancia.anotar(v, el=v.vence_el, que="Gaceta 1,234", por=valida)
    v.refresh_from_db()
    assert (v.estado, v.anotado_por) == ("cumplido", valida)
    with pytest.raises(ErrorDeNegocio, match="ya está cumplido"):
        constancia.anotar(v, el=v.vence_el, que="otra", por=valida)
    constancia.desanotar(v, motivo="Era de otro programa.", por=valida)

    v.refresh_from_db()
    assert (v.estado, v.cumplido_que, v.anotado_por) == ("vencido", "", None)
    assert all("—" not in frase(e) for e in Evento.objects.all())


@pytest.mark.parametrize("rol", roles.ROLES, ids=lambda r: r.clave)
def test_nadie_anota_lo_de_su_dependencia_ni_sin_facultad(rol, rectora):
    v = VencimientoFactory()
    quien = con(rol, v, rectora)
    if rol is roles.ValidacionSIBISO:
        v = VencimientoFactory(dependencia=rectora)

    with pytest.raises(SinPermiso):
        constancia.anotar(v, el=timezone.localdate(), que="x", por=quien)


def test_lo_que_el_sistema_comprueba_no_se_anota_a_mano(rectora):
    valida = con_rol(roles.ValidacionSIBISO, en=rectora)
    v = VencimientoFactory(obligacion__cumple="regla_publicada")
    hoy = timezone.localdate()

    with pytest.raises(ErrorDeNegocio, match="se cumple solo"):
        constancia.anotar(v, el=hoy, que="x", por=valida)
    with pytest.raises(ErrorDeNegocio, match="todavía no llega"):
        constancia.anotar(
            VencimientoFactory(), el=hoy + datetime.timedelta(days=1), que="x", por=valida
        )
    with pytest.raises(ErrorDeNegocio, match="Nadie ha anotado"):
        constancia.desanotar(v, motivo="x", por=valida)
