"""Días hábiles: cuántos hay, cuál es el enésimo. Los inhábiles se dan; sábado y domingo nunca cuentan."""

from __future__ import annotations

import datetime
from collections.abc import Collection

_UN_DIA = datetime.timedelta(days=1)
_SABADO = 5


def es_habil(dia: datetime.date, inhabiles: Collection[datetime.date]) -> bool:
    return dia.weekday() < _SABADO and dia not in inhabiles


def siguiente_habil(dia: datetime.date, inhabiles: Collection[datetime.date]) -> datetime.date:
    """El mismo día si es hábil; si no, el primero que lo sea después."""
    while not es_habil(dia, inhabiles):
        dia += _UN_DIA
    return dia


def sumar_habiles(
    desde: datetime.date, n: int, inhabiles: Collection[datetime.date]
) -> datetime.date:
    """El enésimo día hábil después de `desde`: el plazo empieza a contar al día siguiente.

    Con n = 0, el mismo día si es hábil o el siguiente que lo sea.
    """
    if n < 0:
        raise ValueError("Un plazo no cuenta hacia atrás.")
    if n == 0:
        return siguiente_habil(desde, inhabiles)
    dia = desde
    for _cuenta in range(n):
        dia = siguiente_habil(dia + _UN_DIA, inhabiles)
    return dia


def habiles_entre(
    desde: datetime.date, hasta: datetime.date, inhabiles: Collection[datetime.date]
) -> int:
    """Hábiles después de `desde` y hasta `hasta`, incluido; negativo si `hasta` es anterior."""
    if hasta < desde:
        return -habiles_entre(hasta, desde, inhabiles)
    entre_semana = _entre_semana(hasta) - _entre_semana(desde)
    return entre_semana - sum(1 for d in set(inhabiles) if desde < d <= hasta and es_habil(d, ()))


def _entre_semana(dia: datetime.date) -> int:
    """Cuántos días de lunes a viernes van desde el principio del calendario hasta ese, incluido."""
    semanas, sobran = divmod(dia.toordinal(), 7)  # el día 1 fue lunes
    return semanas * 5 + min(sobran, 5)
