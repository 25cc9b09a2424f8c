"""Una regla que recorrió todo su camino, del borrador a la Gaceta."""

import pytest

from programas.servicios import captura, publicacion
from sibis.cuentas import roles
from sibis.revision import tasks
from tests.fabricas import programas as f
from tests.fabricas.cuentas import DependenciaFactory, con_rol
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
def validadora(db):
    return con_rol(roles.ValidacionSIBISO, en=DependenciaFactory(clave="SEBIEN"))


@pytest.fixture
def recorrida(dependencia, enlace, titular, validadora):
    anterior = f.en_portal(completa=True, programa__dependencia=dependencia)
    regla = captura.nueva_version(anterior, por=enlace)

    def escribir() -> None:
        regla.resumen = "Da dinero cada mes para la escuela."
        regla.save(update_fields=["resumen", "actualizado_en"])

    captura.guardar(regla, edicion=regla.edicion, por=enlace, escribir=escribir)
    camino.hasta_revision(regla, titular=titular, validadora=validadora)
    camino.observar(regla, por=validadora)
    camino.contestar(regla, por=titular)
    camino.revision.atender(regla, por=titular)
    camino.resolver(regla, por=validadora)
    camino.revision.validar(regla, por=validadora)
    dictamina = camino.evaluadora()
    camino.revision.tomar_dictamen(regla, por=dictamina)
    camino.revision.aprobar(regla, por=dictamina)
    publicada = publicacion.publicar(regla, por=validadora, **camino.GACETA)
    tasks.hacer_los_que_faltan()
    return publicada
