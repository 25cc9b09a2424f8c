"""Leer en Python cada texto distinto de una columna, una vez, y devolverlo a DuckDB como tabla."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb

from padron.validacion.consulta import Consulta
from padron.validacion.piezas import Columna, Contexto

LOTE = 20_000


def crear(
    con: duckdb.DuckDBPyConnection, consulta: Consulta, columna: Columna, trabajo: Path
) -> int:
    """La tabla `dic_<columna>`: texto, si es vacío, su patrón, sus salidas y sus bits. Dice cuántos hubo."""
    lugar = consulta.lugares[columna.identificador]
    distintos = f"SELECT DISTINCT c{lugar} AS crudo FROM crudo WHERE c{lugar} IS NOT NULL"
    nombre = f"dic_{columna.identificador}"
    con.execute(f"CREATE OR REPLACE TABLE {nombre}_textos AS {distintos}")
    contexto = Contexto(consulta.regla, _evidencia(con, consulta, columna, nombre))
    archivo = trabajo / f"{nombre}.csv"
    cuantos = _escribir(con, consulta, columna, contexto, archivo)
    tipos = {"crudo": "VARCHAR", "vacio": "BOOLEAN", "forma": "VARCHAR", **columna.salidas}
    tipos |= {f"m{i}": "UBIGINT" for i in range(consulta.palabras)}
    declarados = ", ".join(f"'{c}': '{t}'" for c, t in tipos.items())
    con.execute(
        f"CREATE OR REPLACE TABLE {nombre} AS SELECT * FROM read_csv(?, header=false, delim=',', quote='\"', "
        f"escape='\"', nullstr='\\N', auto_detect=false, strict_mode=true, columns={{{declarados}}})",
        [str(archivo)],
    )
    con.execute(f"DROP TABLE {nombre}_textos")
    archivo.unlink()
    return cuantos


def _evidencia(
    con: duckdb.DuckDBPyConnection, consulta: Consulta, columna: Columna, nombre: str
) -> object:
    """Lo que la columna entera deja ver: en qué orden van sus fechas, con qué signo sus miles."""
    if columna.preparar is None:
        return None
    conocidas = consulta.evidencias
    if columna.identificador not in conocidas:
        textos = _textos(con.cursor(), nombre)
        conocidas[columna.identificador] = columna.preparar(textos, consulta.regla)
    return conocidas[columna.identificador]


def _textos(con: duckdb.DuckDBPyConnection, nombre: str) -> Iterator[str]:
    """En orden: con los mismos textos, la misma evidencia."""
    con.execute(f"SELECT crudo FROM {nombre}_textos ORDER BY 1")
    while lote := con.fetchmany(LOTE):
        yield from (texto for (texto,) in lote)


def _escribir(
    con: duckdb.DuckDBPyConnection,
    consulta: Consulta,
    columna: Columna,
    contexto: Contexto,
    archivo: Path,
) -> int:
    leer, cuantos = columna.leer, 0
    assert leer is not None  # noqa: S101  (solo llegan columnas de diccionario)
    sin_nada = [0] * consulta.palabras
    with archivo.open("w", encoding="utf-8", newline="") as destino:
        for texto in _textos(con.cursor(), f"dic_{columna.identificador}"):
            cuantos += 1
            leido = leer(texto, contexto)
            vacio = not leido.codigos and all(v is None for v in leido.valores)
            bits = (
                consulta.bits(columna.identificador, leido.codigos) if leido.codigos else sin_nada
            )
            celdas = [
                texto,
                "true" if vacio else "false",
                columna.forma_de(texto),
                *leido.valores,
                *bits,
            ]
            destino.write(_renglon(celdas))
    return cuantos


def _renglon(celdas: list[str | int | None]) -> str:
    """Todo entre comillas salvo lo nulo: así un «\\N» escrito por alguien es texto y no un nulo."""
    return (
        ",".join("\\N" if c is None else '"' + str(c).replace('"', '""') + '"' for c in celdas)
        + "\n"
    )
