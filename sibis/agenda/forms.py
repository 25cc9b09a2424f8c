"""Lo que se pide en las páginas de la agenda."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sibis.agenda.consultas.agenda import ABIERTOS, Filtros
from sibis.agenda.costuras import comprobadores
from sibis.agenda.estados import EstadoVencimiento
from sibis.agenda.models import Obligacion, Vencimiento
from sibis.cuentas.models import Dependencia
from sibis.cuentas.permisos import Ambito

_DEL_DIA = {"type": "date"}
_SIN_DATOS = _("No escribas datos personales: queda en la bitácora.")


class MesField(forms.Field):
    """«2026-11»."""

    def to_python(self, value: Any) -> datetime.date | None:
        if not value:
            return None
        if not re.fullmatch(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])", value):
            raise ValidationError(_("El mes se escribe «2026-11»."))
        return datetime.date.fromisoformat(f"{value}-01")


class AgendaForm(forms.Form):
    """Los filtros. Solo ofrece dependencias de su ámbito: las demás no existen."""

    estado = forms.ChoiceField(label=_("Estado"), required=False)
    dependencia = forms.ModelChoiceField(
        Dependencia.objects.none(), label=_("Dependencia"), required=False, empty_label=_("Todas")
    )
    obligacion = forms.ModelChoiceField(
        Obligacion.objects.all(), label=_("Obligación"), required=False, empty_label=_("Todas")
    )
    ejercicio = forms.TypedChoiceField(
        label=_("Ejercicio"), required=False, coerce=int, empty_value=None
    )
    mes = MesField(required=False, widget=forms.HiddenInput)
    dia = forms.DateField(required=False, widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])

    def __init__(self, *args: Any, ambito: Ambito, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        suyos = Vencimiento.objects.del_ambito(ambito)
        self.fields["estado"].choices = [
            ("", _("Por cumplir")),
            *((e.value, e.label.capitalize()) for e in EstadoVencimiento),
        ]
        con_plazos = suyos.order_by().values("dependencia")
        self.fields["dependencia"].queryset = Dependencia.objects.filter(pk__in=con_plazos)
        anios = suyos.order_by("-ejercicio").values_list("ejercicio", flat=True).distinct()
        self.fields["ejercicio"].choices = [("", _("Todos")), *((a, a) for a in anios)]
        if not ambito.todas and len(ambito.dependencias) < 2:
            self.fields["dependencia"].widget = forms.HiddenInput()

    def clean_dia(self) -> datetime.date | None:
        """Un día sin mes antes o después no cabe en la cuadrícula."""
        dia: datetime.date | None = self.cleaned_data["dia"]
        if dia is not None and not 1900 <= dia.year < 2100:
            raise ValidationError(_("Ese día no está en la agenda."))
        return dia

    def filtros(self) -> Filtros:
        datos = self.cleaned_data
        return Filtros(
            estado=datos["estado"] or ABIERTOS,
            dependencia=datos["dependencia"].pk if datos["dependencia"] else None,
            obligacion=datos["obligacion"].pk if datos["obligacion"] else None,
            ejercicio=datos["ejercicio"],
            mes=datos["mes"],
            dia=datos["dia"],
        )


class PedirProrrogaForm(forms.Form):
    hasta = forms.DateField(
        label=_("Hasta qué día"),
        widget=forms.DateInput(attrs=_DEL_DIA, format="%Y-%m-%d"),
        error_messages={"required": _("Di hasta qué día lo necesitas.")},
    )
    motivo = forms.CharField(
        label=_("Por qué hace falta"),
        error_messages={"required": _("Escribe por qué: quien decide no lo sabe.")},
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_SIN_DATOS,
    )


class DecidirForm(forms.Form):
    """La razón se exige al negar; al conceder se puede decir."""

    razon = forms.CharField(
        label=_("Razón"),
        error_messages={"required": _("Para negar hay que decir por qué.")},
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("La leerá la dependencia. No escribas datos personales."),
    )

    def __init__(self, *args: Any, con_razon: bool, obligada: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["razon"].required = obligada
        if not con_razon:
            del self.fields["razon"]


class AnotarForm(forms.Form):
    el = forms.DateField(
        label=_("Qué día se cumplió"),
        error_messages={"required": _("Di qué día se cumplió.")},
        widget=forms.DateInput(attrs=_DEL_DIA, format="%Y-%m-%d"),
    )
    que = forms.CharField(
        label=_("Con qué"),
        error_messages={"required": _("Di con qué: la Gaceta, el oficio o dónde se publicó.")},
        max_length=300,
        help_text=_("«Gaceta 1,234», «oficio 45/2026». No escribas datos personales."),
    )
    url = forms.URLField(label=_("Dónde se puede ver"), required=False, max_length=500)

    def clean_el(self) -> datetime.date:
        dia = self.cleaned_data["el"]
        if dia > timezone.localdate():
            raise ValidationError(_("Ese día todavía no llega."))
        return dia


class DesanotarForm(forms.Form):
    motivo = forms.CharField(
        label=_("Motivo"),
        error_messages={"required": _("Escribe por qué se quita.")},
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_SIN_DATOS,
    )


class AnioForm(forms.Form):
    """De qué año se miran los atrasos."""

    anio = forms.TypedChoiceField(label=_("Año"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, anios: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["anio"].choices = [("", "—"), *((a, a) for a in anios)]


class ObligacionForm(forms.ModelForm):
    """La clave de lo que la cumple es una de las que el sistema sabe comprobar, o ninguna."""

    cumple = forms.ChoiceField(
        label=_("qué la cumple"),
        required=False,
        help_text=_("Si nada de esto, alguien de SIBISO anota cuándo se cumplió."),
    )

    class Meta:
        model = Obligacion
        fields = "__all__"  # noqa: DJ007 (el admin dice cuáles, por secciones)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "cumple" not in self.fields:
            return
        conocidas = sorted({*comprobadores(), self.instance.cumple} - {""})
        self.fields["cumple"].choices = [
            ("", _("Lo anota una persona")),
            *((c, c.replace("_", " ").capitalize()) for c in conocidas),
        ]
