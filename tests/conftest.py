"""Lo que vale para todas las pruebas: sin red, sin memoria de la anterior, y leer no escribe."""

from __future__ import annotations

import os
import re
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import hypothesis
import pgtrigger
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client, TransactionTestCase

from programas.consultas import interpretacion

# Los mismos ejemplos en cada corrida: una falla se repite; para buscar más, --hypothesis-seed.
hypothesis.settings.register_profile(
    "sibis", deadline=None, max_examples=40, derandomize=True, database=None
)
hypothesis.settings.load_profile("sibis")

_LECTURA = re.compile(r"[\s(]*(SELECT|WITH|SHOW|SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO)\b", re.I)
_ESCRITURA = re.compile(
    r"\b(INSERT INTO|UPDATE\s+\S+\s+SET|DELETE FROM|TRUNCATE|FOR UPDATE)\b", re.I
)


@pytest.fixture(autouse=True, scope="session")
def _la_limpieza_entre_pruebas_puede_vaciar_la_bitacora() -> Iterator[None]:
    """Las pruebas con transacciones de verdad terminan con TRUNCATE, que varias tablas niegan."""
    limpiar = TransactionTestCase._fixture_teardown

    def limpiar_sin_disparadores(caso: TransactionTestCase) -> None:
        with pgtrigger.ignore():
            limpiar(caso)

    TransactionTestCase._fixture_teardown = limpiar_sin_disparadores  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = limpiar  # type: ignore[method-assign]


@pytest.fixture(autouse=True, scope="session")
def _traducciones_al_dia() -> None:
    """Los .mo no van a git. Se escriben aparte y se mueven: otro proceso puede estar leyéndolos."""
    for po in (settings.RAIZ / "locale").rglob("*.po"):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            nuevo = mo.with_suffix(f".mo.{os.getpid()}")
            subprocess.run(["msgfmt", "--check-format", "-o", nuevo, po], check=True)
            nuevo.replace(mo)


@pytest.fixture(autouse=True, scope="session")
def _sin_red() -> Iterator[None]:
    """Ninguna prueba sale de esta máquina."""
    conectar = socket.socket.connect

    def conectar_aqui(enchufe: socket.socket, direccion: Any) -> None:
        if enchufe.family != socket.AF_UNIX and direccion[0] not in {
            "127.0.0.1",
            "::1",
            "localhost",
        }:
            raise OSError(f"Las pruebas no usan la red: se pidió {direccion[0]}.")
        conectar(enchufe, direccion)

    socket.socket.connect = conectar_aqui  # type: ignore[method-assign,assignment]
    yield
    socket.socket.connect = conectar  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _sin_memoria(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cada prueba vuelve a la versión 1 del vocabulario: el léxico del proceso sería de otra."""
    cache.clear()
    monkeypatch.setattr(interpretacion, "_LEXICO", None)


@contextmanager
def mientras_dure(bloqueo: Any) -> Iterator[None]:
    """Para datos que comparten las pruebas de un módulo: viven en una transacción que se deshace.

    Cada prueba trabaja en un punto de guardado dentro de ella, así que ninguna ve lo de otra.
    """
    with bloqueo.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def negar_escrituras(ejecutar: Any, sql: str, parametros: Any, muchos: bool, contexto: Any) -> Any:
    """Para `connection.execute_wrapper`: falla con lo que no sea leer."""
    texto = str(sql)
    lee = _LECTURA.match(texto) is not None and _ESCRITURA.search(texto) is None
    assert lee, f"Un GET escribió: {texto[:200]}"
    return ejecutar(sql, parametros, muchos, contexto)


class Visitante(Client):
    """Una persona sin cuenta. Sus GET y HEAD fallan si tocan la base para algo más que leer."""

    def request(self, **peticion: Any) -> Any:
        if peticion.get("REQUEST_METHOD", "GET") not in {"GET", "HEAD"}:
            return super().request(**peticion)
        with connection.execute_wrapper(negar_escrituras):
            return super().request(**peticion)


@pytest.fixture
def visitante(db: None) -> Visitante:
    return Visitante()
