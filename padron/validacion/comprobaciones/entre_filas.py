"""Lo que solo se ve mirando varias filas a la vez, o lo ya guardado. SQL sobre la tabla `limpio`.

Primero se buscan las claves que se repiten (una suma por grupos, barata); solo sobre ellas se decide.
"""

from __future__ import annotations

from dataclasses import dataclass

MUCHAS_PERSONAS = 10
VARIOS_NOMBRES = 3
_NOMBRE = "concat_ws(' ', strip_accents(upper(nombres)), strip_accents(upper(primer_apellido)), strip_accents(upper(segundo_apellido)))"
_QUIEN = f"coalesce(curp, {_NOMBRE})"


@dataclass(frozen=True, slots=True)
class ComprobacionDeFilas:
    """`sql` da las columnas fila y detalle."""

    columna: str
    codigo: str
    sql: str
    usa: tuple[str, ...]


def _segundas(columna: str, codigo: str, claves: str, usa: tuple[str, ...]) -> ComprobacionDeFilas:
    """De la segunda en adelante; el detalle dice en qué fila está la primera.

    Los grupos se hallan por su huella, que cabe en memoria; se confirman con los valores mismos.
    """
    primera = claves.split(", ")[0]
    return ComprobacionDeFilas(
        columna,
        codigo,
        f"""
        WITH repetidas AS (
            SELECT hash({claves}) AS h FROM limpio WHERE {primera} IS NOT NULL
            GROUP BY 1 HAVING count(*) > 1
        ), juntas AS (
            SELECT fila, min(fila) OVER (PARTITION BY {claves}) AS primera
            FROM limpio WHERE {primera} IS NOT NULL AND hash({claves}) IN (SELECT h FROM repetidas)
        )
        SELECT fila, CAST(primera AS VARCHAR) AS detalle FROM juntas WHERE fila <> primera
        """,
        usa,
    )


def _compartidas(columna: str, codigo: str, cuantas: int, distintas: str) -> ComprobacionDeFilas:
    """El mismo valor en `cuantas` o más personas distintas; el detalle dice en cuántas."""
    return ComprobacionDeFilas(
        columna,
        codigo,
        f"""
        WITH repetidas AS (
            SELECT {columna} AS v FROM limpio WHERE {columna} IS NOT NULL
            GROUP BY 1 HAVING count(*) >= {cuantas}
        ), de_varias AS (
            SELECT {columna} AS v, count(DISTINCT {distintas}) AS n
            FROM limpio WHERE {columna} IN (SELECT v FROM repetidas)
            GROUP BY 1 HAVING count(DISTINCT {distintas}) >= {cuantas}
        )
        SELECT l.fila, CAST(d.n AS VARCHAR) AS detalle FROM limpio l JOIN de_varias d ON l.{columna} = d.v
        """,
        (columna,),
    )


COMPROBACIONES = (
    _segundas("", "fila_repetida", "huella", ()),
    _segundas("curp", "persona_repetida", "curp, apoyo, ministracion, fecha_apoyo", ("curp",)),
    ComprobacionDeFilas(
        "folio",
        "folio_repetido",
        f"""
        WITH repetidos AS (
            SELECT folio FROM limpio WHERE folio IS NOT NULL GROUP BY 1 HAVING count(*) > 1
        ), de_varias AS (
            SELECT folio, min(fila) AS primera, arg_min({_QUIEN}, fila) AS quien
            FROM limpio WHERE folio IN (SELECT folio FROM repetidos)
            GROUP BY 1 HAVING count(DISTINCT {_QUIEN}) > 1
        )
        SELECT l.fila, CAST(d.primera AS VARCHAR) AS detalle
        FROM limpio l JOIN de_varias d USING (folio)
        WHERE l.fila <> d.primera AND {_QUIEN} IS DISTINCT FROM d.quien
        """,
        ("folio",),
    ),
    _compartidas("curp", "curp_de_varias", VARIOS_NOMBRES, _NOMBRE),
    _compartidas("telefono", "telefono_de_muchas", MUCHAS_PERSONAS, _QUIEN),
    _compartidas("clabe", "clabe_de_varias", 2, _QUIEN),
)

CON_LA_BASE = tuple(
    ComprobacionDeFilas(
        "curp",
        codigo,
        f"""
        SELECT l.fila, min(y.fuente) AS detalle FROM limpio l
        JOIN ya_inscritas y ON l.curp = y.clave WHERE y.aplicada = {aplicada} GROUP BY 1
        """,
        ("curp",),
    )
    for codigo, aplicada in (("ya_inscrita", "true"), ("en_otra_carga", "false"))
)
