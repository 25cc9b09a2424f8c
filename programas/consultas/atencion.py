"""Qué se atiende en un centro y cuándo: sus programas y las fechas que vienen."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from programas.consultas.calendario import Suceso, sucesos
from programas.models import FichaPublica, Sede
from sibis.territorio.models import Centro

FECHAS_A_LA_VISTA = 6


@dataclass(frozen=True, slots=True)
class ProgramaAtendido:
    nombre: str
    url: str


def proximas_fechas(centro: Centro, *, cuantas: int = FECHAS_A_LA_VISTA) -> tuple[Suceso, ...]:
    """Desde hoy, de los programas publicados que tienen sede ahí en ese ejercicio."""
    pares = _sedes(centro).values_list("programa_id", "ejercicio")
    return tuple(sucesos(pares, desde=timezone.localdate())[:cuantas])


def programas_atendidos(centro: Centro) -> tuple[ProgramaAtendido, ...]:
    """Sus nombres y páginas, nada más: es lo que cabe en el globo del mapa."""
    fichas = FichaPublica.objects.filter(
        programa__in=_sedes(centro).values("programa"), es_ultima=True
    )
    return tuple(
        ProgramaAtendido(nombre, reverse("programas:programa", args=[slug]))
        for nombre, slug in fichas.order_by("nombre_comparable").values_list(
            "regla__nombre", "programa__slug"
        )
    )


def _sedes(centro: Centro) -> QuerySet[Sede]:
    publicados = FichaPublica.objects.filter(es_ultima=True).values("programa")
    return Sede.objects.filter(centro=centro, programa__in=publicados)
