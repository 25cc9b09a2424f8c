"""Timbres de los lotes. El estado está en la base: si un timbre se pierde, el reloj vuelve a tocar."""

from __future__ import annotations

import structlog
from celery import shared_task
from kombu.exceptions import OperationalError

from sibis.panel import avance_de_lotes

registro = structlog.get_logger(__name__)


@shared_task(name="sibis.panel.tasks.avanzar_lote")
def avanzar_lote(lote_id: int) -> bool:
    """Un paso corto; si queda, se vuelve a llamar. Se puede repetir y correr a la vez."""
    queda = avance_de_lotes.avanzar(lote_id)
    if queda:
        tocar_timbre(lote_id)
    return queda


@shared_task(name="sibis.panel.tasks.empujar_lotes")
def empujar_lotes() -> int:
    """Los que se quedaron callados: murió el trabajador, o se perdió su timbre."""
    callados = avance_de_lotes.detenidos()
    for lote_id in callados:
        tocar_timbre(lote_id)
    return len(callados)


@shared_task(name="sibis.panel.tasks.olvidar_lotes")
def olvidar_lotes() -> int:
    return avance_de_lotes.olvidar_sin_confirmar()


def tocar_timbre(lote_id: int) -> None:
    """Si no hay quien lo oiga, nadie espera: en un minuto lo empuja el reloj."""
    try:
        avanzar_lote.delay(lote_id)
    except OperationalError as error:
        registro.warning("sin_cola", tarea="avanzar_lote", causa=type(error).__name__)
