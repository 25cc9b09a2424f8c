"""Quién ve qué: función × dependencia × con o sin asunto × participa o no, contra la misma tabla."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from sibis.cuentas import roles
from sibis.mensajes.consultas.bandeja import FiltrosDeBandeja, bandeja, contador
from sibis.mensajes.consultas.quienes import quienes_ven
from sibis.mensajes.models import Hilo
from tests.fabricas.cuentas import AdscripcionFactory, UsuarioFactory
from tests.fabricas.mensajes import AdjuntoFactory, HiloFactory, MensajeFactory, Mundo

pytestmark = pytest.mark.django_db

CASA = {"enlace", "titular"}
REVISAN = {"valida", "dictamina"}
# (con asunto, participantes) → quién lo ve. Quien no sale, no lo ve.
MATRIZ = [
    (True, [], CASA | REVISAN),
    (True, ["iztapalapa", "sebien"], CASA | REVISAN),
    (True, ["saf"], CASA | REVISAN | {"finanzas"}),
    (True, ["finanzas"], CASA | REVISAN | {"finanzas"}),
    (True, ["cuauhtemoc", "ajeno"], CASA | REVISAN),  # otra dependencia, ni aunque la anoten
    (True, ["evalua"], CASA | REVISAN),  # analista y auditoría están ahí y no escriben
    (False, [], set()),
    (False, ["iztapalapa", "sebien"], CASA | {"valida"}),
    (False, ["ajeno", "valida"], {"ajeno", "valida"}),
    (False, ["cuauhtemoc"], {"ajeno"}),
    (False, ["evalua"], {"dictamina"}),
    (False, ["analista", "auditoria", "tecnica"], set()),
]


def armar(mundo: Mundo, con_asunto: bool, participan: list[str]) -> Hilo:
    hilo = HiloFactory(
        expediente=mundo.expediente if con_asunto else None,
        entre=[getattr(mundo, p) for p in participan],
        creado_por=mundo.enlace,
    )
    MensajeFactory(
        hilo=hilo, autor=UsuarioFactory(), texto="palabra rarisima", dependencia=mundo.saf
    )
    return hilo


@pytest.mark.parametrize(("con_asunto", "participan", "lo_ven"), MATRIZ)
def test_lo_ve_quien_dice_la_tabla_y_nadie_mas(mundo, con_asunto, participan, lo_ven):
    hilo = armar(mundo, con_asunto, participan)

    ven = {n for n, u in mundo.personas.items() if Hilo.objects.visibles_para(u).exists()}
    assert ven == lo_ven
    # La misma regla dicha al revés, la de menciones y avisos, responde lo mismo.
    al_reves = {x.usuario.pk for x in quienes_ven(hilo)}
    assert al_reves == {mundo.personas[n].pk for n in lo_ven}


@pytest.mark.parametrize(("con_asunto", "participan", "lo_ven"), MATRIZ)
def test_lo_que_no_se_ve_no_sale_en_listas_busquedas_ni_cuentas(
    mundo, con_asunto, participan, lo_ven
):
    armar(mundo, con_asunto, participan)

    for nombre in set(mundo.personas) - lo_ven:
        usuario = mundo.personas[nombre]
        for filtros in (FiltrosDeBandeja(), FiltrosDeBandeja(q="rarisima")):
            suya = bandeja(usuario, filtros)
            assert (suya.total, suya.renglones, suya.organos, suya.sin_leer) == (0, (), (), 0)
        assert contador(usuario) is None or contador(usuario)[1] == 0
    for nombre in lo_ven:
        assert bandeja(mundo.personas[nombre], FiltrosDeBandeja(q="rarisima")).total == 1


def test_toda_direccion_de_un_hilo_ajeno_responde_404(mundo, en_el_panel):
    hilo = armar(mundo, True, ["iztapalapa", "sebien"])
    adjunto = AdjuntoFactory(mensaje=hilo.mensajes.get())
    cliente = en_el_panel(mundo.ajeno)

    assert cliente.get(hilo.get_absolute_url()).status_code == 404
    assert cliente.post(hilo.get_absolute_url(), {"texto": "hola"}).status_code == 404
    for nombre in ("leido", "cerrar", "reabrir", "exportar"):
        respuesta = cliente.post(reverse(f"mensajes:{nombre}", args=[hilo.pk]), {"hasta": 1})
        assert respuesta.status_code == 404, nombre
    assert cliente.post(reverse("mensajes:adjunto", args=[adjunto.pk])).status_code == 404
    nuevo = f"{reverse('mensajes:nuevo')}?expediente={mundo.expediente.pk}"
    assert cliente.get(nuevo).status_code == 404
    assert cliente.post(nuevo, {"texto": "hola"}).status_code == 404
    lista = cliente.get(reverse("admin:mensajes_hilo_changelist"))
    assert hilo.asunto not in lista.content.decode()
    hilo.refresh_from_db()
    assert (hilo.mensajes.count(), hilo.cerrado_en) == (1, None)


def test_quien_no_escribe_mensajes_no_tiene_bandeja(mundo, en_el_panel):
    cliente = en_el_panel(mundo.analista)

    assert cliente.get(reverse("mensajes:bandeja")).status_code == 403
    assert cliente.get(reverse("mensajes:nuevo")).status_code == 403


def test_se_mide_con_la_adscripcion_de_hoy(mundo):
    """Quien llega lo ve; quien se va deja de verlo, aunque haya escrito en él."""
    hilo = HiloFactory(expediente=mundo.expediente, creado_por=mundo.enlace, entre=[mundo.enlace])
    nueva = UsuarioFactory()
    manana = timezone.localdate() + datetime.timedelta(days=1)
    AdscripcionFactory(
        usuario=nueva, dependencia=mundo.iztapalapa, rol="enlace", vigente_desde=manana
    )
    assert hilo not in Hilo.objects.visibles_para(nueva)

    mundo.cambiar_de_casa(mundo.enlace, mundo.cuauhtemoc, roles.EnlaceDeDependencia)
    mundo.cambiar_de_casa(nueva, mundo.iztapalapa, roles.EnlaceDeDependencia)

    assert hilo not in Hilo.objects.visibles_para(mundo.enlace)
    assert hilo in Hilo.objects.visibles_para(nueva)


def test_una_cuenta_suspendida_no_ve_nada(mundo):
    HiloFactory(entre=[mundo.enlace])
    mundo.enlace.is_active = False

    assert not Hilo.objects.visibles_para(mundo.enlace).exists()
