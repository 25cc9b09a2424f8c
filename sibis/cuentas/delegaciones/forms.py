"""Lo que se captura para delegar y para retirar una delegación."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.delegaciones.consultas import candidatas, delegables
from sibis.cuentas.models import Adscripcion, Usuario


class _Funcion(forms.ModelChoiceField):
    def label_from_instance(self, obj: Adscripcion) -> str:
        return f"{obj.get_rol_display()}, {obj.dependencia}"


class _Cuenta(forms.ModelChoiceField):
    def label_from_instance(self, obj: Usuario) -> str:
        return f"{obj.get_full_name()} ({obj})" if obj.get_full_name() else str(obj)


class DelegarForm(forms.Form):
    funcion = _Funcion(Adscripcion.objects.none(), label=_("Función que delegas"))
    en = _Cuenta(
        Usuario.objects.none(),
        label=_("En quién"),
        help_text=_("Una cuenta activa de tu misma dependencia."),
    )
    desde = forms.DateField(label=_("Desde"), widget=forms.DateInput(attrs={"type": "date"}))
    hasta = forms.DateField(
        label=_("Hasta, incluido"), widget=forms.DateInput(attrs={"type": "date"})
    )
    oficio = forms.CharField(
        label=_("Número de oficio"), max_length=60, help_text=_("Con el que consta la delegación.")
    )

    def __init__(self, *args: Any, por: Usuario, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        suyas = delegables(por)
        elegir: Any = self.fields["funcion"]
        elegir.queryset = Adscripcion.objects.filter(pk__in=[a.pk for a in suyas]).select_related(
            "dependencia"
        )
        if len(suyas) == 1:
            elegir.initial = suyas[0].pk
        cuentas: Any = self.fields["en"]
        cuentas.queryset = candidatas(por, {a.dependencia_id for a in suyas})
        for campo in ("desde", "hasta"):
            self.fields[campo].widget.format = "%Y-%m-%d"
            self.fields[campo].widget.attrs["min"] = timezone.localdate().isoformat()


class RevocarForm(forms.Form):
    motivo = forms.CharField(label=_("Por qué la retiras"), max_length=300)
