"""La página de un programa armada desde una regla que todavía no se publica."""

from __future__ import annotations

from dataclasses import dataclass, fields

from programas.consultas.ficha import Ficha, ficha
from programas.models import ReglaOperacion


@dataclass(frozen=True)
class FichaPrevia(Ficha):
    """Se ve como quedará; no enlaza a lo que aún no existe en el portal."""

    permalink = ""  # type: ignore[assignment]
    url_reglas = ""  # type: ignore[assignment]
    url_cambios = ""  # type: ignore[assignment]
    descargas = ()  # type: ignore[assignment]


def previa(regla: ReglaOperacion) -> FichaPrevia:
    """Desde una regla traída con `publicas.reglas_para_leer`, de cualquier estado."""
    hecha = ficha(regla)
    valores = {campo.name: getattr(hecha, campo.name) for campo in fields(hecha)}
    return FichaPrevia(**{**valores, "es_ultima": True, "versiones": ()})
