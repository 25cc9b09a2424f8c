"""Colas de trabajo: qué espera a cada quien. Cada app aporta las suyas desde settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from sibis.cuentas.models import Usuario


@dataclass(frozen=True, slots=True)
class Pendiente:
    """Un renglón de la cola: qué es, de quién, desde cuándo, y a dónde lleva."""

    titulo: str
    detalle: str
    url: str
    estado: str = ""


@dataclass(frozen=True, slots=True)
class Cola:
    """Lo que espera a una persona, con su total aunque se muestren pocos."""

    titulo: str
    vacia: str
    total: int
    pendientes: tuple[Pendiente, ...]
    url_todos: str


def colas_de(usuario: Usuario) -> list[Cola]:
    """Todas las colas de esa persona, en el orden de settings.COLAS_DEL_PANEL (rutas con puntos)."""
    colas: list[Cola] = []
    for ruta in settings.COLAS_DEL_PANEL:
        proveedor: Callable[[Usuario], list[Cola]] = import_string(ruta)
        colas.extend(proveedor(usuario))
    return colas
