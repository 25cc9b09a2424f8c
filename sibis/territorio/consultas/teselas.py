"""Teselas en formato MVT, armadas por PostGIS en una consulta cada una."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection, transaction
from django.utils import timezone

from sibis.territorio.models import VersionDeCapa
from sibis.territorio.models.teselas import SRID_DE_TESELAS
from sibis.territorio.teselas import ULTIMO_ZOOM_CONTADO, Tesela

COLONIAS_DESDE = 12
# Más puntos que estos en una tesela no se pueden mostrar uno por uno: van sin nombre, que es lo que
# más pesa, y el mapa los junta. Más de cerca caben menos, y ya lo llevan.
CON_NOMBRE_HASTA = 400

_CAJA = f"ST_MakeEnvelope(%(oeste)s, %(sur)s, %(este)s, %(norte)s, {SRID_DE_TESELAS})"
_MVT = "SELECT ST_AsMVT(t, '{capa}', 4096, 'geom') FROM ({renglones}) t"

_CELDAS = _MVT.format(
    capa="centros",
    renglones=f"""
        SELECT ST_AsMVTGeom(lugar, {_CAJA}, 4096, 0, false) AS geom,
               total AS total_centros, slug, nombre, tipos
        FROM territorio_celdadecentros
        WHERE z = %(z)s AND x BETWEEN %(x0)s AND %(x1)s AND y BETWEEN %(y0)s AND %(y1)s
    """,  # noqa: S608
)
# Cada centro cae en una sola tesela: la orilla este y la sur son de la vecina. `OFFSET 0` separa esa
# comparación, que el planeador cree que deja un solo renglón, de la unión con los tipos.
_PUNTOS = _MVT.format(
    capa="centros",
    renglones=f"""
        SELECT ST_AsMVTGeom(ST_Transform(punto, {SRID_DE_TESELAS}), {_CAJA}, 4096, 0, false) AS geom, tipo,
               CASE WHEN cuantos <= {CON_NOMBRE_HASTA} THEN slug END AS slug,
               CASE WHEN cuantos <= {CON_NOMBRE_HASTA} THEN nombre END AS nombre
        FROM (
            SELECT c.punto, c.slug, c.nombre, t.clave AS tipo, count(*) OVER () AS cuantos
            FROM territorio_centro c
            JOIN territorio_tipodecentro t ON t.id = c.tipo_id
            WHERE c.punto && ST_MakeEnvelope(%(lon0)s, %(lat0)s, %(lon1)s, %(lat1)s, 4326)
              AND (c.vigente_desde IS NULL OR c.vigente_desde <= %(hoy)s)
              AND (c.vigente_hasta IS NULL OR c.vigente_hasta >= %(hoy)s)
            OFFSET 0
        ) cercanos
        WHERE ST_X(punto) >= %(lon0)s AND ST_X(punto) < %(lon1)s
          AND ST_Y(punto) > %(lat0)s AND ST_Y(punto) <= %(lat1)s
    """,  # noqa: S608
)
_LIMITES = """
    SELECT ST_AsMVTGeom(ST_Transform(geometria, {srid}), {caja}, 4096, 64) AS geom, clave, nombre
    FROM {tabla}
    WHERE geometria && ST_Transform({caja}, 4326) AND {condicion}
"""
_ALCALDIAS = _MVT.format(
    capa="alcaldias",
    renglones=_LIMITES.format(
        srid=SRID_DE_TESELAS, caja=_CAJA, tabla="territorio_alcaldia", condicion="true"
    ),
)
_COLONIAS = _MVT.format(
    capa="colonias",
    renglones=_LIMITES.format(
        srid=SRID_DE_TESELAS,
        caja=_CAJA,
        tabla="territorio_colonia",
        condicion="(vigente_desde IS NULL OR vigente_desde <= %(hoy)s) "
        "AND (vigente_hasta IS NULL OR vigente_hasta >= %(hoy)s)",
    ),
)


def _de_centros(tesela: Tesela) -> str:
    return _CELDAS if tesela.z <= ULTIMO_ZOOM_CONTADO else _PUNTOS


def _de_colonias(tesela: Tesela) -> str:
    """Ninguna desde lejos: mil ochocientos polígonos en una pantalla son una mancha."""
    return _COLONIAS if tesela.z >= COLONIAS_DESDE else ""


CAPAS: dict[str, Callable[[Tesela], str]] = {
    "centros": _de_centros,
    "alcaldias": lambda tesela: _ALCALDIAS,
    "colonias": _de_colonias,
}


def sql_de(capa: str, tesela: Tesela) -> tuple[str, dict[str, object]]:
    """La consulta de esa tesela y sus parámetros; vacía si ahí la capa no dice nada."""
    oeste, sur, este, norte = tesela.caja
    z, x0, x1, y0, y1 = tesela.celdas
    lugar = {"oeste": oeste, "sur": sur, "este": este, "norte": norte}
    grados = dict(zip(("lon0", "lat0", "lon1", "lat1"), tesela.caja_en_grados, strict=True))
    celdas = {"z": z, "x0": x0, "x1": x1, "y0": y0, "y1": y1}
    return CAPAS[capa](tesela), {**lugar, **grados, **celdas, "hoy": timezone.localdate()}


def tesela_mvt(capa: str, tesela: Tesela) -> bytes:
    """Los bytes de la tesela; vacía es una tesela válida sin nada.

    Sin trabajadores en paralelo ni código compilado: prepararlos cuesta diez veces la consulta.
    """
    sql, parametros = sql_de(capa, tesela)
    if not sql:
        return b""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('max_parallel_workers_per_gather', '0', true), "
            "set_config('jit', 'off', true)"
        )
        cursor.execute(sql, parametros)
        return bytes(cursor.fetchone()[0] or b"")


def huella_de_capa(capa: str) -> str:
    """Cambia cuando cambia lo que se dibuja, y cada día: los centros abren y cierran por fecha."""
    cambio = VersionDeCapa.objects.filter(capa=capa).values_list("cambio", flat=True).first()
    version = int(cambio.timestamp() * 1_000_000) if cambio else 0
    return f"{capa}-{version:x}-{timezone.localdate():%Y%m%d}"
