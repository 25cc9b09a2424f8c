"""Una regla en revisión, y quienes intervienen en ella, cada quien en su órgano."""

import pytest

from programas.materia import REGLA
from sibis.cuentas import roles
from sibis.revision.servicios.expediente import expediente_de
from tests.fabricas import programas as f
from tests.fabricas.cuentas import DependenciaFactory, con_rol, entrar
from tests.fabricas.revision import RemisionFactory
from tests.programas import camino


@pytest.fixture
def dependencia(db):
    return DependenciaFactory(clave="FIBIEN")


@pytest.fixture
def enlace(dependencia):
    return con_rol(roles.EnlaceDeDependencia, en=dependencia)


@pytest.fixture
def titular(dependencia):
    return con_rol(roles.TitularQueFirma, en=dependencia)


@pytest.fixture
def ajena(db):
    return con_rol(roles.EnlaceDeDependencia, en=DependenciaFactory(clave="INVI"))


@pytest.fixture
def rectora(db):
    return DependenciaFactory(clave="SEBIEN")


@pytest.fixture
def validadora(rectora):
    return con_rol(roles.ValidacionSIBISO, en=rectora)


@pytest.fixture
def evaluadora(db):
    return camino.evaluadora()


def con_carpeta(regla, *, remitida: bool = True):
    expediente = expediente_de(REGLA, regla)
    if remitida:
        RemisionFactory(
            expediente=expediente,
            contenido=REGLA.retrato(regla).como_json(),
            huella=REGLA.retrato(regla).huella,
        )
    return regla


@pytest.fixture
def regla(dependencia):
    """En revisión, completa y con su primera remisión."""
    return con_carpeta(
        f.ReglaFactory(completa=True, en_revision=True, programa__dependencia=dependencia)
    )


@pytest.fixture
def como(client):
    """`como(usuario)` da el cliente con su sesión abierta."""

    def _como(usuario):
        entrar(client, usuario)
        return client

    return _como


@pytest.fixture
def dictaminada(dependencia, titular, validadora, evaluadora):
    """Observada, corregida y con dictamen favorable; todavía sin su PDF."""
    regla = f.ReglaFactory(completa=True, programa__dependencia=dependencia)
    camino.hasta_revision(regla, titular=titular, validadora=validadora)
    camino.observar(regla, por=validadora, texto="Falta decir cuántos apoyos se dan.")
    camino.contestar(regla, por=titular)
    camino.revision.atender(regla, por=titular)
    camino.resolver(regla, por=validadora)
    camino.revision.validar(regla, por=validadora)
    camino.revision.tomar_dictamen(regla, por=evaluadora)
    return camino.revision.aprobar(
        regla, por=evaluadora, motivo="El problema público está bien descrito."
    )


@pytest.fixture
def dictamen(dictaminada):
    return dictaminada.expediente.dictamenes.get()
