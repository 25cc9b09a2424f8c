"""Los casos de las restricciones de la captura: van con los demás en test_restricciones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.fabricas import captura as c


def _segundo(fabrica: Any, **cambio: Any) -> Any:
    """Otro renglón de la misma regla y, si aplica, de la misma persona."""
    primero = fabrica()
    comunes = {x: getattr(primero, x) for x in ("regla", "usuario") if hasattr(primero, x)}
    return fabrica(**comunes, **cambio)


def casos_de_captura() -> Iterator[tuple[Any, ...]]:
    """(restricción, preparar, cambio que la rompe, lo que se lee)."""
    yield (
        "edicion_una_por_seccion",
        lambda: _segundo(c.EdicionDeSeccionFactory, seccion="acceso"),
        {"seccion": "que-es"},
        "ya lleva su cuenta",
    )
    yield (
        "borrador_uno_por_persona_y_seccion",
        lambda: _segundo(c.BorradorDeSeccionFactory, seccion="acceso"),
        {"seccion": "que-es"},
        "Ya tienes un borrador",
    )
    yield (
        "revisado_uno_por_campo",
        lambda: _segundo(c.CampoRevisadoFactory, campo="queja"),
        {"campo": "resumen"},
        "ya está revisado",
    )
