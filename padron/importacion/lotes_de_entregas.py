"""Anotar un lote ya confirmado, una sola vez aunque se llame dos."""

from __future__ import annotations

import datetime

from django.db import DatabaseError, transaction
from django.utils import timezone

from padron.estados_de_entrega import FLUJO_LOTE, EstadoLote
from padron.importacion.entregas import anotar
from padron.models import JornadaDeEntrega, LoteDeEntregas
from sibis.bitacora.registro import registrar

CALLADO = datetime.timedelta(minutes=1)


def aplicar(lote_id: int) -> bool:
    """Todo o nada. Devuelve si lo anotó; si otro proceso lo tiene, o ya estaba, no hace nada."""
    try:
        with transaction.atomic():
            return _aplicar(lote_id)
    except DatabaseError as error:
        diagnostico = getattr(error.__cause__, "diag", None)
        if not (getattr(diagnostico, "sqlstate", None) or "").startswith("23"):
            raise  # la base se cayó o reinició: el reloj lo vuelve a intentar
        _dejar_dicho(lote_id, getattr(diagnostico, "message_primary", None) or "")
        return False


def _aplicar(lote_id: int) -> bool:
    lote = LoteDeEntregas.objects.select_for_update(skip_locked=True).filter(pk=lote_id).first()
    if lote is None or lote.estado != EstadoLote.EN_COLA:
        return False
    lote.jornada = (
        JornadaDeEntrega.objects.select_for_update(of=("self",))
        .select_related("instrumento", "dependencia", "programa")
        .get(pk=lote.jornada_id)
    )
    sumas = anotar(lote)
    lote.estado = FLUJO_LOTE.exigir("aplicar", estado=lote.estado).hacia
    lote.anotadas, lote.monto, lote.aplicado_en = sumas.total, sumas.monto, timezone.now()
    lote.save(update_fields=["estado", "anotadas", "monto", "aplicado_en"])
    registrar(
        "lotedeentregas.aplicado",
        lote,
        por=lote.confirmado_por,
        dependencia=lote.jornada.dependencia.clave,
        programa=lote.jornada.programa.clave,
        jornada=lote.jornada_id,
        que=lote.get_que_display(),
        anotadas=lote.anotadas,
    )
    return True


def _dejar_dicho(lote_id: int, razon: str) -> None:
    with transaction.atomic():
        lote = LoteDeEntregas.objects.select_for_update().get(pk=lote_id)
        if lote.estado == EstadoLote.EN_COLA:
            lote.estado = FLUJO_LOTE.exigir("fallar", estado=lote.estado).hacia
            lote.error = razon[:500]
            lote.save(update_fields=["estado", "error"])


def callados() -> list[int]:
    """Los que nadie anotó a tiempo: murió el trabajador, o se perdió su timbre."""
    return list(
        LoteDeEntregas.objects.filter(
            estado=EstadoLote.EN_COLA, confirmado_en__lt=timezone.now() - CALLADO
        ).values_list("pk", flat=True)
    )
