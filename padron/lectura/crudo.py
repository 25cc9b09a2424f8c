"""El CSV leído como tabla de DuckDB: `crudo(fila, c0 … cN)`, todo texto, en orden."""

from __future__ import annotations

from pathlib import Path

import duckdb

from padron.lectura.modelo import Lectura
from sibis.nucleo.errores import ArchivoIlegible

MEMORIA_DEL_JUEZ = "400MB"


def crear_crudo(con: duckdb.DuckDBPyConnection, lectura: Lectura) -> None:
    """Cada fila de datos una vez. Levanta ArchivoIlegible si ya no es lo que se leyó."""
    ancho = len(lectura.encabezado)
    fila = "fila" if lectura.numerado else "0::INTEGER AS fila"
    origen = leer_csv(
        lectura.csv,
        ancho=ancho,
        separador=lectura.csv_separador,
        saltar=0 if lectura.numerado else lectura.fila_encabezado,
        numerado=lectura.numerado,
    )
    columnas = ", ".join(f"c{i}" for i in range(ancho))
    try:
        con.execute(f"CREATE OR REPLACE TABLE crudo AS SELECT {fila}, {columnas} FROM {origen}")  # noqa: S608
    except duckdb.InvalidInputException as error:
        raise ArchivoIlegible(
            "Una fila del archivo es demasiado larga o no se puede separar en celdas. No se cargó nada."
        ) from error
    if not lectura.numerado:
        con.execute(f"UPDATE crudo SET fila = rowid + {lectura.primera_fila}")  # noqa: S608
    cuantas = _uno(con, "SELECT count(*) FROM crudo")
    if lectura.filas is not None and cuantas != lectura.filas:
        raise ArchivoIlegible(
            "El archivo cambió mientras se leía. Vuelve a subirlo. No se cargó nada."
        )


def leer_csv(ruta: Path, *, ancho: int, separador: str, saltar: int, numerado: bool = False) -> str:
    """La llamada a `read_csv` más estricta: todo texto, nada adivinado, nada perdonado."""
    columnas = {"fila": "INTEGER"} if numerado else {}
    columnas |= {f"c{i}": "VARCHAR" for i in range(ancho)}
    tipos = ", ".join(f"'{nombre}': '{tipo}'" for nombre, tipo in columnas.items())
    return (
        f"read_csv('{_entre_comillas(str(ruta))}', delim='{separador}', quote='\"', escape='\"', comment='', "
        f"header=false, skip={saltar}, columns={{{tipos}}}, auto_detect=false, strict_mode=true, "
        "null_padding=false, ignore_errors=false, compression='none', hive_partitioning=false)"
    )


def cuenta_parejo(ruta: Path, *, ancho: int, separador: str, saltar: int, filas: int) -> bool:
    """Si DuckDB halla ahí exactamente esas filas, todas de ese ancho. Es el juez de la vía rápida."""
    origen = leer_csv(ruta, ancho=ancho, separador=separador, saltar=saltar)
    with duckdb.connect(config={"memory_limit": MEMORIA_DEL_JUEZ}) as con:
        try:
            return bool(_uno(con, f"SELECT count(*) FROM {origen}") == filas)  # noqa: S608
        except duckdb.Error:
            return False


def _uno(con: duckdb.DuckDBPyConnection, consulta: str) -> int:
    renglon = con.execute(consulta).fetchone()
    return int(renglon[0]) if renglon else 0


def _entre_comillas(texto: str) -> str:
    return texto.replace("'", "''")
