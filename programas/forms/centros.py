"""Filtros de la lista y del mapa de centros."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programas.consultas.centros import FiltrosDeCentros

# Tres decimales son unos 100 metros: basta para ordenar y no dice dónde vive nadie.
DECIMALES = 3


class CentrosForm(forms.Form):
    q = forms.CharField(label=_("Nombre o colonia"), required=False, max_length=120)
    tipo = forms.ChoiceField(label=_("Tipo de centro"), required=False)
    alcaldia = forms.ChoiceField(label=_("Alcaldía"), required=False)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    programa = forms.SlugField(required=False, widget=forms.HiddenInput)
    pagina = forms.IntegerField(required=False, min_value=1, max_value=10_000)

    def __init__(
        self, *args: Any, opciones: dict[str, list[tuple[str, str]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        invalida = {"invalid_choice": _("El valor pedido no es una opción de este filtro.")}
        for nombre, todas in (("tipo", _("Todos los tipos")), ("alcaldia", _("Toda la ciudad"))):
            campo = self.fields[nombre]
            campo.choices = [("", todas), *opciones[nombre]]
            campo.error_messages |= invalida

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        if (datos.get("lat") is None) != (datos.get("lon") is None) and not self.errors:
            raise forms.ValidationError(
                _("Para ordenar por cercanía hacen falta latitud y longitud.")
            )
        return datos

    def filtros(self) -> FiltrosDeCentros:
        """Los filtros ya validados. Se llama después de is_valid()."""
        datos = self.cleaned_data
        cerca = None
        if datos["lat"] is not None:
            cerca = (round(datos["lon"], DECIMALES), round(datos["lat"], DECIMALES))
        return FiltrosDeCentros(
            q=datos["q"],
            tipo=(datos["tipo"],) if datos["tipo"] else (),
            alcaldia=(datos["alcaldia"],) if datos["alcaldia"] else (),
            cerca=cerca,
            programa=datos["programa"],
            pagina=datos["pagina"] or 1,
        )
