"""Que el mapa se entere de lo que se guardó. El aviso ya está en la base; aquí solo se toca el timbre."""

from __future__ import annotations

import structlog
from django.db import transaction
from kombu.exceptions import OperationalError

from sibis.territorio import proyeccion, tasks

registro = structlog.get_logger(__name__)


def actualizar_mapa() -> None:
    """Pide que se cuente otra vez cuando lo guardado quede firme; no hace esperar a quien guarda."""
    transaction.on_commit(_tocar)


def rehacer_mapa() -> int:
    """Cuenta otra vez en este momento: al terminar una carga, quien la corrió ya ve el mapa nuevo."""
    return proyeccion.rehacer_celdas()


def _tocar() -> None:
    try:
        tasks.actualizar_celdas.delay()
    except OperationalError:
        registro.warning("timbre_sin_redis", trabajo="celdas del mapa")
