"""Dos trabajadores, uno al que matan, y Redis que no está: nadie sin su aviso, nadie con dos."""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter

import pytest
from django.db import connection

from sibis.avisos import tasks
from sibis.avisos.models import Aviso, CorreoDeAviso
from sibis.correo.estados import EstadoEnvio as E
from tests.avisos.conftest import decir
from tests.correo.cartero import trabajador
from tests.fabricas.avisos import AvisoFactory
from tests.fabricas.cuentas import UsuarioFactory

pytestmark = pytest.mark.django_db(transaction=True)
CUANTOS = 24
REPARTIR = "from sibis.avisos import tasks; tasks.repartir()"


def sembrar() -> list[str]:
    """Como los deja quien avisa mientras ningún trabajador corre."""
    for n in range(CUANTOS):
        AvisoFactory(para__email=f"p{n:02}@ejemplo.mx", titulo=f"Aviso {n:02}")
    return [f"p{n:02}@ejemplo.mx" for n in range(CUANTOS)]


def a_la_vez(que, cuantos: int) -> None:
    def trabajar() -> None:
        que()
        connection.close()

    hilos = [threading.Thread(target=trabajar) for _ in range(cuantos)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()


def test_tres_trabajadores_a_la_vez_no_juntan_ni_llevan_lo_mismo(cartero):
    correos = sembrar()

    a_la_vez(tasks.repartir, 3)

    assert cartero.destinos == correos
    assert CorreoDeAviso.objects.filter(estado=E.ENVIADO).count() == CUANTOS


def test_dos_que_avisan_lo_mismo_a_la_vez_lo_dicen_una_vez(cartero):
    gente = UsuarioFactory.create_batch(10)
    dichos: list[int] = []

    a_la_vez(lambda: dichos.append(decir(*gente)), 4)

    assert sum(dichos) == 10
    assert sorted(Counter(cartero.destinos).values()) == [1] * 10


def test_muerto_entre_la_entrega_y_la_nota_repite_lo_mismo_con_el_mismo_message_id(cartero):
    """Aunque entre tanto llegue otro aviso: un buzón que descarta el repetido no pierde el nuevo."""
    ana = UsuarioFactory(email="ana@ejemplo.mx")
    AvisoFactory(para=ana, titulo="Primero")
    procesos = []
    cartero.al_aceptar = lambda: os.kill(procesos[0].pid, signal.SIGKILL)
    procesos.append(trabajador(cartero, REPARTIR))
    assert procesos[0].wait(timeout=60) == -signal.SIGKILL
    assert CorreoDeAviso.objects.get().estado == E.PENDIENTE

    cartero.al_aceptar = lambda: None
    AvisoFactory(para=ana, titulo="Segundo")
    tasks.repartir()

    uno, repetido = cartero.recibidos
    assert uno["Message-ID"] == repetido["Message-ID"]
    cuerpos = {m.get_body(("plain",)).get_content() for m in cartero.recibidos}
    assert len(cuerpos) == 1
    assert Aviso.objects.sin_repartir().get().titulo == "Segundo"


def test_si_matan_al_trabajador_a_media_tanda_el_siguiente_termina(cartero):
    correos = sembrar()
    procesos = []

    def matar_a_la_mitad() -> None:
        if len(cartero.recibidos) == CUANTOS // 2:
            os.kill(procesos[0].pid, signal.SIGKILL)

    cartero.al_aceptar = matar_a_la_mitad
    procesos.append(trabajador(cartero, REPARTIR))
    procesos[0].wait(timeout=60)
    assert CorreoDeAviso.objects.filter(estado=E.ENVIADO).count() == CUANTOS // 2 - 1

    assert trabajador(cartero, REPARTIR).wait(timeout=60) == 0

    veces = Counter(cartero.destinos)
    assert sorted(veces) == correos
    assert sum(veces.values()) - CUANTOS == 1  # el que iba en camino
    assert len({m["Message-ID"] for m in cartero.recibidos}) == CUANTOS


def test_sin_redis_quien_avisa_no_falla_y_el_reloj_lo_lleva_despues(cartero):
    """En otro proceso: el de las pruebas ya decidió que sus tareas corren en el acto."""
    UsuarioFactory(email="ana@ejemplo.mx")
    avisar = (
        "settings.CELERY_TASK_ALWAYS_EAGER = False;"
        "settings.CELERY_BROKER_URL = 'redis://127.0.0.1:1/0';"
        "from sibis.cuentas.models import Usuario;"
        "from tests.avisos.conftest import decir;"
        "assert decir(*Usuario.objects.all()) == 1"
    )

    assert trabajador(cartero, avisar).wait(timeout=60) == 0
    assert Aviso.objects.get().correo is None
    tasks.repartir()

    assert cartero.destinos == ["ana@ejemplo.mx"]
