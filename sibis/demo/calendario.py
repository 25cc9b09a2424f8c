"""Días y horas alrededor de hoy: nada se abre en domingo y todo cierra al final del día."""

from __future__ import annotations

import datetime

from django.utils import timezone

_SABADO = 5
_FERIADOS = {(1, 1), (5, 1), (9, 16), (12, 25)}
_A_LAS_NUEVE, _AL_TERMINAR_EL_DIA = datetime.time(9), datetime.time(23, 59, 59)


def habil(dia: datetime.date) -> datetime.date:
    """El mismo día o, si es fin de semana o feriado de fecha fija, el siguiente que se trabaja."""
    while dia.weekday() >= _SABADO or (dia.month, dia.day) in _FERIADOS:
        dia += datetime.timedelta(days=1)
    return dia


def en(hoy: datetime.date, dias: int) -> datetime.date:
    return hoy + datetime.timedelta(days=dias)


def en_otro_mes(hoy: datetime.date, meses: int, *, dia: int) -> datetime.date:
    """El día `dia` (1 a 28) del mes que está a esa distancia."""
    anios, mes = divmod(hoy.month - 1 + meses, 12)
    return datetime.date(hoy.year + anios, mes + 1, dia)


def al_abrir(dia: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(dia, _A_LAS_NUEVE))


def al_cerrar(dia: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(dia, _AL_TERMINAR_EL_DIA))
