"""Los apartados que otras aplicaciones ponen en la página de un programa, en su orden.

Programas está debajo de presupuesto y de lo que venga: la página pregunta por la ruta escrita en
`APARTADOS_DE_FICHA`, y quien no tiene nada que decir contesta None.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from programas.models import ReglaOperacion


@dataclass(frozen=True, slots=True)
class Apartado:
    """Un bloque de la página: `plantilla` recibe `apartado`, y lo suyo está en `apartado.datos`."""

    ancla: str
    titulo: str
    plantilla: str
    datos: dict[str, Any] = field(default_factory=dict)


def apartados_de(regla: ReglaOperacion) -> tuple[Apartado, ...]:
    """Cada ruta es una función `(regla) -> Apartado | None` que solo lee."""
    hechos = (import_string(ruta)(regla) for ruta in settings.APARTADOS_DE_FICHA)
    return tuple(apartado for apartado in hechos if apartado is not None)
