from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection


@contextmanager
def _sin_disparadores(tabla: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {tabla} DISABLE TRIGGER USER")
        yield
        cursor.execute(f"ALTER TABLE {tabla} ENABLE TRIGGER USER")


@pytest.fixture
def a_mano(db):
    """Ejecuta SQL como quien tiene la base en sus manos y apagó los disparadores."""

    def ejecutar(sql: str, *parametros: object) -> None:
        tabla = "bitacora_eslabon" if "bitacora_eslabon" in sql else "bitacora_evento"
        with _sin_disparadores(tabla), connection.cursor() as cursor:
            cursor.execute(sql, parametros)

    return ejecutar
