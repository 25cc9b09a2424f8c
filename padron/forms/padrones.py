"""Los parámetros de /padron/, validados antes de tocar nada."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from padron.consultas.padrones import Filtros


class PadronesForm(forms.Form):
    """Los desconocidos se ignoran; los malos se dicen. Un año sin padrones no es un error."""

    ejercicio = forms.IntegerField(required=False, min_value=2000, max_value=2100)
    dependencia = forms.RegexField(r"^[\w .,-]{1,120}$", required=False)
    pagina = forms.IntegerField(required=False, min_value=1, max_value=10_000)
    formato = forms.ChoiceField(
        required=False,
        choices=[("html", "HTML"), ("csv", "CSV")],
        error_messages={
            "invalid_choice": _("El valor pedido no es una opción de este filtro."),
        },
    )

    def filtros(self) -> Filtros:
        """Se llama después de is_valid()."""
        datos = self.cleaned_data
        return Filtros(ejercicio=datos["ejercicio"], dependencia=datos["dependencia"])

    def en_una_oracion(self) -> str:
        """El primer error, con el nombre del parámetro."""
        nombre, errores = next(iter(self.errors.items()))
        return f"{nombre}: {errores[0]}"
