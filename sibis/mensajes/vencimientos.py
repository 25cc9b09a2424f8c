"""Señalar los hilos que cumplieron su plazo de conservación. Solo los marca: decide una persona."""

from __future__ import annotations

import datetime

from django.db import transaction

from sibis.bitacora.registro import registrar
from sibis.mensajes.models import Disposicion, Hilo, ReglaDeConservacion
from sibis.mensajes.models.conservacion import SIN_ASUNTO
from sibis.mensajes.models.hilo import HiloQuerySet

POR_VUELTA = 1_000


def marcar(*, hoy: datetime.date) -> int:
    """Cuántos se marcaron. Repetirla no marca dos veces; lo que no cupo queda para la siguiente."""
    marcados = 0
    for regla in ReglaDeConservacion.objects.vigentes(hoy):
        for hilo in _cumplidos(regla, hoy)[: POR_VUELTA - marcados]:
            marcados += _marcar(hilo, regla)
    return marcados


def _cumplidos(regla: ReglaDeConservacion, hoy: datetime.date) -> HiloQuerySet:
    hilos = Hilo.objects.cerrados().filter(
        disposicion__isnull=True, cerrado_en__date__lte=hace_anios(hoy, regla.anios)
    )
    if regla.clase == SIN_ASUNTO:
        hilos = hilos.filter(expediente__isnull=True)
    else:
        hilos = hilos.filter(expediente__clase=regla.clase)
    return hilos.defer("vector").order_by("cerrado_en")


@transaction.atomic
def _marcar(hilo: Hilo, regla: ReglaDeConservacion) -> int:
    _disposicion, nueva = Disposicion.objects.get_or_create(hilo=hilo, defaults={"regla": regla})
    if nueva:
        registrar("hilo.plazo_cumplido", hilo, por=None, anios=regla.anios, regla=regla.pk)
    return int(nueva)


def hace_anios(dia: datetime.date, anios: int) -> datetime.date:
    """El mismo día de aquel año; el 29 de febrero, el 28."""
    try:
        return dia.replace(year=dia.year - anios)
    except ValueError:
        return dia.replace(year=dia.year - anios, day=28)
