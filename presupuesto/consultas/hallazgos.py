"""Lo que una comprobación encuentra, y cómo se escriben sus cifras."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format


@dataclass(frozen=True, slots=True)
class Hallazgo:
    """Una oración y el campo donde se arregla; vacío es el informe entero."""

    texto: str
    campo: str = ""


def cifra(valor: Decimal | int | None) -> str:
    """«1,250» o «1,250.50»: sin decimales si no los tiene."""
    if valor is None:
        return "—"
    exacto = Decimal(valor)
    decimales = 0 if exacto == exacto.to_integral_value() else 2
    return number_format(exacto, decimal_pos=decimales, use_l10n=True, force_grouping=True)
