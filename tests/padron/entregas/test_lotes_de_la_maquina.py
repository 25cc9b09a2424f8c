"""Lo que hace la máquina con un lote: una sola vez, todo o nada, y sin estorbar a quien anota."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from padron import tasks
from padron.estados_de_entrega import EstadoLote
from padron.importacion import lotes_de_entregas as maquina
from padron.importacion.listas_de_entrega import claves_de
from padron.models import Entrega, LoteDeEntregas
from padron.servicios import lotes_de_entregas as lotes
from padron.servicios.entregas import Anotacion, anotar
from sibis.nucleo.errores import ErrorDeNegocio
from tests.fabricas.entregas import hace
from tests.padron.entregas.escenas import (
    cuentas_en_sql,
    cuentas_guardadas,
    escena,
    ultimas,
)

pytestmark = pytest.mark.django_db
Que = LoteDeEntregas.Que


def preparar(suya, que=Que.TODAS_MENOS, claves=(), **otros):
    datos = {"fecha": hace(2), "por": suya.enlace} | otros
    return lotes.preparar(suya.jornada, que=que, claves=list(claves), **datos)


def test_las_mismas_consultas_con_el_doble():
    def consultas(cuantos):
        suya = escena(cuantos)
        with CaptureQueriesContext(
            connection,
        ) as hechas:
            lotes.confirmar(preparar(suya, claves=["F-0001"]), por=suya.enlace)
        assert Entrega.objects.filter(jornada=suya.jornada).count() == cuantos
        return len(hechas)

    assert consultas(5) == consultas(10)


def test_el_doble_timbre_anota_una_vez_y_lo_callado_se_empuja(monkeypatch, settings):
    suya = escena()
    monkeypatch.setattr(lotes, "EN_EL_MOMENTO", 2)
    lote = lotes.confirmar(preparar(suya), por=suya.enlace)
    assert (lote.estado, Entrega.objects.count()) == ("en_cola", 0)
    LoteDeEntregas.objects.filter(pk=lote.pk).update(
        confirmado_en=lote.confirmado_en - 2 * maquina.CALLADO
    )
    assert maquina.callados() == [lote.pk]

    assert tasks.anotar_lote_de_entregas(lote.pk) is True
    assert tasks.anotar_lote_de_entregas(lote.pk) is False
    assert Entrega.objects.count() == 6
    assert maquina.callados() == []


def test_lo_que_la_base_no_admite_no_anota_nada_y_lo_dice(monkeypatch):
    suya = escena()
    monkeypatch.setattr(lotes, "EN_EL_MOMENTO", 2)
    lote = lotes.confirmar(preparar(suya), por=suya.enlace)
    type(suya.jornada).objects.filter(pk=suya.jornada.pk).update(monto=9000)  # ya no hay motivo

    assert maquina.aplicar(lote.pk) is False
    lote.refresh_from_db()
    assert lote.estado == EstadoLote.DESCARTADO
    assert "más de lo que dice el padrón" in lote.error
    assert not Entrega.objects.exists()
    assert cuentas_guardadas(suya.jornada) == cuentas_en_sql(suya.jornada)


@pytest.mark.parametrize(
    ("texto", "claves"),
    [
        ('F-1\n\n  f-2 ;otra\n"F-3",x', ["F-1", "F-2", "F-3"]),
        ("\r\n", []),
        ("a\tb\rc|d", ["A", "C"]),
    ],
)
def test_como_se_lee_una_lista(texto, claves):
    assert claves_de(texto) == claves


@pytest.mark.django_db(transaction=True)
def test_un_lote_y_una_persona_a_la_vez_cuadran():
    suya = escena(30)
    lote = preparar(suya)
    listos, fallas = threading.Barrier(2), []

    def en_hilo(acto):
        try:
            listos.wait()
            acto()
        except ErrorDeNegocio as error:
            fallas.append(error.mensaje)
        finally:
            connection.close()

    dicho = Anotacion("no-recogio", hace(1), visto=0)
    hilos = [
        threading.Thread(target=en_hilo, args=(acto,))
        for acto in (
            lambda: lotes.confirmar(lote, por=suya.enlace),
            lambda: anotar(suya.jornada, suya.registros[7], dicho=dicho, por=suya.enlace),
        )
    ]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()

    assert len(fallas) <= 1
    assert cuentas_guardadas(suya.jornada) == cuentas_en_sql(suya.jornada)
    assert len(ultimas(suya.jornada)) == 30
