"""De los hechos de hoy a un correo por dirección y una notificación por navegador, a lo más.

Se puede repetir cuanto se quiera: la base niega el aviso repetido y el segundo envío del día.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from django.db import connection, transaction
from django.db.models import Q

from ciudadania.consultas.alcance import Rasgos, casa, rasgos_de
from ciudadania.consultas.hechos import Hecho, hechos_del_dia
from ciudadania.models import Aviso, Suscripcion, SuscripcionPush

LOTE = 1_000
Seguidora = Suscripcion | SuscripcionPush


def preparar(*, hoy: datetime.date) -> int:
    """Anota los avisos que falten y los junta en envíos. Devuelve cuántos hechos había."""
    todos = hechos_del_dia(hoy)
    rasgos = rasgos_de(h.programa for h in todos)
    hechos = [h for h in todos if h.programa in rasgos]
    if hechos:
        _anotar("suscripcion", Suscripcion.objects.confirmadas(), hechos, rasgos)
        _anotar("navegador", SuscripcionPush.objects.all(), hechos, rasgos)
    juntar(hoy=hoy)
    return len(hechos)


def _anotar(
    campo: str, seguidoras: Iterable[Seguidora], hechos: list[Hecho], rasgos: dict[int, Rasgos]
) -> None:
    interesadas = seguidoras.filter(  # type: ignore[attr-defined]
        Q(programa__in={h.programa for h in hechos}) | Q(programa__isnull=True)
    )
    lote: list[Aviso] = []
    for seguidora in interesadas.iterator(chunk_size=LOTE):
        suyos = _que_le_tocan(seguidora, hechos, rasgos)
        lote.extend(_aviso(campo, seguidora, hecho) for hecho in suyos)
        if len(lote) >= LOTE:
            _guardar(lote)
            lote = []
    _guardar(lote)


def _que_le_tocan(
    seguidora: Seguidora, hechos: list[Hecho], rasgos: dict[int, Rasgos]
) -> Iterator[Hecho]:
    desde = getattr(seguidora, "confirmada_en", None) or seguidora.creada_en
    for hecho in hechos:
        if hecho.motivo not in seguidora.motivos or (hecho.desde and hecho.desde < desde):
            continue
        if seguidora.programa_id == hecho.programa or (
            seguidora.programa_id is None and casa(seguidora.perfil, rasgos[hecho.programa])
        ):
            yield hecho


def _aviso(campo: str, seguidora: Seguidora, hecho: Hecho) -> Aviso:
    return Aviso(
        motivo=hecho.motivo,
        hecho=hecho.clave,
        programa_id=hecho.programa,
        que=hecho.que[:200],
        dia=hecho.dia,
        hora=hecho.hora,
        lugar=hecho.lugar,
        demostracion=hecho.demostracion,
        **{campo: seguidora},
    )


def _guardar(lote: list[Aviso]) -> None:
    Aviso.objects.bulk_create(lote, ignore_conflicts=True)


# Un envío por destino y día. Lo que llegue cuando el de hoy ya salió espera al de mañana; lo que
# pasó de fecha sin salir ya no se cuenta.
_ABRIR = """
    INSERT INTO ciudadania_envio (uid, clase, {columna}_id, destino_indice, dia, secreto, estado,
        intentos, toca_en, falla, creado_en)
    SELECT DISTINCT ON (s.{indice}) gen_random_uuid(), 'avisos', s.id, s.{indice}, %(hoy)s::date, '',
        'pendiente', 0, now(), '', now()
    FROM ciudadania_aviso a JOIN {tabla} s ON s.id = a.{columna}_id
    WHERE a.envio_id IS NULL AND {viva} AND {vigente}
    ORDER BY s.{indice}, s.id
    ON CONFLICT DO NOTHING
"""
# Con candado sobre el envío: el que alguien ya está entregando no se toca.
_METER = """
    WITH abiertos AS (
        SELECT id, destino_indice FROM ciudadania_envio
        WHERE clase = 'avisos' AND dia = %(hoy)s::date AND estado = 'pendiente'
            AND {columna}_id IS NOT NULL
        FOR UPDATE SKIP LOCKED
    )
    UPDATE ciudadania_aviso a SET envio_id = abiertos.id
    FROM {tabla} s, abiertos
    WHERE a.envio_id IS NULL AND s.id = a.{columna}_id AND abiertos.destino_indice = s.{indice}
        AND {viva} AND {vigente}
"""
_VIGENTE = "(a.dia >= %(hoy)s::date OR a.motivo IN ('abre', 'regla'))"
_CANALES = (
    {
        "columna": "suscripcion",
        "tabla": "ciudadania_suscripcion",
        "indice": "correo_indice",
        "viva": "s.estado = 'confirmada'",
    },
    {
        "columna": "navegador",
        "tabla": "ciudadania_suscripcionpush",
        "indice": "destino_indice",
        "viva": "true",
    },
)


@transaction.atomic
def juntar(*, hoy: datetime.date) -> None:
    """Los avisos sueltos, en el envío de hoy de su destino."""
    with connection.cursor() as cursor:
        for canal in _CANALES:
            for orden in (_ABRIR, _METER):
                cursor.execute(orden.format(**canal, vigente=_VIGENTE), {"hoy": hoy})
