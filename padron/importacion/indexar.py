"""Paso 4: los índices de una carga grande, después de copiarla y por dos conexiones a la vez.

Las chicas no los necesitan: al aplicarse entran a una tabla que ya los tiene.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection, transaction
from psycopg import sql

from padron.estados import PasoDePasada
from padron.importacion import conexiones, pasadas, tabla
from padron.importacion.conexiones import Turno
from padron.models import Pasada

MEMORIA = "256MB"
# Desde cuántas filas conviene abrir dos conexiones.
EN_PARALELO = 100_000
# El índice más caro va solo; los otros dos, uno tras otro. Sus candados (SHARE) conviven.
REPARTO = (("id",), ("curp", "folio"))


def indexar(pasada: Pasada, turno: Turno) -> bool:
    if pasada.tabla and tabla.es_grande(pasada.total):
        if pasada.total < EN_PARALELO:
            _por_la_de_django(pasada.tabla)
        else:
            _por_varias(pasada.tabla)
    with transaction.atomic():
        _carga, pasada = pasadas.bloquear(pasada.pk)
        if not pasadas.en_marcha(pasada):
            return False
        pasadas.pasar(pasada, PasoDePasada.CERRAR, total=pasada.total)
    return True


def _hacer(de: str, cual: str, cursor: Any) -> None:
    """Va en una transacción. Si murió quien lo hacía, PostgreSQL puede seguir haciéndolo: se le espera."""
    cursor.execute(f"SET LOCAL maintenance_work_mem = '{MEMORIA}'")
    cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{de}.{cual}"])
    cursor.execute(
        sql.SQL(tabla.INDICES[cual])
        .format(indice=sql.Identifier(f"{de}_{cual}"), tabla=sql.Identifier(de))
        .as_string()
    )


def _por_la_de_django(de: str) -> None:
    for cual in tabla.INDICES:
        with transaction.atomic(), connection.cursor() as cursor:
            _hacer(de, cual, cursor)


def _por_varias(de: str) -> None:
    def hacer(cuales: tuple[str, ...]) -> None:
        with conexiones.conexion() as suya:
            for cual in cuales:
                with suya.transaction(), suya.cursor() as cursor:
                    _hacer(de, cual, cursor)

    with ThreadPoolExecutor(len(REPARTO)) as hilos:
        for hecho in [hilos.submit(hacer, cuales) for cuales in REPARTO]:
            hecho.result()
