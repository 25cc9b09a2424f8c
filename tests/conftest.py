"""Lo que vale para todas las pruebas."""

from collections.abc import Iterator

import pgtrigger
import pytest
from django.test import TransactionTestCase


@pytest.fixture(autouse=True, scope="session")
def _la_limpieza_entre_pruebas_puede_vaciar_la_bitacora() -> Iterator[None]:
    """Las pruebas con transacciones de verdad terminan con TRUNCATE, que la bitácora niega."""
    limpiar = TransactionTestCase._fixture_teardown

    def limpiar_sin_disparadores(caso: TransactionTestCase) -> None:
        with pgtrigger.ignore("bitacora.Evento:no_se_vacia", "bitacora.Eslabon:no_se_vacia"):
            limpiar(caso)

    TransactionTestCase._fixture_teardown = limpiar_sin_disparadores  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = limpiar  # type: ignore[method-assign]
