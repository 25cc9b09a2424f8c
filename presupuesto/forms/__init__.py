"""Los parámetros de /presupuesto/ (contrato.md §3), validados antes de tocar nada."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from presupuesto.consultas.montos import CAPITULOS, Filtros
from presupuesto.consultas.renglones import ORDENES
from presupuesto.models import Momento
from sibis.territorio.models import Alcaldia


class PresupuestoForm(forms.Form):
    """Los desconocidos se ignoran; los malos se dicen. Un año sin datos no es un error."""

    ejercicio = forms.IntegerField(required=False, min_value=2000, max_value=2100)
    momento = forms.ChoiceField(required=False, choices=[("", ""), *Momento.choices])
    dependencia = forms.RegexField(r"^[\w .,-]{1,120}$", required=False)
    alcaldia = forms.ChoiceField(required=False)
    capitulo = forms.ChoiceField(required=False, choices=[("", ""), *CAPITULOS.items()])
    orden = forms.ChoiceField(required=False, choices=[("", ""), *ORDENES.items()])
    pagina = forms.IntegerField(required=False, min_value=1, max_value=10_000)
    formato = forms.ChoiceField(required=False, choices=[("html", "HTML"), ("csv", "CSV")])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        alcaldias = Alcaldia.objects.order_by("nombre").values_list("clave", "nombre")
        self.fields["alcaldia"].choices = [("", _("Todas")), *alcaldias]
        for nombre in ("alcaldia", "capitulo", "momento", "orden", "formato"):
            self.fields[nombre].error_messages["invalid_choice"] = _(
                "El valor pedido no es una opción de este filtro."
            )

    def filtros(self) -> Filtros:
        """Se llama después de is_valid()."""
        datos = self.cleaned_data
        return Filtros(
            ejercicio=datos["ejercicio"],
            momento=datos["momento"],
            dependencia=datos["dependencia"],
            alcaldia=datos["alcaldia"],
            capitulo=datos["capitulo"],
        )

    @property
    def orden_efectivo(self) -> str:
        return self.cleaned_data["orden"] or "aprobado"

    @property
    def numero_de_pagina(self) -> int:
        return self.cleaned_data["pagina"] or 1

    def en_una_oracion(self) -> str:
        """El primer error, con el nombre del parámetro."""
        nombre, errores = next(iter(self.errors.items()))
        return f"{nombre}: {errores[0]}"
