"""La regla en el panel: lo que se captura y lo que pide cada transición."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programas.models import ReglaOperacion

# Cada sección con su ancla: los avisos de lo que falta llevan ahí.
SECCIONES = (
    ("nombre", _("Nombre y responsable"), ("nombre", "clave_oficial", "unidad_responsable")),
    ("que-es", _("Qué es y para quién"), ("resumen", "a_quien", "objetivo", "derechos", "grupos")),
    (
        "para-quien",
        _("Quién puede recibirlo"),
        (
            ("edad_min_meses", "edad_max_meses", "sexo"),
            ("residencia", "residencia_detalle"),
            "alcaldias",
        ),
    ),
    (
        "dinero",
        _("Presupuesto y fechas"),
        (
            ("presupuesto_aprobado", "presupuesto_ejercido", "presupuesto_fuente"),
            "presupuesto_trimestres",
            ("facilitadores_total", "facilitadores_monto"),
            ("fecha_inicio", "fecha_fin"),
        ),
    ),
    ("acceso", _("Acceso y quejas"), ("como_solicitar", "acceso_simultaneo", "queja", "notas")),
    ("publicacion", _("Publicación"), ("enlace", "edicion_abierta")),
)


def _campos() -> list[str]:
    """Los del modelo, en el orden de las secciones; unos vienen agrupados en un renglón."""
    agrupados = [c for _ancla, _titulo, campos in SECCIONES for c in campos]
    sueltos = [c for grupo in agrupados for c in (grupo if isinstance(grupo, tuple) else (grupo,))]
    return [c for c in sueltos if c != "edicion_abierta"]


class ReglaForm(forms.ModelForm):
    """Lleva la edición que se abrió: si otra persona guardó después, lo dice y no encima."""

    edicion_abierta = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = ReglaOperacion
        fields = _campos()
        widgets = {
            "resumen": forms.Textarea(attrs={"rows": 3}),
            "a_quien": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "edicion_abierta" in self.fields:
            self.fields["edicion_abierta"].initial = self.instance.edicion

    def clean_edicion_abierta(self) -> int | None:
        abierta = self.cleaned_data["edicion_abierta"]
        if self.instance.pk is None:
            return None
        actual = ReglaOperacion.objects.values_list("edicion", flat=True).get(pk=self.instance.pk)
        if abierta != actual:
            raise forms.ValidationError(
                _(
                    "Otra persona guardó esta regla mientras la tenías abierta. Lo tuyo sigue en "
                    "esta página y no se ha guardado: ábrela en otra pestaña, compara y vuelve a "
                    "escribir ahí tus cambios."
                )
            )
        return abierta


class ReglaNuevaForm(forms.ModelForm):
    """Lo mínimo para empezar la regla de un año; lo demás se captura después."""

    class Meta:
        model = ReglaOperacion
        fields = ("programa", "ejercicio", "nombre", "dependencia")


class PublicarForm(forms.Form):
    """Los datos de la Gaceta con que la regla pasa al portal."""

    gaceta_numero = forms.CharField(label=_("Número de Gaceta"), max_length=20)
    gaceta_fecha = forms.DateField(
        label=_("Fecha de Gaceta"), widget=forms.DateInput(attrs={"type": "date"})
    )
    coplade_acuerdo = forms.CharField(
        label=_("Acuerdo de COPLADE"),
        max_length=40,
        required=False,
        help_text=_("Solo programas sociales, por ejemplo COPLADE/SO/I/13/2022."),
    )
    vigente_desde = forms.DateField(
        label=_("Rige desde"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_(
            "Vacío: desde la fecha de la Gaceta. Si aún no llega, la anterior sigue rigiendo."
        ),
    )
    visto = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
