"""Los hallazgos agrupados por lo que tienen en común: «3,214 filas: fecha escrita dd/mm/aa»."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from padron.validacion.codigos import CODIGOS
from padron.validacion.columnas import POR_IDENTIFICADOR
from padron.validacion.regla import Regla

MAXIMO = 200
FILAS_DE_EJEMPLO = 5


@dataclass(frozen=True, slots=True)
class Patron:
    """`ejemplos` son formas (siluetas de lo personal), nunca datos; `primeras`, números de fila."""

    codigo: str
    columna: str
    severidad: str
    filas: int
    ejemplos: tuple[str, ...]
    primeras: tuple[int, ...]
    mensaje: str
    sugerencia: str


def patrones(con: duckdb.DuckDBPyConnection, regla: Regla) -> list[Patron]:
    """Uno por código, columna y forma; de los que más filas tienen a los que menos."""
    con.execute(
        f"""
        SELECT * FROM (
            SELECT codigo, columna, severidad, forma, count(*) AS filas,
                   list_sort(min(fila, {FILAS_DE_EJEMPLO})) AS primeras
            FROM hallazgos GROUP BY codigo, columna, severidad, forma
        )
        ORDER BY (severidad = 'bloquea') DESC, (severidad = 'avisa') DESC, filas DESC, codigo, columna, forma
        LIMIT {MAXIMO}
        """
    )
    return [
        Patron(
            codigo,
            columna,
            severidad,
            filas,
            (forma,) if forma else (),
            tuple(primeras),
            mensaje_de(codigo, columna, regla),
            CODIGOS[codigo].sugerencia,
        )
        for codigo, columna, severidad, forma, filas, primeras in con.fetchall()
    ]


def titulo_de(columna: str) -> str:
    return POR_IDENTIFICADOR[columna].titulo if columna in POR_IDENTIFICADOR else columna


def mensaje_de(codigo: str, columna: str, regla: Regla, detalle: str = "") -> str:
    """La oración para una persona. Lo que no se sepa de la regla queda vacío, no revienta."""
    datos = {**regla.datos, "titulo": titulo_de(columna), "detalle": detalle or ""}
    return CODIGOS[codigo].mensaje.format_map(datos)
