"""Puntos de cotejo y plazos de cada materia, desde su JSON. Lo que alguien corrigió en el panel se queda."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import models

from sibis.nucleo.errores import ArchivoIlegible
from sibis.revision.models import PlazoDeRevision, PuntoDeCotejo
from sibis.vigencia.carga import InformeDeCarga, altas_por_clave, leer_json

DATOS = Path(__file__).parent / "datos" / "cotejo.json"
_LISTAS: tuple[tuple[str, type[models.Model]], ...] = (
    ("puntos", PuntoDeCotejo),
    ("plazos", PlazoDeRevision),
)


def cargar(ruta: Path = DATOS) -> list[InformeDeCarga]:
    """{materia: {"puntos": […], "plazos": […]}}. Da de alta lo que falte. Levanta ArchivoIlegible."""
    contenido = leer_json(ruta)
    if not isinstance(contenido, dict) or not all(isinstance(m, dict) for m in contenido.values()):
        raise ArchivoIlegible(f"{ruta.name}: se esperaba un objeto con una materia por nombre.")
    return [
        altas_por_clave(modelo, list(_renglones(contenido, lista))) for lista, modelo in _LISTAS
    ]


def _renglones(contenido: dict[str, Any], lista: str) -> Iterator[Any]:
    for materia, suyo in contenido.items():
        for renglon in suyo.get(lista, []):
            yield {**renglon, "materia": materia} if isinstance(renglon, dict) else renglon
