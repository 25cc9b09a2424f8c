"""El CSV leído como tabla de DuckDB: `crudo(fila, c0 … cN)`, todo texto, en orden."""

from __future__ import annotations

import errno
from pathlib import Path

import duckdb

from padron.lectura.modelo import Lectura
from sibis.nucleo.errores import ArchivoIlegible

MEMORIA_DEL_JUEZ = "400MB"


def crear_crudo(
    con: duckdb.DuckDBPyConnection, lectura: Lectura, *, editable: bool = False
) -> None:
    """Cada fila de datos una vez. Levanta ArchivoIlegible si ya no es lo que se leyó.

    Lo que el juez de la vía rápida guardó se usa sin volver a leer el archivo; con `editable`, en una tabla
    propia cuyas celdas se pueden cambiar.
    """
    if lectura.crudo is not None and lectura.crudo.exists():
        _de_lo_guardado(con, lectura, lectura.crudo, editable=editable)
    else:
        _del_csv(con, lectura)
    cuantas = _uno(con, "SELECT count(*) FROM crudo")
    if lectura.filas is not None and cuantas != lectura.filas:
        raise ArchivoIlegible(
            "El archivo cambió mientras se leía. Vuelve a subirlo. No se cargó nada."
        )


def _de_lo_guardado(
    con: duckdb.DuckDBPyConnection, lectura: Lectura, guardado: Path, *, editable: bool
) -> None:
    """Se guardó en el orden del archivo: el lugar en la tabla dice la fila."""
    con.execute(f"ATTACH '{_entre_comillas(str(guardado))}' AS leido (READ_ONLY)")
    que = "TABLE" if editable else "VIEW"
    con.execute(
        f"CREATE {que} crudo AS SELECT CAST(rowid + {lectura.primera_fila} AS INTEGER) AS fila, * "  # noqa: S608
        "FROM leido.crudo"
    )


def _del_csv(con: duckdb.DuckDBPyConnection, lectura: Lectura) -> None:
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


def guardar_parejo(
    ruta: Path, destino: Path, *, ancho: int, separador: str, saltar: int
) -> int | None:
    """Cuántas filas, todas de ese ancho, halla ahí DuckDB; None si alguna no lo es. Es el juez de la vía rápida.

    Lo que leyó para decirlo queda en `destino`: revisar no vuelve a leer el archivo.
    """
    origen = leer_csv(ruta, ancho=ancho, separador=separador, saltar=saltar)
    destino.unlink(missing_ok=True)
    with duckdb.connect(str(destino)) as con:
        con.execute(f"SET memory_limit = '{MEMORIA_DEL_JUEZ}'")
        con.execute("PRAGMA force_compression = 'uncompressed'")
        con.execute("SET temp_directory = ?", [str(destino.with_suffix(".derrame"))])
        try:
            con.execute(f"CREATE TABLE crudo AS SELECT * FROM {origen}")  # noqa: S608
            return _uno(con, "SELECT count(*) FROM crudo")
        except duckdb.Error as error:
            if "No space left" in str(error):
                raise OSError(errno.ENOSPC, "no hay espacio para lo que se va leyendo") from error
            return None


def _uno(con: duckdb.DuckDBPyConnection, consulta: str) -> int:
    renglon = con.execute(consulta).fetchone()
    return int(renglon[0]) if renglon else 0


def _entre_comillas(texto: str) -> str:
    return texto.replace("'", "''")
