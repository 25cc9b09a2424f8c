"""Los campos sueltos de cada sección. Nada es obligatorio al guardar: lo que falta lo dice la lista."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programas.consultas.redaccion import pesos
from programas.forms.captura.campos import (
    EdadField,
    EnteroField,
    PesosField,
    RenglonesField,
    TrimestresField,
)
from programas.models import Apartado, ReglaOperacion, TextoApartado

_AREA = forms.Textarea(attrs={"rows": 4})
_FECHA = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CamposForm(forms.ModelForm):
    """Guarda solo sus columnas: dos secciones guardadas a la vez no se estorban."""

    # Campo compuesto → las columnas que llena.
    columnas: ClassVar[dict[str, tuple[str, ...]]] = {}

    class Meta:
        model = ReglaOperacion
        fields: ClassVar[list[str]] = []

    def _update_errors(self, errors: ValidationError) -> None:
        """Lo que el modelo diga de un campo de otra sección se arregla en la otra."""
        if hasattr(errors, "error_dict"):
            suyos = {
                campo: lista
                for campo, lista in errors.error_dict.items()
                if campo in self.fields or campo == NON_FIELD_ERRORS
            }
            if not suyos:
                return
            errors = ValidationError(suyos)
        super()._update_errors(errors)  # type: ignore[misc]

    def escribir(self) -> None:
        propias = {c.name for c in self._meta.model._meta.concrete_fields}
        nombres = [c for campo in self.fields for c in self.columnas.get(campo, (campo,))]
        self.instance.save(update_fields=[*(n for n in nombres if n in propias), "actualizado_en"])
        self._save_m2m()


class NombreForm(CamposForm):
    class Meta(CamposForm.Meta):
        fields = ["nombre", "clave_oficial", "unidad_responsable"]


class ModificacionForm(CamposForm):
    class Meta(CamposForm.Meta):
        fields = ["razon_de_la_version", "vigente_desde"]
        widgets = {"vigente_desde": _FECHA, "razon_de_la_version": _AREA}


class QueEsForm(CamposForm):
    class Meta(CamposForm.Meta):
        fields = ["resumen", "a_quien", "objetivo", "derechos", "grupos"]
        widgets = {
            "resumen": forms.Textarea(attrs={"rows": 3}),
            "a_quien": forms.Textarea(attrs={"rows": 3}),
            "objetivo": _AREA,
            "derechos": forms.CheckboxSelectMultiple,
            "grupos": forms.CheckboxSelectMultiple,
        }


class ParaQuienForm(CamposForm):
    edad = EdadField(label=gettext_lazy("Edad"))
    columnas = {"edad": ("edad_min_meses", "edad_max_meses")}

    class Meta(CamposForm.Meta):
        fields = ["edad", "sexo", "residencia", "residencia_detalle", "alcaldias"]
        widgets = {"alcaldias": forms.CheckboxSelectMultiple}

    field_order = Meta.fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault(
            "edad", (self.instance.edad_min_meses, self.instance.edad_max_meses)
        )
        self.fields["alcaldias"].queryset = self.fields["alcaldias"].queryset.only(
            "clave", "nombre"
        )
        self.fields["sexo"].choices = [
            ("", _("mujeres y hombres")),
            *[c for c in self.fields["sexo"].choices if c[0]],
        ]

    def clean_edad(self) -> Any:
        edad = self.cleaned_data["edad"] or (None, None)
        self.instance.edad_min_meses, self.instance.edad_max_meses = edad
        return edad


class FacilitadoresForm(CamposForm):
    facilitadores_total = EnteroField(label=gettext_lazy("Personas facilitadoras de servicios"))
    facilitadores_monto = PesosField(label=gettext_lazy("Monto para facilitadoras"))

    class Meta(CamposForm.Meta):
        fields = ["facilitadores_total", "facilitadores_monto"]


class _DineroForm(CamposForm):
    presupuesto_aprobado = PesosField(label=gettext_lazy("Presupuesto aprobado"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """La fuente se elige entre las de la regla, por su clave."""
        super().__init__(*args, **kwargs)
        fuentes = [(f.clave, f"{f.clave}: {f.texto}"[:90]) for f in self.instance.fuentes.all()]
        dicha = self.instance.presupuesto_fuente
        if dicha and dicha not in dict(fuentes):
            fuentes.append((dicha, dicha))
        campo = self.fields["presupuesto_fuente"]
        self.fields["presupuesto_fuente"] = forms.ChoiceField(
            label=campo.label,
            required=False,
            choices=[("", _("la primera fuente de la regla")), *fuentes],
        )


class DineroForm(_DineroForm):
    presupuesto_trimestres = TrimestresField(label=gettext_lazy("Calendario trimestral"))
    presupuesto_ejercido = PesosField(label=gettext_lazy("Presupuesto ejercido"))

    class Meta(CamposForm.Meta):
        fields = [
            *("presupuesto_aprobado", "presupuesto_trimestres"),
            *("presupuesto_fuente", "presupuesto_ejercido"),
        ]

    def clean(self) -> dict[str, Any]:
        """Los cuatro trimestres suman el aprobado, al centavo."""
        datos = super().clean() or self.cleaned_data
        aprobado, trimestres = (
            datos.get("presupuesto_aprobado"),
            datos.get("presupuesto_trimestres"),
        )
        if aprobado is None or not trimestres:
            return datos
        suma = sum(trimestres, Decimal(0))
        if suma != aprobado:
            self.add_error(
                "presupuesto_trimestres",
                _(
                    "Los cuatro suman %(suma)s y el aprobado es %(aprobado)s: %(resto)s de diferencia."
                )
                % {
                    "suma": pesos(suma),
                    "aprobado": pesos(aprobado),
                    "resto": pesos(abs(suma - aprobado)),
                },
            )
        return datos


class DineroDeAccionForm(_DineroForm):
    class Meta(CamposForm.Meta):
        fields = ["fecha_inicio", "fecha_fin", "presupuesto_aprobado", "presupuesto_fuente"]
        widgets = {"fecha_inicio": _FECHA, "fecha_fin": _FECHA}


class AccesoForm(CamposForm):
    notas = RenglonesField(label=gettext_lazy("Notas al lector"))

    class Meta(CamposForm.Meta):
        fields = ["como_solicitar", "acceso_simultaneo", "queja", "notas"]
        widgets = {"como_solicitar": _AREA, "queja": _AREA}


class EnlaceForm(CamposForm):
    class Meta(CamposForm.Meta):
        fields = ["enlace"]


class TextosForm(forms.Form):
    """Los numerales de un capítulo, cada uno en su caja."""

    def __init__(
        self,
        *args: Any,
        regla: ReglaOperacion,
        apartados: tuple[Apartado, ...],
        initial: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.regla, self.apartados = regla, apartados
        self.escritos = {t.apartado_id: t for t in regla.textos.filter(apartado__in=apartados)}
        guardado = {
            a.clave: self.escritos[a.pk].texto if a.pk in self.escritos else "" for a in apartados
        }
        super().__init__(*args, initial={**guardado, **(initial or {})}, **kwargs)
        for apartado in apartados:
            self.fields[apartado.clave] = forms.CharField(
                label=str(apartado), required=False, widget=forms.Textarea(attrs={"rows": 10})
            )

    def escribir(self) -> None:
        """Un numeral que se vacía se quita; uno que sigue igual no se toca."""
        for apartado in self.apartados:
            texto = self.cleaned_data[apartado.clave].strip()
            escrito = self.escritos.get(apartado.pk)
            if escrito is None and texto:
                TextoApartado.objects.create(
                    regla=self.regla, apartado=apartado, texto=texto, orden=apartado.orden
                )
            elif escrito is not None and not texto:
                escrito.delete()
            elif escrito is not None and escrito.texto != texto:
                escrito.texto = texto
                escrito.save(update_fields=["texto"])


FORMULARIOS: dict[str, type[CamposForm]] = {
    "modificacion": ModificacionForm,
    "nombre": NombreForm,
    "que-es": QueEsForm,
    "para-quien": ParaQuienForm,
    "metas": FacilitadoresForm,
    "dinero": DineroForm,
    "acceso": AccesoForm,
    "fuentes": EnlaceForm,
}
DE_ACCION: dict[str, type[CamposForm] | None] = {"dinero": DineroDeAccionForm, "metas": None}


def formulario_de(seccion: str, *, es_accion: bool) -> type[CamposForm] | None:
    if es_accion and seccion in DE_ACCION:
        return DE_ACCION[seccion]
    return FORMULARIOS.get(seccion)
