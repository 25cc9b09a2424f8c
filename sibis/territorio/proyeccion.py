"""Las celdas del mapa, contadas desde los centros que abren hoy.

Se rehacen enteras en una transacción: quien mira ve las de antes o las nuevas, nunca media ciudad.
"""

from __future__ import annotations

from django.db import connection, transaction
from django.utils import timezone

from sibis.territorio.models import CambioDeCentros, CeldaDeCentros, VersionDeCapa
from sibis.territorio.models.teselas import SRID_DE_TESELAS
from sibis.territorio.teselas import (
    CELDAS_POR_LADO,
    MITAD_DEL_MUNDO,
    PRIMER_ZOOM_CONTADO,
    ULTIMO_ZOOM_CONTADO,
    ancho_de_tesela,
)

CAPA = "centros"
_UNA_A_LA_VEZ = 7_305_201  # candado de la transacción: dos timbres no cuentan lo mismo dos veces

# Las celdas más finas, de los puntos; las demás, sumando de cuatro en cuatro: cuadran por fuerza.
_FINAS = f"""
    SELECT floor((ST_X(p) + %(mitad)s) / %(lado)s)::int AS x,
           floor((%(mitad)s - ST_Y(p)) / %(lado)s)::int AS y,
           tipo, count(*) AS n, sum(ST_X(p)) AS sx, sum(ST_Y(p)) AS sy,
           min(slug) AS slug, min(nombre) AS nombre
    FROM (
        SELECT ST_Transform(c.punto, {SRID_DE_TESELAS}) AS p, t.clave AS tipo, c.slug, c.nombre
        FROM territorio_centro c JOIN territorio_tipodecentro t ON t.id = c.tipo_id
        WHERE (c.vigente_desde IS NULL OR c.vigente_desde <= %(hoy)s)
          AND (c.vigente_hasta IS NULL OR c.vigente_hasta >= %(hoy)s)
    ) puntos
    GROUP BY 1, 2, 3
"""  # noqa: S608
_GRUESAS = """
    SELECT x >> 1 AS x, y >> 1 AS y, tipos.key AS tipo, sum(tipos.value::int) AS n,
           sum(ST_X(lugar) * tipos.value::int) AS sx, sum(ST_Y(lugar) * tipos.value::int) AS sy,
           min(slug) AS slug, min(nombre) AS nombre
    FROM territorio_celdadecentros, jsonb_each_text(tipos) AS tipos
    WHERE z = %(z)s + 1
    GROUP BY 1, 2, 3
"""
# En el orden en que se leen: las de una tesela quedan juntas en el disco.
_INSERTAR = f"""
    INSERT INTO territorio_celdadecentros (z, x, y, lugar, total, tipos, slug, nombre)
    SELECT %(z)s, x, y,
           ST_SetSRID(ST_MakePoint(sum(sx) / sum(n), sum(sy) / sum(n)), {SRID_DE_TESELAS}),
           sum(n), jsonb_object_agg(tipo, n),
           CASE WHEN sum(n) = 1 THEN min(slug) END, CASE WHEN sum(n) = 1 THEN min(nombre) END
    FROM ({{celdas}}) por_tipo
    GROUP BY x, y ORDER BY x / {CELDAS_POR_LADO}, y / {CELDAS_POR_LADO}
"""  # noqa: S608


@transaction.atomic
def rehacer_celdas() -> int:
    """Cuenta otra vez y fecha la capa. Devuelve cuántas celdas quedaron."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_UNA_A_LA_VEZ])
        # Antes de leer los centros: lo que se guarde mientras tanto deja un aviso que no se pierde.
        CambioDeCentros.objects.all().delete()
        CeldaDeCentros.objects.all().delete()
        for z in range(ULTIMO_ZOOM_CONTADO, PRIMER_ZOOM_CONTADO - 1, -1):
            cursor.execute(
                _INSERTAR.format(celdas=_FINAS if z == ULTIMO_ZOOM_CONTADO else _GRUESAS),
                {
                    "z": z,
                    "mitad": MITAD_DEL_MUNDO,
                    "lado": ancho_de_tesela(z) / CELDAS_POR_LADO,
                    "hoy": timezone.localdate(),
                },
            )
        cursor.execute("ANALYZE territorio_celdadecentros")
    VersionDeCapa.objects.update_or_create(capa=CAPA, defaults={"cambio": timezone.now()})
    return CeldaDeCentros.objects.count()


def hace_falta() -> bool:
    """Algo cambió desde la última cuenta, o cambió el día: hay centros que abren o cierran por fecha."""
    ultima = VersionDeCapa.objects.filter(capa=CAPA).values_list("cambio", flat=True).first()
    return (
        ultima is None
        or timezone.localdate(ultima) < timezone.localdate()
        or CambioDeCentros.objects.exists()
    )
