"""Números como los escribe la gente: con signo de pesos, espacios y comas de miles."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_CON_MILES = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")


def _limpio(texto: str) -> str:
    """Sin adornos; una coma que no separa miles es un error, no un decimal que se adivina."""
    sin_adornos = re.sub(r"[$\s\u00a0]", "", texto)
    if "," not in sin_adornos:
        return sin_adornos
    if not _CON_MILES.fullmatch(sin_adornos):
        raise forms.ValidationError(
            _("Usa la coma solo para separar miles y el punto para los decimales: 1,250.50.")
        )
    return sin_adornos.replace(",", "")


class CifraField(forms.DecimalField):
    """Decimal que admite «$1,250.50»."""

    widget = forms.TextInput

    def __init__(self, **opciones: Any) -> None:
        super().__init__(**{"max_digits": 18, "decimal_places": 2, "min_value": 0, **opciones})
        self.widget.attrs.setdefault("inputmode", "decimal")

    def to_python(self, value: Any) -> Decimal | None:
        return super().to_python(_limpio(value) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        """Con comas de miles, y sin el «.00» que nadie escribió."""
        if not isinstance(value, Decimal | int):
            return value
        return f"{value:,.2f}".removesuffix(".00")


class EnteroField(CifraField):
    """Personas: ni media ni negativa."""

    def __init__(self, **opciones: Any) -> None:
        super().__init__(
            **{"max_digits": 9, "decimal_places": 0, "max_value": 2147483647, **opciones}
        )
        self.widget.attrs["inputmode"] = "numeric"

    def clean(self, value: Any) -> int | None:  # type: ignore[override]
        limpio = super().clean(value)
        return None if limpio is None else int(limpio)
