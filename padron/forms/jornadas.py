"""Planear jornadas por letras, cambiarlas y darles un paso."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from padron import letras
from padron.forms.campos_de_entregas import CentroField, dia, hora
from padron.models import InstrumentoDeEntrega, JornadaDeEntrega
from padron.models.opciones import PERIODO_VALIDO
from programas.models import Programa
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, ambito
from sibis.territorio.models import Alcaldia

_DEL_LUGAR = ("centro", "lugar", "hora_desde", "hora_hasta", "alcaldias", "cupo", "notas")
_DE_DESPUES = (
    *("tardia_desde", "tardia_hasta", "tardia_hora_desde", "tardia_hora_hasta"),
    *("tardia_centro", "tardia_lugar", "tardia_documento"),
)
_DE_LO_QUE_SE_DA = ("periodo", "ministracion", "apoyo", "instrumento", "monto", "especie")


class CamposDeJornada(forms.Form):
    """Lo que se puede decir de una jornada sin decir de qué letras ni de qué día es."""

    instrumento = forms.ModelChoiceField(
        InstrumentoDeEntrega.objects.none(),
        label=gettext_lazy("Con qué se entrega"),
        empty_label=gettext_lazy("Elige uno"),
    )
    monto = forms.DecimalField(
        label=gettext_lazy("Monto para cada quien"),
        max_digits=14,
        decimal_places=2,
        min_value=0,
        required=False,
        help_text=gettext_lazy("Vacío: el que dice el padrón de cada persona."),
    )
    especie = forms.CharField(
        label=gettext_lazy("Qué se entrega, si no es dinero"), max_length=200, required=False
    )
    apoyo = forms.CharField(
        label=gettext_lazy("Qué parte del apoyo"),
        max_length=80,
        required=False,
        help_text=gettext_lazy(
            "Solo si no es el apoyo mismo: «tarjeta», si el dinero llega después."
        ),
    )
    ministracion = forms.IntegerField(
        label=gettext_lazy("Ministración"),
        min_value=0,
        max_value=60,
        required=False,
        help_text=gettext_lazy("Cuál pago es: 1, 2, 3… Vacío si solo hay uno."),
    )
    periodo = forms.CharField(
        label=gettext_lazy("Periodo del padrón"),
        max_length=5,
        required=False,
        validators=[PERIODO_VALIDO],
        help_text=gettext_lazy("«t1», «m03»… Vacío: todas las cargas del año."),
    )
    centro = CentroField(label=gettext_lazy("Centro"), required=False)
    lugar = forms.CharField(
        label=gettext_lazy("Lugar, si no es un centro"), max_length=300, required=False
    )
    hora_desde = hora(gettext_lazy("De las"))
    hora_hasta = hora(gettext_lazy("A las"))
    alcaldias = forms.MultipleChoiceField(
        label=gettext_lazy("Solo para quienes viven en"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Ninguna marcada: toda la ciudad."),
    )
    cupo = forms.IntegerField(
        label=gettext_lazy("Cupo"), min_value=1, max_value=1_000_000, required=False
    )
    notas = forms.CharField(
        label=gettext_lazy("Qué llevar y qué saber"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Se publica."),
    )
    tardia_desde = dia(gettext_lazy("Quien no llegó puede ir desde"), required=False)
    tardia_hasta = dia(gettext_lazy("y hasta"), required=False)
    tardia_hora_desde = hora(gettext_lazy("De las"))
    tardia_hora_hasta = hora(gettext_lazy("A las"))
    tardia_centro = CentroField(
        label=gettext_lazy("En otro centro"),
        required=False,
        help_text=gettext_lazy("Vacío: en el mismo lugar."),
    )
    tardia_lugar = forms.CharField(
        label=gettext_lazy("O en este otro lugar"), max_length=300, required=False
    )
    tardia_documento = forms.CharField(
        label=gettext_lazy("Documento que se pide además"), max_length=200, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        vigentes = InstrumentoDeEntrega.objects.vigentes()
        self.fields["instrumento"].queryset = vigentes  # type: ignore[attr-defined]
        self.fields["alcaldias"].choices = list(  # type: ignore[attr-defined]
            Alcaldia.objects.order_by("nombre").values_list("clave", "nombre")
        )

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        if bool(datos.get("centro")) == bool(datos.get("lugar")) and "centro" not in self.errors:
            self.add_error("centro", _("Escribe un centro, o el lugar: uno de los dos."))
        if bool(datos.get("tardia_desde")) != bool(datos.get("tardia_hasta")):
            self.add_error("tardia_hasta", _("Di de qué día a qué día puede ir quien no llegó."))
        datos["ministracion"] = datos.get("ministracion") or 0
        return datos

    def comun(self) -> dict[str, Any]:
        return {c: self.cleaned_data[c] for c in (*_DE_LO_QUE_SE_DA, *_DEL_LUGAR, *_DE_DESPUES)}


class CrearJornadasForm(CamposDeJornada):
    """De la A a la Z en tantos días; una jornada planeada por tramo."""

    programa = forms.ModelChoiceField(
        Programa.objects.none(),
        label=gettext_lazy("Programa"),
        empty_label=gettext_lazy("Elige uno"),
    )
    ejercicio = forms.IntegerField(label=gettext_lazy("Año"), min_value=2000, max_value=2100)
    primer_dia = dia(gettext_lazy("Primer día"))
    grupos = forms.IntegerField(
        label=gettext_lazy("En cuántos grupos se divide de la A a la Z"),
        min_value=1,
        max_value=len(letras.ALFABETO),
        initial=1,
        help_text=gettext_lazy(
            "Se reparten parejos, según cuántas personas hay por letra en el padrón."
        ),
    )
    dias = forms.IntegerField(
        label=gettext_lazy("Días hábiles para cada grupo"), min_value=1, max_value=30, initial=1
    )
    field_order = ("programa", "ejercicio", "primer_dia", "grupos", "dias")

    def __init__(self, *args: Any, quien: Usuario, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        donde = ambito(quien, Permiso.PADRON_CARGAR)
        suyos = Programa.objects.filter(
            donde.filtro() | donde.filtro("reglas__dependencia")
        ).distinct()
        self.fields["programa"].queryset = suyos.order_by("nombre")  # type: ignore[attr-defined]
        self.fields["ejercicio"].initial = timezone.localdate().year


class CambiarJornadaForm(CamposDeJornada):
    desde = dia(gettext_lazy("Desde"))
    hasta = dia(gettext_lazy("Hasta"))
    letra_desde = forms.ChoiceField(
        label=gettext_lazy("Primer apellido, de la"), choices=[(x, x) for x in letras.ALFABETO]
    )
    letra_hasta = forms.ChoiceField(
        label=gettext_lazy("a la"), choices=[(x, x) for x in letras.ALFABETO]
    )
    field_order = ("desde", "hasta", "letra_desde", "letra_hasta")

    @classmethod
    def de(cls, jornada: JornadaDeEntrega, datos: Mapping[str, Any] | None) -> CambiarJornadaForm:
        return cls(datos, initial={c: getattr(jornada, c) for c in cls.base_fields})

    def cambios(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class PasoDeJornadaForm(forms.Form):
    """Publicar no pide nada; cancelar, por qué."""

    motivo = forms.CharField(
        label=gettext_lazy("Por qué"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("La gente lo lee en lugar de la dirección."),
    )

    def __init__(self, *args: Any, pide_motivo: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not pide_motivo:
            del self.fields["motivo"]
