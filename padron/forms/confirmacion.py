"""Lo que la segunda persona dice al confirmar o al devolver."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ConfirmarForm(forms.Form):
    edicion = forms.IntegerField(widget=forms.HiddenInput)
    de_acuerdo = forms.BooleanField(
        label=_("Revisé estas cifras y respondo por que entren al padrón"),
        error_messages={
            "required": _("Marca la casilla: es lo que queda escrito que confirmaste.")
        },
    )


class DevolverForm(forms.Form):
    edicion = forms.IntegerField(widget=forms.HiddenInput)
    motivo = forms.CharField(
        label=_("Qué falta o qué está mal"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Lo lee quien la entregó. No escribas datos de ninguna persona."),
        error_messages={"required": _("Escribe por qué: quien la entregó lo va a leer.")},
    )


class ActoForm(forms.Form):
    """De un botón: que la carga siga como se veía."""

    edicion = forms.IntegerField(widget=forms.HiddenInput)
