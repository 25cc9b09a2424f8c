"""Quienes intervienen en una regla: cada quien en su órgano."""

import pytest

from sibis.cuentas import roles
from tests.fabricas.cuentas import DependenciaFactory, con_rol


@pytest.fixture
def dependencia(db):
    return DependenciaFactory(clave="FIBIEN")


@pytest.fixture
def rectora(db):
    return DependenciaFactory(clave="SEBIEN")


@pytest.fixture
def enlace(dependencia):
    return con_rol(roles.EnlaceDeDependencia, en=dependencia)


@pytest.fixture
def titular(dependencia):
    return con_rol(roles.TitularQueFirma, en=dependencia)


@pytest.fixture
def validadora(rectora):
    return con_rol(roles.ValidacionSIBISO, en=rectora)
