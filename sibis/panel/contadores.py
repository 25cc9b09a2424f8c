"""Números que se ven siempre arriba, en la cabecera. Cada app aporta el suyo desde settings."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.utils.module_loading import import_string

from sibis.cuentas.models import Usuario

Contador = tuple[str, int, str]  # texto, número, dirección


def contadores_de(usuario: Usuario) -> list[Contador]:
    """En el orden de settings.CONTADORES_DEL_PANEL; el que no le toca a esa persona no sale."""
    proveedores: list[Callable[[Usuario], Contador | None]] = [
        import_string(ruta) for ruta in settings.CONTADORES_DEL_PANEL
    ]
    return [contador for dar in proveedores if (contador := dar(usuario)) is not None]
