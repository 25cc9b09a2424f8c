"""Hacer el PDF de un dictamen, firmarlo y guardarlo por su huella."""

from __future__ import annotations

from sibis.revision.models import Dictamen


def dictamenes_pendientes() -> list[int]:
    """Los emitidos que aún no tienen su documento, los más viejos primero."""
    return list(
        Dictamen.objects.filter(archivo__isnull=True)
        .order_by("pk")
        .values_list("pk", flat=True)[:20]
    )


def producir_dictamen(dictamen: int) -> None:
    """Lo hace si no lo tiene. Se puede repetir."""
