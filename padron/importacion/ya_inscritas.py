"""Quién ya está en el padrón del mismo programa y periodo, en un archivo que el motor lee."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from django.db import connection
from psycopg import sql

from padron.estados import REVISADAS
from padron.importacion import tabla
from padron.models import Carga


def escribir(carga: Carga, destino: Path, *, curps: Collection[str] | None = None) -> Path | None:
    """CSV clave,fuente,aplicada; None si no hay con quién comparar. Con `curps`, solo de esas.

    Lo que la carga viene a sustituir no cuenta: sus personas son las mismas.
    """
    consultas = [*_aplicadas(carga), *_pendientes(carga)]
    if not consultas or curps == []:
        return None
    if curps is not None:
        solo = sql.SQL(" AND curp = ANY({})").format(sql.Literal(list(curps)))
        consultas = [consulta + solo for consulta in consultas]
    orden = sql.SQL("COPY ({}) TO STDOUT WITH (FORMAT csv, HEADER true)").format(
        sql.SQL(" UNION ALL ").join(consultas)
    )
    with destino.open("wb") as archivo, connection.cursor() as cursor, cursor.copy(orden) as copia:
        for trozo in copia:
            archivo.write(trozo)
    return destino


def otras_aplicadas(carga: Carga) -> list[tuple[int, str]]:
    """(llave, folio) de las que ya son padrón y esta no sustituye."""
    otras = Carga.objects.del_mismo_periodo(carga).aplicadas()
    if carga.sustituye_id is not None:
        otras = otras.exclude(pk=carga.sustituye_id)
    return list(otras.order_by("pk").values_list("pk", "folio"))


def _aplicadas(carga: Carga) -> list[sql.Composed]:
    return [
        _de(
            sql.SQL("padron_registro"),
            folio,
            "true",
            sql.SQL("AND ejercicio = {ejercicio} AND carga_id = {carga}").format(
                ejercicio=sql.Literal(carga.ejercicio), carga=sql.Literal(llave)
            ),
        )
        for llave, folio in otras_aplicadas(carga)
    ]


def _pendientes(carga: Carga) -> list[sql.Composed]:
    """Las revisadas que esperan confirmarse, cada una en su tabla suelta."""
    otras = (
        Carga.objects.del_mismo_periodo(carga)
        .filter(estado__in=REVISADAS)
        .exclude(pasada__tabla="")
        .order_by("pk")
        .values_list("folio", "pasada__tabla")
    )
    return [
        _de(sql.Identifier(suelta), folio, "false", sql.SQL(""))
        for folio, suelta in otras
        if suelta and tabla.existe(suelta)
    ]


def _de(
    origen: sql.Composable, folio: str, aplicada: str, condicion: sql.Composable
) -> sql.Composed:
    return sql.SQL(
        "SELECT curp AS clave, {folio} AS fuente, {aplicada} AS aplicada FROM {origen} "
        "WHERE curp IS NOT NULL {condicion}"
    ).format(
        folio=sql.Literal(folio),
        aplicada=sql.Literal(aplicada),
        origen=origen,
        condicion=condicion,
    )
