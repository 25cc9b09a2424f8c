"""¿Está listo para atender? Cada dependencia técnica se prueba aparte y se dice cuál falla.

Se contesta con el nombre de la pieza y nunca con el error: el detalle va al registro, no a la red.
"""

import redis
import structlog
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

registro = structlog.get_logger(__name__)

BIEN = "bien"
FALLA = "falla"
PENDIENTES = "pendientes"
ESPERA_MAXIMA = 1  # segundos: una pieza colgada no debe colgar a quien pregunta


def base_de_datos() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        registro.error("salud_base_de_datos", clase=type(error).__name__)
        return FALLA
    return BIEN


def migraciones() -> str:
    """Pendientes si el código espera un esquema que la base todavía no tiene."""
    try:
        ejecutor = MigrationExecutor(connection)
    except DatabaseError as error:
        registro.error("salud_migraciones", clase=type(error).__name__)
        return FALLA
    plan = ejecutor.migration_plan(ejecutor.loader.graph.leaf_nodes())
    return PENDIENTES if plan else BIEN


def redis_responde() -> str:
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL,
            socket_connect_timeout=ESPERA_MAXIMA,
            socket_timeout=ESPERA_MAXIMA,
        ) as cliente:
            cliente.ping()
    except redis.RedisError as error:
        registro.error("salud_redis", clase=type(error).__name__)
        return FALLA
    return BIEN


def comprobar() -> dict[str, str]:
    base = base_de_datos()
    return {
        "base_de_datos": base,
        "redis": redis_responde(),
        "migraciones": migraciones() if base == BIEN else FALLA,
    }
