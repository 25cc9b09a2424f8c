"""Direcciones del sitio anterior que el catálogo cita: quedan apuntadas para que sigan llevando."""

from __future__ import annotations

import re

from django.db.models import Q

from programas.models import DireccionAnterior, Fuente

_DEL_SITIO = re.compile(r"/detalle_publico/resumen/(programa|accion)/(\d{1,9})(?:/|$)")


def apuntar_las_citadas() -> int:
    """Se puede repetir: lo apuntado no cambia de programa. Devuelve cuántas se añadieron."""
    citadas = Fuente.objects.filter(Q(url__contains="/detalle_publico/resumen/"))
    nuevas: dict[str, DireccionAnterior] = {}
    for url, programa in citadas.values_list("url", "regla__programa_id"):
        hallada = _DEL_SITIO.search(url)
        if hallada is not None:
            valor = f"{hallada[1]}/{hallada[2]}"
            nuevas[valor] = DireccionAnterior(
                clase=DireccionAnterior.Clase.SITIO, valor=valor, programa_id=programa
            )
    antes = DireccionAnterior.objects.count()
    DireccionAnterior.objects.bulk_create(nuevas.values(), ignore_conflicts=True)
    return DireccionAnterior.objects.count() - antes
