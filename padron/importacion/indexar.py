"""Paso 4: los índices de una carga grande, después de copiarla y por dos conexiones a la vez.

Las chicas no los necesitan: al aplicarse entran a una tabla que ya los tiene.
"""

from __future__ import annotations

import threading

from django.db import connection, transaction
from psycopg import sql

from padron.estados import PasoDePasada
from padron.importacion import conexiones, pasadas, tabla
from padron.importacion.conexiones import Turno
from padron.models import Pasada

MEMORIA = "256MB"
# El índice más caro va solo; los otros dos, uno tras otro. Sus candados (SHARE) conviven.
REPARTO = (("id",), ("curp", "folio"))


def indexar(pasada: Pasada, turno: Turno) -> bool:
    if pasada.tabla and tabla.es_grande(pasada.total):
        _todos(pasada.tabla)
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(pasada.tabla)))
    with transaction.atomic():
        _carga, pasada = pasadas.bloquear(pasada.pk)
        if not pasadas.en_marcha(pasada):
            return False
        pasadas.pasar(pasada, PasoDePasada.CERRAR, total=pasada.total)
    return True


def _todos(de: str) -> None:
    fallas: list[BaseException] = []

    def hacer(cuales: tuple[str, ...]) -> None:
        try:
            with conexiones.conexion() as suya:
                for cual in cuales:
                    with suya.transaction():
                        suya.execute(f"SET LOCAL maintenance_work_mem = '{MEMORIA}'")
                        # Si murió quien lo hacía, PostgreSQL puede seguir haciéndolo: se le espera.
                        suya.execute(
                            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
                            [f"{de}.{cual}"],
                        )
                        suya.execute(
                            sql.SQL(tabla.INDICES[cual]).format(
                                indice=sql.Identifier(f"{de}_{cual}"), tabla=sql.Identifier(de)
                            )
                        )
        except BaseException as falla:
            fallas.append(falla)

    hilos = [threading.Thread(target=hacer, args=(cuales,)) for cuales in REPARTO]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    if fallas:
        raise fallas[0]
