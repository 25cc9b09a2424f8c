"""La tabla suelta donde una pasada deja sus registros, y cómo se vuelve parte del padrón."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from psycopg import sql

from padron.models import Carga, Pasada
from padron.validacion.salida import COLUMNAS_DE_REGISTRO

COLUMNAS = sql.SQL(", ").join(map(sql.Identifier, COLUMNAS_DE_REGISTRO))
# Los índices del padrón, con los mismos nombres de columna: ATTACH los adopta sin rehacerlos.
INDICES = {
    "id": "CREATE UNIQUE INDEX IF NOT EXISTS {indice} ON {tabla} (id, carga_id, ejercicio)",
    "curp": "CREATE INDEX IF NOT EXISTS {indice} ON {tabla} (curp) WHERE curp IS NOT NULL",
    "folio": "CREATE INDEX IF NOT EXISTS {indice} ON {tabla} (programa_id, folio)",
}


def nombre(pasada: Pasada) -> str:
    return f"padron_registro_c{pasada.carga_id}_p{pasada.numero}"


def es_grande(filas: int) -> bool:
    """Desde cuántas filas una carga es su propia partición."""
    return filas >= settings.PADRON_PARTICION_DESDE


def crear(pasada: Pasada) -> str:
    """Vacía y solo para esa carga: el CHECK le ahorra a ATTACH leerla entera."""
    tabla, carga = nombre(pasada), pasada.carga
    quitar(tabla)
    _ejecutar(
        sql.SQL(
            "CREATE TABLE {tabla} (LIKE padron_registro INCLUDING CONSTRAINTS, CONSTRAINT {suya} "
            "CHECK (ejercicio = {ejercicio} AND carga_id = {carga}))"
        ).format(
            tabla=sql.Identifier(tabla),
            suya=sql.Identifier(f"{tabla}_suya"),
            ejercicio=sql.Literal(carga.ejercicio),
            carga=sql.Literal(carga.pk),
        )
    )
    return tabla


def quitar(tabla: str) -> None:
    """Si existe. Una que ya es partición no se quita: sus resguardos son los del padrón."""
    if tabla and existe(tabla) and not es_particion(tabla):
        _ejecutar(sql.SQL("DROP TABLE {}").format(sql.Identifier(tabla)))


def existe(tabla: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [tabla])
        return bool(cursor.fetchone()[0])


def es_particion(tabla: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relispartition FROM pg_class WHERE oid = to_regclass(%s)", [tabla])
        fila = cursor.fetchone()
        return bool(fila and fila[0])


def unir(carga: Carga, tabla: str, *, filas: int) -> None:
    """La vuelve padrón dentro de la transacción de quien llama: quien lee la ve entera o no la ve."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT padron_registro_del_ejercicio(%s)", [carga.ejercicio])
    identificador = sql.Identifier(tabla)
    if es_grande(filas):
        _ejecutar(
            sql.SQL("ALTER TABLE {anio} ATTACH PARTITION {tabla} FOR VALUES IN ({carga})").format(
                anio=sql.Identifier(f"padron_registro_{carga.ejercicio}"),
                tabla=identificador,
                carga=sql.Literal(carga.pk),
            )
        )
        with connection.cursor() as cursor:
            cursor.execute("SELECT padron_registro_cuidar(%s::regclass)", [tabla])
        _ejecutar(sql.SQL("ANALYZE {}").format(identificador))
        return
    _ejecutar(
        sql.SQL("INSERT INTO padron_registro ({c}) SELECT {c} FROM {t}").format(
            c=COLUMNAS, t=identificador
        )
    )
    _ejecutar(sql.SQL("DROP TABLE {}").format(identificador))


def cuantas(tabla: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(tabla)).as_string())
        return int(cursor.fetchone()[0])


def _ejecutar(orden: sql.Composed) -> None:
    """Como texto: dentro de una petición, quien anota la historia lee la orden antes que la base."""
    with connection.cursor() as cursor:
        cursor.execute(orden.as_string())
