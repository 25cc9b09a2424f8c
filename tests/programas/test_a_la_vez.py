"""Dos personas a la vez, con transacciones de verdad: gana una y la otra se entera."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable

import pytest
from django.db import connection

from programas.models import ReglaOperacion
from programas.servicios import captura, publicacion, revision
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.nucleo.errores import ErrorDeNegocio
from tests.fabricas import programas as f
from tests.fabricas.cuentas import DependenciaFactory, con_rol

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


def gana_uno(salidas: list[BaseException | None]) -> bool:
    """Uno pasó, y a los demás se les dijo con palabras."""
    perdieron = [s for s in salidas if s is not None]
    return len(salidas) - len(perdieron) == 1 and all(
        isinstance(s, ErrorDeNegocio) for s in perdieron
    )


def test_dos_personas_a_la_vez_sobre_la_misma_regla_gana_una():
    """Un solo montaje para los cuatro actos: vaciar la base entre pruebas es lo caro."""
    dependencia = DependenciaFactory(clave="FIBIEN")
    rectora = DependenciaFactory(clave="SEBIEN")
    enlaces = [con_rol(roles.EnlaceDeDependencia, en=dependencia) for _ in range(2)]
    titular = con_rol(roles.TitularQueFirma, en=dependencia)
    validadoras = [con_rol(roles.ValidacionSIBISO, en=rectora) for _ in range(2)]
    programa = f.ProgramaFactory(dependencia=dependencia)
    datos = {"ejercicio": 2025, "nombre": "Beca", "dependencia": dependencia}
    gaceta = {"gaceta_numero": "1", "gaceta_fecha": datetime.date(2025, 1, 31)}

    salidas = a_la_vez(*[lambda e=e: captura.iniciar(programa, **datos, por=e) for e in enlaces])
    assert gana_uno(salidas), salidas
    regla = ReglaOperacion.objects.get()

    salidas = a_la_vez(
        *[
            lambda e=e: captura.guardar(regla, edicion=0, por=e, escribir=lambda: None)
            for e in enlaces
        ]
    )
    assert gana_uno(salidas), salidas

    revision.enviar(regla, por=titular)
    salidas = a_la_vez(*[lambda v=v: revision.validar(regla, por=v) for v in validadoras])
    assert gana_uno(salidas), salidas

    salidas = a_la_vez(
        *[lambda v=v: publicacion.publicar(regla, por=v, **gaceta) for v in validadoras]
    )
    assert gana_uno(salidas), salidas

    regla.refresh_from_db()
    salidas = a_la_vez(*[lambda e=e: captura.nueva_version(regla, por=e) for e in enlaces])
    assert gana_uno(salidas), salidas

    tipos = list(Evento.objects.order_by("pk").values_list("tipo", flat=True))
    assert tipos == [
        "regla.iniciada",
        "regla.guardada",
        "regla.enviar",
        "regla.validar",
        "regla.publicar",
        "regla.version_abierta",
    ]
