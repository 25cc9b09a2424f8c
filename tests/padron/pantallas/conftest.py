"""Una dependencia que entrega, otra que no debe enterarse, y quien trabaja en cada una."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from sibis.cuentas import roles
from tests.conftest import negar_escrituras
from tests.fabricas.cuentas import DependenciaFactory, con_rol, entrar
from tests.fabricas.programas import ReglaFactory


def _negar(ejecutar: Any, sql: Any, parametros: Any, muchos: bool, contexto: Any) -> Any:
    """La sesión se renueva sola en cada visita: es lo único que un GET escribe."""
    if "django_session" in str(sql):
        return ejecutar(sql, parametros, muchos, contexto)
    return negar_escrituras(ejecutar, sql, parametros, muchos, contexto)


class DelPanel(Client):
    """Sus GET fallan si tocan la base para algo más que leer."""

    vigilado = False

    def request(self, **peticion: Any) -> Any:
        if not self.vigilado or peticion.get("REQUEST_METHOD", "GET") not in {"GET", "HEAD"}:
            return super().request(**peticion)
        with connection.execute_wrapper(_negar):
            return super().request(**peticion)


@pytest.fixture(autouse=True)
def _carpeta(settings, tmp_path):
    settings.PADRON_TRABAJO = tmp_path / "padron"


@pytest.fixture
def dependencia():
    return DependenciaFactory(clave="SPRUEBA", nombre="Secretaría de Prueba")


@pytest.fixture
def regla(dependencia):
    return ReglaFactory(
        publicada=True,
        nombre="Mi Beca",
        programa__clave="mi-beca",
        programa__nombre="Mi Beca",
        programa__dependencia=dependencia,
        ejercicio=2025,
    )


@pytest.fixture
def regla_ajena():
    return ReglaFactory(publicada=True, programa__nombre="Lo ajeno", ejercicio=2025)


@pytest.fixture
def enlace(dependencia):
    return con_rol(roles.EnlaceDeDependencia, en=dependencia)


@pytest.fixture
def titular(dependencia):
    return con_rol(roles.TitularQueFirma, en=dependencia)


@pytest.fixture
def ajena():
    return con_rol(roles.EnlaceDeDependencia, en=DependenciaFactory(clave="OTRA"))


@pytest.fixture
def como() -> Callable[[Any], Client]:
    def abrir(usuario: Any) -> Client:
        cliente = DelPanel()
        entrar(cliente, usuario)
        cliente.vigilado = True
        return cliente

    return abrir
