"""Dos personas a la vez, con transacciones de verdad: gana una y la otra se entera."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable
from functools import partial

import pytest
from django.conf import settings
from django.db import connection

from programas.models import ReglaOperacion
from programas.servicios import captura, publicacion, revision
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.nucleo.errores import ErrorDeNegocio
from tests.fabricas import programas as f
from tests.fabricas.cuentas import DependenciaFactory, con_rol
from tests.programas import camino

pytestmark = pytest.mark.django_db(transaction=True)


def a_la_vez(*actos: Callable[[], object]) -> list[BaseException | None]:
    """Corre cada acto en su hilo y su conexión, todos al mismo tiempo. Devuelve qué levantó cada uno."""
    salida, tope = [None] * len(actos), threading.Barrier(len(actos), timeout=20)

    def correr(lugar: int) -> None:
        try:
            tope.wait()
            actos[lugar]()
        except BaseException as error:  # lo revisa la prueba
            salida[lugar] = error
        finally:
            connection.close()

    hilos = [threading.Thread(target=correr, args=(i,)) for i in range(len(actos))]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(timeout=30)
    return salida


def exigir_un_ganador(*actos: Callable[[], object]) -> None:
    """Uno pasó, y a los demás se les dijo con palabras."""
    salidas = a_la_vez(*actos)
    perdieron = [s for s in salidas if s is not None]
    assert len(salidas) - len(perdieron) == 1, salidas
    assert all(isinstance(s, ErrorDeNegocio) for s in perdieron), salidas


def test_dos_personas_a_la_vez_sobre_la_misma_regla_gana_una():
    """Un solo montaje para los cinco actos: vaciar la base entre pruebas es lo caro."""
    dependencia = DependenciaFactory(clave="FIBIEN")
    rectora = DependenciaFactory(clave=settings.DEPENDENCIA_RECTORA)
    enlaces = [con_rol(roles.EnlaceDeDependencia, en=dependencia) for _ in range(2)]
    titular = con_rol(roles.TitularQueFirma, en=dependencia)
    validadoras = [con_rol(roles.ValidacionSIBISO, en=rectora) for _ in range(2)]
    programa = f.ProgramaFactory(dependencia=dependencia)
    datos = {"ejercicio": 2025, "nombre": "Beca", "dependencia": dependencia}
    gaceta = {"gaceta_numero": "1", "gaceta_fecha": datetime.date(2025, 1, 31)}
    guardar = partial(captura.guardar, edicion=0, escribir=lambda: None)

    exigir_un_ganador(*[partial(captura.iniciar, programa, **datos, por=e) for e in enlaces])
    regla = ReglaOperacion.objects.get()
    exigir_un_ganador(*[partial(guardar, regla, por=e) for e in enlaces])
    revision.enviar(regla, por=titular)
    exigir_un_ganador(*[partial(revision.tomar, regla, por=v) for v in validadoras])
    exigir_un_ganador(*[partial(revision.validar, regla, por=v) for v in validadoras])
    evaluadoras = [camino.evaluadora() for _ in range(2)]
    exigir_un_ganador(*[partial(revision.tomar_dictamen, regla, por=e) for e in evaluadoras])
    exigir_un_ganador(*[partial(revision.aprobar, regla, por=e) for e in evaluadoras])
    exigir_un_ganador(*[partial(publicacion.publicar, regla, por=v, **gaceta) for v in validadoras])
    regla.refresh_from_db()
    exigir_un_ganador(*[partial(captura.nueva_version, regla, por=e) for e in enlaces])

    assert list(Evento.objects.order_by("pk").values_list("tipo", flat=True)) == [
        "regla.iniciada",
        "regla.guardada",
        "regla.enviar",
        "regla.tomar",
        "regla.validar",
        "regla.tomar-dictamen",
        "regla.aprobar",
        "archivo.guardado",  # el dictamen, firmado por la tarea
        "dictamen.firmado",
        "regla.publicar",
        "regla.version_abierta",
    ]
