"""Dónde se atiende un programa en un ejercicio."""

from __future__ import annotations

from django.db.models import Count, Window

from programas.models import Programa, Sede

SEDES_EN_PAGINA = 12


def sedes_de(programa: Programa, ejercicio: int) -> tuple[tuple[Sede, ...], int]:
    """Las que caben en la página y cuántas son."""
    columnas = ("es_demostracion", "centro__slug", "centro__nombre", "centro__alcaldia__nombre")
    lista = tuple(
        Sede.objects.filter(programa=programa, ejercicio=ejercicio)
        .annotate(de_cuantas=Window(Count("*")))
        .select_related("centro__alcaldia")
        .only(*columnas)
        .order_by("centro__nombre")[:SEDES_EN_PAGINA]
    )
    return lista, lista[0].de_cuantas if lista else 0
