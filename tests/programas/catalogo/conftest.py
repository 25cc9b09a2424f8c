"""El catálogo que se distribuye, cargado una vez para todas las pruebas de esta carpeta.

Con dos procesos, bin/lib/reparto.py manda la carpeta entera a uno: si no, cada uno lo cargaría.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.conftest import mientras_dure

AQUI = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if AQUI in item.path.parents:
            item.add_marker(pytest.mark.django_db)


def cargar() -> tuple[int, str]:
    """Código de salida y lo que se lee en la terminal."""
    salida = StringIO()
    with pytest.raises(SystemExit) as fin:
        call_command("cargar_catalogos", stdout=salida)
    return fin.value.code, salida.getvalue()


@pytest.fixture(scope="package", autouse=True)
def carga(django_db_setup: None, django_db_blocker: object) -> Iterator[tuple[int, str]]:
    with mientras_dure(django_db_blocker):
        yield cargar()
