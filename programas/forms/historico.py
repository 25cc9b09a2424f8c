"""Lo que llega a /historico/, validado antes de tocar nada."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.utils.translation import gettext_lazy as _

from programas.consultas.filtros_historico import FACETAS, ORDENES, FiltrosDeHistorico
from programas.models import ClaseDeDocumento
from programas.models.documento import ANIO_MAXIMO, ANIO_MINIMO

LARGO_DE_BUSQUEDA = 200
PAGINA_MAXIMA = 10_000
VALORES_POR_FACETA = 40

_UN_VALOR: dict[str, forms.Field] = {
    "ejercicio": forms.IntegerField(
        validators=[
            MinValueValidator(ANIO_MINIMO, _("El año va de 1900 a 2100.")),
            MaxValueValidator(ANIO_MAXIMO, _("El año va de 1900 a 2100.")),
        ],
        error_messages={"invalid": _("El año es un número de cuatro cifras.")},
    ),
    "clase": forms.ChoiceField(
        choices=ClaseDeDocumento.choices,
        error_messages={"invalid_choice": _("El valor pedido no es una opción de este filtro.")},
    ),
    "dependencia": forms.CharField(
        max_length=40,
        validators=[RegexValidator(r"^[A-Z0-9-]+\Z", _("La clave no es de una dependencia."))],
    ),
    "programa": forms.SlugField(max_length=80),
}


class VariosValores(forms.Field):
    """Un parámetro que se puede repetir: cada valor se revisa, y se toman los primeros distintos."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, cada_uno: forms.Field, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.cada_uno = cada_uno

    def clean(self, value: Any) -> tuple[str, ...]:
        distintos = dict.fromkeys(v for v in value or [] if v)
        return tuple(
            str(self.cada_uno.clean(valor)) for valor in list(distintos)[:VALORES_POR_FACETA]
        )


class HistoricoForm(forms.Form):
    """Los parámetros de /historico/. Los desconocidos se ignoran; los malos se dicen."""

    q = forms.CharField(label=_("¿Qué buscas?"), required=False, strip=True)
    orden = forms.ChoiceField(choices=list(ORDENES.items()), required=False)
    pagina = forms.IntegerField(min_value=1, max_value=PAGINA_MAXIMA, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for faceta, titulo in FACETAS.items():
            self.fields[faceta] = VariosValores(label=titulo, cada_uno=_UN_VALOR[faceta])

    def clean_q(self) -> str:
        """Un párrafo pegado también merece respuesta: se recorta."""
        return str(self.cleaned_data["q"])[:LARGO_DE_BUSQUEDA].strip()

    def filtros(self) -> FiltrosDeHistorico:
        """Los filtros ya validados. Se llama después de is_valid()."""
        datos = self.cleaned_data
        return FiltrosDeHistorico(
            q=datos["q"],
            valores={faceta: datos[faceta] for faceta in FACETAS if datos[faceta]},
            orden=datos["orden"],
            pagina=datos["pagina"] or 1,
        )


class BuscarDentroForm(forms.Form):
    """La búsqueda dentro de un documento."""

    q = forms.CharField(required=False, strip=True)

    def clean_q(self) -> str:
        return str(self.cleaned_data["q"])[:LARGO_DE_BUSQUEDA].strip()
