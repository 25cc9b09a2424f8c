"""La Ciudad de verdad (las 16 alcaldías que se distribuyen) para las pruebas que ubican puntos."""

from pathlib import Path

import pytest

from sibis.territorio.importacion.limites import cargar_alcaldias

DATOS = Path(__file__).parents[1] / "datos" / "territorio"


@pytest.fixture
def ciudad(db):
    cargar_alcaldias()


@pytest.fixture
def datos():
    return DATOS
