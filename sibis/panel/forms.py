"""Lo que se pregunta al guardar una vista, al elegir renglones y al subir un catálogo."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.helpers import ActionForm
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.models import Dependencia, Usuario


class VistaForm(forms.Form):
    nombre = forms.CharField(label=_("Nombre de la vista"), max_length=60)
    compartida_con = forms.ModelChoiceField(
        label=_("Quién la ve"),
        queryset=Dependencia.objects.none(),
        required=False,
        empty_label=_("Solo yo"),
    )

    def __init__(self, *args: Any, usuario: Usuario, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        suyas = {a.dependencia_id for a in usuario.adscripciones_vigentes()}
        campo: Any = self.fields["compartida_con"]
        campo.queryset = Dependencia.objects.filter(pk__in=suyas)


class AccionForm(ActionForm):
    """Sin JavaScript también se elige «toda la lista»: el campo que el admin esconde, a la vista."""

    select_across = forms.BooleanField(
        label=_("Sobre"),
        required=False,
        initial="0",
        widget=forms.Select(
            attrs={"class": "select-across"},
            choices=[("0", _("lo marcado")), ("1", _("todo lo que cumple el filtro"))],
        ),
    )


class ArchivoForm(forms.Form):
    archivo = forms.FileField(
        label=_("Archivo"),
        help_text=_("CSV u hoja de cálculo (.xlsx), hasta 2 MB y 5,000 renglones."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )
