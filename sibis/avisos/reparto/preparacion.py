"""De los avisos sueltos a un correo por persona.

Quien avisa solo guarda renglones de la bandeja; los correos se forman aquí, ya cerrados. Así un acto
del personal no espera candados de nadie, y un correo que se repite dice lo mismo que la primera vez.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

# Después del primero, los demás esperan y salen juntos. Lo urgente no espera.
PAUSA = datetime.timedelta(minutes=5)
HORA_DEL_RESUMEN = datetime.time(8)

# Uno a la vez: dos que juntan no le abren dos correos a la misma persona.
_TURNO = "SELECT pg_advisory_xact_lock(hashtext('sibis.avisos.juntar'))"
_JUNTAR = """
    WITH personas AS (
        SELECT a.para_id FROM avisos_aviso a WHERE {sueltos} GROUP BY a.para_id HAVING {ya_toca}
    ), nuevos AS (
        INSERT INTO avisos_correodeaviso
            (uid, para_id, clase, dia, estado, intentos, toca_en, falla, creado_en)
        SELECT gen_random_uuid(), para_id, '{clase}', %(hoy)s, 'pendiente', 0, %(ahora)s, '', %(ahora)s
        FROM personas ORDER BY para_id
        ON CONFLICT DO NOTHING
        RETURNING id, para_id
    )
    UPDATE avisos_aviso a SET correo_id = nuevos.id
    FROM nuevos WHERE a.para_id = nuevos.para_id AND {sueltos}
"""
# Con el servidor caído no se le forma una fila de correos: espera uno, y luego va todo junto.
_AL_MOMENTO = {
    "clase": "al_momento",
    "sueltos": "a.correo_id IS NULL AND a.por_correo = 'al_momento'",
    "ya_toca": """bool_or(a.urgente) OR NOT EXISTS (
        SELECT 1 FROM avisos_correodeaviso c WHERE c.para_id = a.para_id AND c.clase = 'al_momento'
            AND (c.estado = 'pendiente' OR c.creado_en > %(ahora)s - %(pausa)s))""",
}
# Lo que ya leyó no se le vuelve a contar; lo de después de la hora es del resumen de mañana.
_RESUMEN = {
    "clase": "resumen",
    "sueltos": """a.correo_id IS NULL AND a.por_correo = 'resumen_diario'
        AND a.leido_en IS NULL AND a.creado_en < %(corte)s""",
    "ya_toca": "true",
}


def juntar() -> int:
    """Los de quien recibe al momento. Devuelve cuántos avisos encontraron correo."""
    return _ejecutar(_AL_MOMENTO, timezone.now())


def resumir() -> int:
    """Los de quien recibe un resumen, si ya es hora; la base niega el segundo del día."""
    ahora = timezone.localtime()
    corte = _hora_del_resumen(ahora)
    return _ejecutar(_RESUMEN, ahora) if ahora >= corte else 0


def _hora_del_resumen(ahora: datetime.datetime) -> datetime.datetime:
    return datetime.datetime.combine(ahora.date(), HORA_DEL_RESUMEN, tzinfo=ahora.tzinfo)


@transaction.atomic
def _ejecutar(cuales: dict[str, str], ahora: datetime.datetime) -> int:
    local = timezone.localtime(ahora)
    datos: dict[str, Any] = {
        "ahora": ahora,
        "hoy": local.date(),
        "pausa": PAUSA,
        "corte": _hora_del_resumen(local),
    }
    with connection.cursor() as cursor:
        cursor.execute(_TURNO)
        cursor.execute(_JUNTAR.format(**cuales), datos)
        return int(cursor.rowcount)
