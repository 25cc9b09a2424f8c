"""Dos trabajadores con el mismo dictamen, con transacciones de verdad: queda un archivo."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from sibis.archivos.models import Archivo
from sibis.revision.importacion.dictamen import producir_dictamen
from tests.fabricas.programas import ReglaFactory
from tests.fabricas.revision import DictamenFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_dos_trabajadores_a_la_vez_hacen_uno():
    dictamen, tope = DictamenFactory(), threading.Barrier(2, timeout=20)
    ReglaFactory(aprobada=True, expediente=dictamen.expediente)
    fallas: list[BaseException] = []

    def trabajar() -> None:
        try:
            tope.wait()
            producir_dictamen(dictamen.pk)
        except BaseException as error:  # lo revisa la prueba
            fallas.append(error)
        finally:
            connection.close()

    hilos = [threading.Thread(target=trabajar) for _ in range(2)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(timeout=60)

    dictamen.refresh_from_db()
    assert fallas == []
    assert Archivo.objects.get() == dictamen.archivo
