"""Lo que llega en una dirección o en un formulario, validado antes de tocar nada."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programas.consultas.filtros import FACETAS, ORDENES, Filtros, Opciones

LARGO_DE_BUSQUEDA = 200
PAGINA_MAXIMA = 10_000
VALORES_POR_FACETA = 40


class BusquedaForm(forms.Form):
    """Los parámetros de /programas/ (contrato.md §3). Los desconocidos se ignoran; los malos se dicen."""

    q = forms.CharField(
        label=_("¿Qué necesitas?"),
        required=False,
        strip=True,
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}
        ),
    )
    orden = forms.ChoiceField(choices=list(ORDENES.items()), required=False)
    pagina = forms.IntegerField(min_value=1, max_value=PAGINA_MAXIMA, required=False)
    literal = forms.BooleanField(required=False)
    formato = forms.ChoiceField(choices=[("html", "HTML"), ("csv", "CSV")], required=False)

    def __init__(self, *args: Any, opciones: Opciones, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for faceta, titulo in FACETAS.items():
            nombres = opciones.nombres[faceta]
            self.fields[faceta] = forms.MultipleChoiceField(
                label=titulo,
                required=False,
                choices=list(nombres.items()),
                error_messages={
                    "invalid_choice": _("El valor pedido no es una opción de este filtro.")
                },
            )

    def clean_q(self) -> str:
        """Una búsqueda larga se recorta: quien pega un párrafo también merece respuesta."""
        limpio: str = self.cleaned_data["q"]
        return limpio[:LARGO_DE_BUSQUEDA].strip()

    def filtros(self) -> Filtros:
        """Los filtros ya validados. Se llama después de is_valid()."""
        datos = self.cleaned_data
        return Filtros(
            q=datos["q"],
            valores={
                faceta: tuple(dict.fromkeys(datos[faceta]))[:VALORES_POR_FACETA]
                for faceta in FACETAS
                if datos.get(faceta)
            },
            orden=datos.get("orden") or "",
            pagina=datos.get("pagina") or 1,
            literal=datos["literal"],
        )
