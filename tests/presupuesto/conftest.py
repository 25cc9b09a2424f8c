"""Lo que comparten las pruebas de presupuesto."""

from decimal import Decimal

import pytest
from django.conf import settings

from presupuesto.importacion import catalogos
from presupuesto.servicios import informes
from sibis.cuentas import roles
from sibis.revision import catalogos as catalogos_de_revision
from tests.fabricas import programas as f
from tests.fabricas.cuentas import DependenciaFactory, con_rol


@pytest.fixture
def beca():
    dependencia = DependenciaFactory(clave="SPRUEBA", nombre="Secretaría de Prueba")
    return f.en_portal(
        nombre="Mi Beca",
        programa__clave="mi-beca",
        programa__nombre="Mi Beca",
        programa__dependencia=dependencia,
        ejercicio=2025,
        presupuesto_aprobado=Decimal("90.00"),
        fuentes=[{"texto": "Gaceta 55", "url": "https://gaceta.ejemplo.mx/"}],
    ).programa


@pytest.fixture
def criterios():
    """Los rangos y las exigencias que trae el sistema, y la lista de cotejo."""
    for informe in (*catalogos.cargar(), *catalogos_de_revision.cargar()):
        assert not informe.rechazos, informe.lineas()


@pytest.fixture
def dependencia():
    return DependenciaFactory(clave="SPRUEBA", nombre="Secretaría de Prueba")


@pytest.fixture
def regla(dependencia):
    """De un año que ya terminó, con dos metas."""
    return f.en_portal(
        nombre="Mi Beca",
        programa__clave="mi-beca",
        programa__nombre="Mi Beca",
        programa__dependencia=dependencia,
        ejercicio=2025,
        completa=True,
        presupuesto_aprobado=Decimal("1000.00"),
        metas=[
            {"cantidad": 100, "unidad": "personas", "orden": 1},
            {"cantidad": 8, "unidad": "talleres", "orden": 2},
        ],
    )


@pytest.fixture
def enlace(dependencia):
    return con_rol(roles.EnlaceDeDependencia, en=dependencia)


@pytest.fixture
def titular(dependencia):
    return con_rol(roles.TitularQueFirma, en=dependencia)


@pytest.fixture
def revisora():
    return con_rol(
        roles.ValidacionSIBISO, en=DependenciaFactory(clave=settings.DEPENDENCIA_RECTORA)
    )


@pytest.fixture
def abierto(regla, enlace):
    """Su informe del cuarto trimestre, sin cifras."""
    return informes.abrir(regla.programa, ejercicio=2025, trimestre=4, por=enlace)
