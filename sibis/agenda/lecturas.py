"""Cuándo leyó un calendario su dirección. Leer no escribe en la base: se apunta aparte y se asienta."""

from __future__ import annotations

import datetime

from django.core.cache import cache
from django.utils import timezone

from sibis.agenda.models import LlaveDeAgenda

_DOS_DIAS = 2 * 24 * 60 * 60


def _casilla(pk: int) -> str:
    return f"agenda:leida:{pk}"


def apuntar(llave: LlaveDeAgenda) -> None:
    """Si la caché no está, se pierde la fecha de esta lectura y nada más."""
    cache.set(_casilla(llave.pk), timezone.now().isoformat(), _DOS_DIAS)


def asentar() -> int:
    vivas = {_casilla(ll.pk): ll for ll in LlaveDeAgenda.objects.vivas()}
    cambiadas = []
    for casilla, cuando in cache.get_many(vivas).items():
        leida = datetime.datetime.fromisoformat(cuando)
        if vivas[casilla].leida_en is None or vivas[casilla].leida_en < leida:
            vivas[casilla].leida_en = leida
            cambiadas.append(vivas[casilla])
    return LlaveDeAgenda.objects.bulk_update(cambiadas, ["leida_en"])
