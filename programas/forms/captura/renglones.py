"""Las listas de una regla, renglón por renglón: se agregan, se quitan y se ordenan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programas.forms.captura.campos import EdadField, EnteroField, PesosField
from programas.models import (
    Alineacion,
    Apoyo,
    Compatibilidad,
    Fuente,
    MetaFisica,
    Poblacion,
    ReglaOperacion,
    Requisito,
)

_DOS = forms.Textarea(attrs={"rows": 2})
MAXIMO_DE_RENGLONES = 60  # una petición admite mil casillas
_MINISTRACIONES = 32_767


class RenglonForm(forms.ModelForm):
    """Un renglón. La fuente de una cifra se elige entre las de esta regla, no de otra."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, regla: ReglaOperacion, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.regla = regla
        self.empty_permitted = self.instance.pk is None
        if "fuente" in self.fields:
            self.fields["fuente"].queryset = Fuente.objects.filter(regla=regla)  # type: ignore[attr-defined]
            self.fields["fuente"].empty_label = _("la primera fuente")  # type: ignore[attr-defined]
            self.fields["fuente"].help_text = ""

    @property
    def esta_vacio(self) -> bool:
        return self.instance.pk is None and not self.has_changed()


class ApoyoForm(RenglonForm):
    monto_minimo = PesosField(
        label=gettext_lazy("Monto"), help_text=gettext_lazy("Si es un rango, el menor.")
    )
    monto_maximo = PesosField(
        label=gettext_lazy("Hasta"), help_text=gettext_lazy("Solo si hay tope o rango.")
    )
    ministraciones = EnteroField(
        label=gettext_lazy("Ministraciones"), min_value=1, max_value=_MINISTRACIONES
    )
    personas = EnteroField(label=gettext_lazy("Número de apoyos"))

    class Meta:
        model = Apoyo
        fields = [
            *("id", "modalidad", "tipo", "monto_minimo", "monto_maximo", "base", "periodicidad"),
            *("ministraciones", "personas", "para", "descripcion", "fuente"),
        ]
        widgets = {"descripcion": _DOS}

    field_order = Meta.fields


class RequisitoForm(RenglonForm):
    class Meta:
        model = Requisito
        fields = ["id", "texto", "numeral"]
        widgets = {"texto": _DOS}


class MetaForm(RenglonForm):
    cantidad = EnteroField(label=gettext_lazy("Cantidad"), required=True)

    class Meta:
        model = MetaFisica
        fields = ["id", "cantidad", "unidad", "descripcion", "fuente"]

    field_order = Meta.fields


class CompatibilidadForm(RenglonForm):
    class Meta:
        model = Compatibilidad
        fields = ["id", "clase", "programa", "nombre", "condicion"]


class AlineacionForm(RenglonForm):
    class Meta:
        model = Alineacion
        fields = ["id", "instrumento", "texto"]


class FuenteForm(RenglonForm):
    class Meta:
        model = Fuente
        fields = ["id", "texto", "clase", "fecha", "url"]
        widgets = {"fecha": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class PoblacionForm(RenglonForm):
    total = EnteroField(label=gettext_lazy("Total de personas"))
    mujeres = EnteroField(label=gettext_lazy("Mujeres"))
    hombres = EnteroField(label=gettext_lazy("Hombres"))
    edad = EdadField(label=gettext_lazy("Edad"))

    class Meta:
        model = Poblacion
        fields = ["total", "mujeres", "hombres", "edad", "territorio", "descripcion", "fuente"]
        widgets = {"descripcion": _DOS}

    field_order = Meta.fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("id")
        edad = (self.instance.edad_min_meses, self.instance.edad_max_meses)
        self.initial.setdefault("edad", edad)

    def clean_edad(self) -> Any:
        edad = self.cleaned_data["edad"] or (None, None)
        self.instance.edad_min_meses, self.instance.edad_max_meses = edad
        return edad

    def no_cabe(self, mayor: PoblacionForm) -> str:
        """La oración de quien cuenta más personas que la población que la contiene."""
        return _("Son más personas que las de la %(otra)s.") % {
            "otra": mayor.instance.get_clase_display()
        }

    @property
    def dice_algo(self) -> bool:
        return any(v not in (None, "", (None, None)) for v in self.cleaned_data.values())


@dataclass(frozen=True, slots=True)
class Lista:
    """Una lista editable: de qué modelo, qué renglones son suyos y cómo se llama uno."""

    clave: str
    form: type[RenglonForm]
    relacion: str
    titulo: str | Promise
    uno: str | Promise  # «otro requisito»
    valores: Mapping[str, Any] = field(default_factory=dict)

    def de(self, regla: ReglaOperacion) -> models.QuerySet:
        todos: models.QuerySet = getattr(regla, self.relacion).filter(**self.valores)
        return todos

    def nuevo(self, regla: ReglaOperacion) -> models.Model:
        modelo: Any = self.form._meta.model  # type: ignore[attr-defined]
        renglon: models.Model = modelo(regla=regla, **self.valores)
        return renglon


LISTAS: dict[str, Lista] = {
    lista.clave: lista
    for lista in (
        Lista("apoyos", ApoyoForm, "apoyos", gettext_lazy("Apoyos"), gettext_lazy("apoyo")),
        Lista(
            "requisitos",
            RequisitoForm,
            "requisitos",
            gettext_lazy("Requisitos"),
            gettext_lazy("requisito"),
            {"clase": Requisito.Clase.CONDICION},
        ),
        Lista(
            "documentos",
            RequisitoForm,
            "requisitos",
            gettext_lazy("Documentos"),
            gettext_lazy("documento"),
            {"clase": Requisito.Clase.DOCUMENTO},
        ),
        Lista("metas", MetaForm, "metas", gettext_lazy("Metas físicas"), gettext_lazy("meta")),
        Lista(
            "compatibilidades",
            CompatibilidadForm,
            "compatibilidades",
            gettext_lazy("Con qué otro apoyo se puede o no"),
            gettext_lazy("compatibilidad"),
        ),
        Lista(
            "alineaciones",
            AlineacionForm,
            "alineaciones",
            gettext_lazy("A qué contribuye"),
            gettext_lazy("alineación"),
        ),
        Lista("fuentes", FuenteForm, "fuentes", gettext_lazy("Fuentes"), gettext_lazy("fuente")),
    )
}
