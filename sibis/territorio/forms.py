"""Filtros de la lista y del mapa de centros, como llegan en la dirección."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sibis.territorio.consultas.filtros import CentroElegido, FiltrosDeCentros, LugarElegido
from sibis.territorio.consultas.lugares import colonia_elegida
from sibis.territorio.models import Centro

# Tres decimales son unos 100 metros: basta para ordenar y no dice dónde vive nadie.
DECIMALES = 3
_LLAVE_MAXIMA = 2**63 - 1


class CentrosForm(forms.Form):
    q = forms.CharField(label=_("Nombre o dirección"), required=False, max_length=120)
    alcaldia = forms.ChoiceField(label=_("Alcaldía"), required=False)
    tipo = forms.MultipleChoiceField(label=_("Tipo de lugar"), required=False)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    programa = forms.SlugField(required=False, widget=forms.HiddenInput)
    colonia = forms.IntegerField(
        label=_("Colonia"), required=False, min_value=1, max_value=_LLAVE_MAXIMA,
        widget=forms.HiddenInput,
    )  # fmt: skip
    centro = forms.SlugField(required=False, max_length=250, widget=forms.HiddenInput)
    formato = forms.ChoiceField(choices=[("html", "HTML"), ("csv", "CSV")], required=False)
    pagina = forms.IntegerField(required=False, min_value=1, max_value=10_000)

    def __init__(
        self, *args: Any, opciones: dict[str, list[tuple[str, str]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        invalida = {"invalid_choice": _("El valor pedido no es una opción de este filtro.")}
        self.fields["alcaldia"].choices = [("", _("Toda la ciudad")), *opciones["alcaldia"]]
        self.fields["tipo"].choices = opciones["tipo"]
        for nombre in ("alcaldia", "tipo"):
            self.fields[nombre].error_messages |= invalida

    def clean_tipo(self) -> tuple[str, ...]:
        """Sin repetidos y sin el vacío que manda un menú sin elegir."""
        return tuple(dict.fromkeys(self.cleaned_data["tipo"]))

    def clean_colonia(self) -> LugarElegido | None:
        pk = self.cleaned_data["colonia"]
        if pk is None:
            return None
        elegida = colonia_elegida(pk)
        if elegida is None:
            raise forms.ValidationError(_("No conocemos esa colonia; búscala por su nombre."))
        return elegida

    def clean_centro(self) -> CentroElegido | None:
        slug = self.cleaned_data["centro"]
        if not slug:
            return None
        elegido = Centro.objects.publicos().filter(slug=slug).first()
        if elegido is None:
            raise forms.ValidationError(_("No hay un centro con esa dirección; quizá cerró."))
        return CentroElegido(
            slug, elegido.nombre, round(elegido.punto.x, 5), round(elegido.punto.y, 5)
        )

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
            tipo=datos["tipo"],
            alcaldia=(datos["alcaldia"],) if datos["alcaldia"] else (),
            cerca=cerca,
            colonia=datos["colonia"],
            centro=datos["centro"],
            programa=datos["programa"],
            pagina=datos["pagina"] or 1,
        )

    @property
    def errores_en_una_oracion(self) -> str:
        """Para la página 400: cada mensaje con el nombre de su parámetro."""
        return " ".join(
            f"{self.fields[campo].label or campo}: {' '.join(mensajes)}"
            if campo in self.fields
            else " ".join(mensajes)
            for campo, mensajes in self.errors.items()
        )
