"""Campos que comparten los formularios de entregas."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sibis.territorio.models import Centro

PARECIDOS = 6


_EN_ESTE_SIGLO = [
    MinValueValidator(datetime.date(2000, 1, 1), gettext_lazy("Ese día es de otro siglo.")),
    MaxValueValidator(datetime.date(2100, 12, 31), gettext_lazy("Ese día es de otro siglo.")),
]


def dia(etiqueta: Any, **opciones: Any) -> forms.DateField:
    return forms.DateField(
        label=etiqueta,
        validators=_EN_ESTE_SIGLO,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        **opciones,
    )


def hora(etiqueta: Any) -> forms.TimeField:
    return forms.TimeField(
        label=etiqueta,
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


class CentroField(forms.CharField):
    """Un centro por su clave o su nombre: son miles, y una lista desplegable no sirve para buscarlos."""

    def __init__(self, **opciones: Any) -> None:
        ayuda = gettext_lazy("Su nombre, o parte; si hay varios se dicen sus claves.")
        super().__init__(max_length=250, help_text=opciones.pop("help_text", ayuda), **opciones)

    def prepare_value(self, value: Any) -> Any:
        return value.clave if isinstance(value, Centro) else value

    def clean(self, value: Any) -> Centro | None:
        escrito = super().clean(value)
        if not escrito:
            return None
        vigentes = Centro.objects.vigentes()
        exacto = vigentes.filter(clave=escrito.lower()).first()
        if exacto is not None:
            return exacto
        hallados = list(vigentes.buscar(escrito).order_by("nombre", "pk")[: PARECIDOS + 1])
        iguales = [c for c in hallados if c.nombre.casefold() == escrito.casefold()]
        if len(iguales) == 1 or len(hallados) == 1:
            return (iguales or hallados)[0]
        raise forms.ValidationError(self._que_hay(hallados))

    def _que_hay(self, hallados: list[Centro]) -> str:
        if not hallados:
            return _(
                "No hay un centro con ese nombre. Revisa cómo se escribe, o escribe el lugar abajo."
            )
        cuales = "; ".join(f"{c.nombre} ({c.clave})" for c in hallados[:PARECIDOS])
        dicho = _("Hay varios: %(cuales)s. Escribe la clave del que es.")
        if len(hallados) > PARECIDOS:
            dicho = _("Hay muchos; algunos: %(cuales)s. Escribe más del nombre, o la clave.")
        return dicho % {"cuales": cuales}
