"""Publicar y buscar en una línea, para las pruebas de búsqueda."""

from __future__ import annotations

from collections.abc import Iterable

from programas import proyeccion
from programas.consultas.busqueda import buscar
from programas.consultas.filtros import Filtros
from programas.models import ReglaOperacion
from tests.fabricas import programas as f


def publicar(*nombres: str, **valores) -> list[ReglaOperacion]:
    """Reglas publicadas con esos nombres, en un solo viaje al portal."""
    reglas = [f.ReglaFactory(publicada=True, nombre=n, **valores) for n in nombres]
    proyeccion.proyectar()
    return reglas


def hallados(q: str = "", **filtros: Iterable[str]) -> list[str]:
    valores = {faceta: tuple(v) for faceta, v in filtros.items()}
    reglas = buscar(Filtros(q=q, valores=valores)).reglas
    nombres = dict(ReglaOperacion.objects.values_list("pk", "nombre"))
    return [nombres[r] for r in reglas]
