"""Quien mantiene catálogos, quien guarda documentos y quien decide vínculos, ya dentro del panel."""

import pytest
from django.conf import settings

from sibis.cuentas import roles
from tests.fabricas.cuentas import DependenciaFactory, con_rol, entrar


@pytest.fixture
def rectora(db):
    return DependenciaFactory(clave=settings.DEPENDENCIA_RECTORA)


@pytest.fixture
def validadora(client, rectora):
    return entrar(client, con_rol(roles.ValidacionSIBISO, en=rectora))


@pytest.fixture
def enlace(client, db):
    return entrar(client, con_rol(roles.EnlaceDeDependencia))


@pytest.fixture
def suya(enlace):
    return enlace.adscripciones.get().dependencia
