"""Lo que pregunta un arreglo, el filtro de la cuadrícula y la hoja que se sube."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from padron.consultas.arreglos import Arreglo
from padron.models import Severidad
from padron.servicios.correcciones import LARGO_DE_MOTIVO
from padron.validacion.codigos import CODIGOS
from padron.validacion.recetas import Caso, Transformacion

# Con más opciones que estas, una lista que se despliega se lee mejor que diecisiete botones.
OPCIONES_A_LA_VISTA = 5


class ArregloForm(forms.Form):
    """Un campo por parámetro de la transformación; todos de lista cerrada."""

    def __init__(
        self,
        datos: Mapping[str, Any] | None,
        *,
        transformacion: Transformacion,
        caso: Caso,
        motivo: str = "",
    ) -> None:
        super().__init__(datos, auto_id=f"id_{transformacion.identificador}_%s")
        self.transformacion, self.caso = transformacion, caso
        for parametro in transformacion.parametros:
            opciones = parametro.opciones(caso)
            pocas = len(opciones) <= OPCIONES_A_LA_VISTA
            self.fields[parametro.nombre] = forms.ChoiceField(
                label=parametro.etiqueta,
                choices=opciones if pocas else [("", _("Elige uno")), *opciones],
                initial=parametro.propuesta(caso),
                widget=forms.RadioSelect if pocas else forms.Select,
            )
        if transformacion.descarta:
            self.fields["motivo"] = forms.CharField(
                label=_("Por qué no entran"),
                initial=motivo,
                max_length=LARGO_DE_MOTIVO,
                help_text=_("Queda escrito con tu nombre. Sin datos de nadie."),
            )

    @property
    def arreglo(self) -> Arreglo:
        """Con el formulario ya validado."""
        dichos = {p.nombre: self.cleaned_data[p.nombre] for p in self.transformacion.parametros}
        return Arreglo(self.caso, self.transformacion, dichos)


class FiltroDeFilasForm(forms.Form):
    """Lo que viene en la dirección. Lo que no se entienda se pasa por alto: es un filtro."""

    SITUACIONES = (
        ("", _("Todas las que esperan")),
        (Severidad.BLOQUEA.value, _("Solo las que no pueden entrar")),
        (Severidad.AVISA.value, _("Solo las que tienen avisos")),
        ("fuera", _("Solo las que quedaron fuera")),
    )

    ver = forms.ChoiceField(label=_("Cuáles"), choices=SITUACIONES, required=False)
    patron = forms.ChoiceField(label=_("Con este error"), required=False)
    fila = forms.IntegerField(
        label=_("Fila"), required=False, min_value=1, max_value=9_999_999, localize=False
    )

    def __init__(self, datos: Mapping[str, Any], *, patrones: list[tuple[str, str]]) -> None:
        super().__init__(datos)
        campo = self.fields["patron"]
        assert isinstance(campo, forms.ChoiceField)  # noqa: S101  (lo dice la línea de arriba)
        campo.choices = [("", _("Cualquiera")), *patrones]

    def limpio(self, nombre: str) -> Any:
        return self.cleaned_data.get(nombre) or None


def partir_patron(valor: str) -> tuple[str, str] | None:
    """«codigo|columna», como viaja en la dirección."""
    codigo, _separador, columna = valor.partition("|")
    return (codigo, columna) if codigo in CODIGOS else None


class HojaForm(forms.Form):
    archivo = forms.FileField(
        label=_("La hoja corregida"),
        help_text=_("El mismo libro de Excel que descargaste aquí, ya corregido."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": _("Elige la hoja que corregiste."),
            "empty": _("El archivo está vacío."),
        },
    )
