"""Lo que comparten las pruebas de presupuesto."""

from decimal import Decimal

import pytest

from tests.fabricas import programas as f
from tests.fabricas.cuentas import DependenciaFactory


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
