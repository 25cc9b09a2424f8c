"""Qué es cada columna: un selector por columna del archivo, y que dos no digan lo mismo."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from padron.consultas.columnas_de_carga import ColumnaDelArchivo, Columnas, opciones
from padron.validacion.patrones import titulo_de


class ColumnasForm(forms.Form):
    """Los campos se llaman `columna-3`, por su lugar: dos columnas pueden tener el mismo título."""

    edicion = forms.IntegerField(widget=forms.HiddenInput)
    recordar = forms.BooleanField(
        label=gettext_lazy("Recordarlo: el siguiente archivo con este encabezado ya no pregunta"),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, columnas: Columnas, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columnas = columnas
        elegibles = opciones(columnas.regla)
        for columna in columnas.columnas:
            self.fields[_campo(columna.lugar)] = forms.ChoiceField(
                label=_titulo(columna), choices=elegibles, required=False, initial=columna.es
            )

    def por_columna(self) -> Iterator[tuple[ColumnaDelArchivo, forms.BoundField]]:
        for columna in self.columnas.columnas:
            yield columna, self[_campo(columna.lugar)]

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        usadas: dict[str, list[int]] = {}
        for columna in self.columnas.columnas:
            if es := datos.get(_campo(columna.lugar)):
                usadas.setdefault(es, []).append(columna.lugar)
        for es, lugares in usadas.items():
            for lugar in lugares[1:]:
                self.add_error(
                    _campo(lugar),
                    _("«%(que)s» ya es la columna %(otra)s. Deja una de las dos.")
                    % {"que": titulo_de(es), "otra": self.columnas.columnas[lugares[0]].letra},
                )
        if not usadas and not self.errors:
            raise forms.ValidationError(
                _("Di al menos qué columna trae la CURP o el folio, y el nombre.")
            )
        return datos

    @property
    def mapeo(self) -> dict[str, int]:
        return {
            es: columna.lugar
            for columna in self.columnas.columnas
            if (es := self.cleaned_data[_campo(columna.lugar)])
        }


def elegido(datos: Mapping[str, str], cuantas: int) -> dict[int, str]:
    """Lo que viene en la petición, sin juzgarlo: para volver a pintar la página como estaba."""
    return {lugar: datos.get(_campo(lugar), "")[:40] for lugar in range(cuantas)}


def _campo(lugar: int) -> str:
    return f"columna-{lugar}"


def _titulo(columna: ColumnaDelArchivo) -> str:
    return columna.titulo or _("Columna %(letra)s, sin título") % {"letra": columna.letra}
