"""Dos trabajadores a la vez, y uno al que matan a media tanda: nadie sin correo, nadie con dos."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter

import pytest
from django.db import connection

from ciudadania.models import Envio
from ciudadania.reparto import entrega
from sibis.correo.estados import EstadoEnvio as E
from tests.correo.cartero import trabajador
from tests.fabricas.ciudadania import EnvioFactory, SuscripcionFactory

pytestmark = pytest.mark.django_db(transaction=True)
CUANTOS = 24
REPARTIR = "from ciudadania.reparto import entrega; entrega.repartir()"


def sembrar() -> list[str]:
    correos = [f"p{n:02}@ejemplo.mx" for n in range(CUANTOS)]
    for correo in correos:
        EnvioFactory(suscripcion=SuscripcionFactory(correo=correo))
    return correos


def test_dos_trabajadores_a_la_vez_no_llevan_el_mismo(cartero):
    correos = sembrar()

    def trabajar():
        entrega.repartir()
        connection.close()

    hilos = [threading.Thread(target=trabajar) for _ in range(3)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()

    assert cartero.destinos == correos


def test_si_matan_al_trabajador_a_media_tanda_el_siguiente_termina(cartero):
    """kill -9 sin aviso; lo único que puede repetirse es lo que iba en camino en ese instante."""
    correos = sembrar()
    cartero.tarda = 0.05
    proceso = trabajador(cartero, REPARTIR)
    limite = time.monotonic() + 60
    while len(cartero.recibidos) < CUANTOS // 3 and time.monotonic() < limite:
        time.sleep(0.01)
    os.kill(proceso.pid, signal.SIGKILL)
    proceso.wait()
    antes = Envio.objects.filter(estado=E.ENVIADO).count()
    assert 0 < antes < CUANTOS, "se le mató a la mitad"

    cartero.tarda = 0
    assert trabajador(cartero, REPARTIR).wait(timeout=60) == 0

    assert Envio.objects.filter(estado=E.ENVIADO).count() == CUANTOS
    veces = Counter(cartero.destinos)
    assert sorted(veces) == correos
    # A lo más uno repetido, y con el mismo Message-ID: no lo cuenta nadie como dos.
    assert sum(veces.values()) - CUANTOS <= 1
    assert len({m["Message-ID"] for m in cartero.recibidos}) == CUANTOS
