"""Lo tecleado que nadie entrega se anuncia y después se borra; lo que ya es padrón no se guarda dos veces."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from padron import tasks
from padron.models import Captura, RenglonCapturado
from padron.servicios import capturas_entrega, cargas, decisiones
from sibis.avisos.models import Aviso
from sibis.bitacora.models import Evento
from tests.padron.carga.conftest import correr
from tests.padron.formulario.conftest import escribir


def hace(captura, dias: int) -> None:
    cuando = timezone.now() - datetime.timedelta(days=dias)
    Captura.objects.filter(pk=captura.pk).update(tocada_el=cuando)


def test_una_semana_antes_se_avisa_una_sola_vez(casa, captura):
    escribir(captura, 2, por=casa.colega)
    hace(captura, 24)
    tasks.olvidar_capturas()
    tasks.olvidar_capturas()
    assert set(Aviso.objects.values_list("para", flat=True)) == {casa.enlace.pk, casa.colega.pk}
    assert Aviso.objects.count() == 2
    assert Captura.objects.exists()


def test_al_mes_se_borra_con_sus_renglones_y_queda_escrito(casa, captura):
    escribir(captura, 2, por=casa.enlace)
    hace(captura, 31)
    assert tasks.olvidar_capturas() == 1
    assert not Captura.objects.exists()
    assert not RenglonCapturado.objects.exists()
    assert Evento.objects.get(tipo="captura.olvidada").detalle["renglones"] == 2


def test_la_que_alguien_toco_se_queda(casa, captura):
    hace(captura, 31)
    escribir(captura, 1, por=casa.enlace)
    assert tasks.olvidar_capturas() == 0
    assert Captura.objects.exists()


@pytest.mark.parametrize("cancelada", [True, False])
def test_entregada_se_olvida_solo_si_su_carga_no_tuvo_efecto(casa, captura, cancelada):
    escribir(captura, 1, por=casa.enlace)
    carga = capturas_entrega.entregar(captura, por=casa.enlace, en_cola=False)
    if cancelada:
        cargas.cancelar(carga, por=casa.enlace)
    hace(captura, 31)
    tasks.olvidar_capturas()
    assert Captura.objects.exists() is not cancelada


def test_lo_que_ya_es_padron_se_vacia_y_la_captura_queda(casa, captura):
    escribir(captura, 2, por=casa.enlace)
    carga = correr(capturas_entrega.entregar(captura, por=casa.enlace, en_cola=False))
    decisiones.aplicar(carga, por=casa.titular)
    assert tasks.olvidar_capturas() == 1
    assert not captura.renglones.exists()
    captura.refresh_from_db()
    assert captura.carga == carga
    assert tasks.olvidar_capturas() == 0
