"""De una lista de folios o CURP a los registros que son. Lo escrito no se guarda: solo qué registros halló."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db import connection

from padron import esperadas
from padron.models import LoteDeEntregas

TOPE = 100_000
_CORTE = re.compile(r"[,;\t|]")
# De quien no es de la lista de ese día no se puede decir que no recogió: su día es otro.
_SOLO_ESPERADAS = frozenset({LoteDeEntregas.Que.TODAS_MENOS, LoteDeEntregas.Que.NO_RECOGIO_LISTA})
_HALLAR = """
    WITH lista AS (
        SELECT clave, min(n) AS n FROM unnest(%(claves)s::text[]) WITH ORDINALITY AS t (clave, n)
        GROUP BY clave
    ), hallados AS (
        SELECT l.n, r.id, r.carga_id FROM padron_registro r JOIN lista l ON l.clave = r.curp
        WHERE r.ejercicio = %(ejercicio)s AND r.carga_id = ANY (%(todas)s) AND {cuales}
        UNION
        SELECT l.n, r.id, r.carga_id FROM padron_registro r JOIN lista l ON l.clave = upper(r.folio)
        WHERE r.ejercicio = %(ejercicio)s AND r.carga_id = ANY (%(todas)s) AND {cuales}
    ), guardados AS (
        INSERT INTO padron_registrodelote (lote_id, registro_id, carga_id)
        SELECT DISTINCT %(lote)s::bigint, id, carga_id FROM hallados
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM guardados),
        (SELECT coalesce(array_agg(l.n ORDER BY l.n), ARRAY[]::bigint[]) FROM lista l
         WHERE NOT EXISTS (SELECT 1 FROM hallados h WHERE h.n = l.n))
"""


def claves_de(texto: str) -> list[str]:
    """La primera celda de cada renglón con algo, en mayúsculas y sin espacios de las orillas."""
    renglones = (_CORTE.split(renglon, maxsplit=1)[0] for renglon in texto.splitlines())
    limpias = (renglon.strip().strip('"').strip().upper() for renglon in renglones)
    return [clave for clave in limpias if clave]


def emparejar(lote: LoteDeEntregas, claves: Sequence[str]) -> None:
    """Guarda qué registros son y en qué lugar de la lista está lo que no se halló."""
    datos = esperadas.parametros(lote.jornada)
    todas = datos["cargas"] + (datos["antes"] if lote.devuelve else [])
    cuales = esperadas.DE_SUS_LETRAS if lote.que in _SOLO_ESPERADAS else "true"
    with connection.cursor() as cursor:
        cursor.execute(
            _HALLAR.replace("{cuales}", cuales),
            datos | {"claves": list(claves), "todas": todas, "lote": lote.pk},
        )
        _halladas, lote.sin_hallar = cursor.fetchone()
