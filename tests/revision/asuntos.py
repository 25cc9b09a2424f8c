"""Un asunto que llegó a un estado cierto día, para probar sus relojes."""

from __future__ import annotations

import datetime

from django.utils import timezone

from tests.fabricas import programas as f
from tests.fabricas.cuentas import DependenciaFactory
from tests.fabricas.expedientes import ExpedienteFactory
from tests.fabricas.revision import PasoFactory


def el(dia: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(dia, datetime.time(10)))


def hace(habiles: int) -> datetime.datetime:
    """Un momento desde el que ya pasaron esos días hábiles, sin inhábiles cargados."""
    dia, cuenta = timezone.localdate(), 0
    while cuenta < habiles:
        if dia.weekday() < 5:
            cuenta += 1
        dia -= datetime.timedelta(days=1)
    return el(dia)


def en_estado(estado: str, *, desde, dependencia=None, **paso):
    """Un expediente con su regla, que llegó a ese estado ese día."""
    dependencia = dependencia or DependenciaFactory()
    expediente = ExpedienteFactory(dependencia=dependencia, titulo=f"Regla en {estado}")
    regla = f.ReglaFactory(estado=estado, programa__dependencia=dependencia, expediente=expediente)
    PasoFactory(expediente=expediente, hacia=estado, dado_en=desde, **paso)
    return regla
