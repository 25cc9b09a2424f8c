"""La página en que se escribe un informe: cifras, metas y un archivo a la vez."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from presupuesto.consultas.fechas_de_informe import ultimo_cerrado
from presupuesto.forms.cifras import CifraField, EnteroField
from presupuesto.models import InformeDeAvance, RenglonDeAvance, Trimestre
from presupuesto.models.evidencia import TIPOS_DE_EVIDENCIA
from presupuesto.models.resguardos import IMPORTES
from programas.models import Programa
from sibis.archivos.tipos import tipo_de
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, ambito
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.revision.servicios.pasos import exigir_texto_publicable

PERSONAS = ("personas", "mujeres", "hombres", "otro_sexo")
EXPLICACIONES = ("explicacion_del_gasto", "explicacion_de_egresos")


class SinDatosPersonales(forms.ModelForm):
    """Lo que se escribe se publica: la CURP o el correo de alguien se detiene aquí, en su campo."""

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        for campo, valor in datos.items():
            if isinstance(valor, str):
                try:
                    exigir_texto_publicable(valor)
                except ErrorDeNegocio as error:
                    self.add_error(campo, error.mensaje)
        return datos

    def guardar(self) -> None:
        """Solo lo que cambió: la edición y el estado los mueve el servicio."""
        columnas = {c.name for c in self.instance._meta.concrete_fields}
        suyas = [c for c in self.changed_data if c in columnas]
        if suyas:
            self.instance.save(update_fields=suyas)


def _campo(campo: models.Field, **opciones: Any) -> forms.Field | None:
    if isinstance(campo, models.DecimalField):
        return campo.formfield(form_class=CifraField, **opciones)
    if isinstance(campo, models.PositiveIntegerField):
        return EnteroField(
            required=False,
            label=capfirst(campo.verbose_name),
            help_text=campo.help_text,
            **opciones,
        )
    if isinstance(campo, models.TextField):
        opciones["widget"] = forms.Textarea(attrs={"rows": 3})
        opciones["max_length"] = 4000
    return campo.formfield(**opciones)


class InformeForm(SinDatosPersonales):
    edicion_abierta = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = InformeDeAvance
        fields = (*IMPORTES, *EXPLICACIONES, *PERSONAS)
        formfield_callback = _campo

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edicion_abierta"].initial = self.instance.edicion


class RenglonForm(SinDatosPersonales):
    class Meta:
        model = RenglonDeAvance
        fields = (
            "programada",
            "alcanzada",
            "explicacion",
            "meta_modificada",
            "motivo_de_modificacion",
            "fuente_de_modificacion",
        )
        formfield_callback = _campo

    def clean(self) -> dict[str, Any]:
        """Una meta de otro informe no entra aquí, ni en lugar de la que toca."""
        if "id" in self.changed_data:
            raise forms.ValidationError(_("Esa meta es de otro informe: vuelve a abrir la página."))
        return super().clean()


RenglonesFormSet = forms.modelformset_factory(RenglonDeAvance, form=RenglonForm, extra=0)


class EvidenciaForm(forms.Form):
    """Un archivo por guardado, con lo que es; sin archivo no pide nada."""

    archivo = forms.FileField(label=_("Archivo"), required=False)
    descripcion = forms.CharField(
        label=_("Qué es"),
        max_length=200,
        required=False,
        help_text=_("Por ejemplo: «Acta de entrega de 320 apoyos, 14 de noviembre»."),
    )
    renglon = forms.ModelChoiceField(
        RenglonDeAvance.objects.none(),
        label=_("Qué sostiene"),
        required=False,
        empty_label=_("El gasto"),
    )

    def __init__(self, *args: Any, informe: InformeDeAvance, **kwargs: Any) -> None:
        super().__init__(*args, prefix="evidencia", **kwargs)
        elegir = self.fields["renglon"]
        elegir.queryset = informe.renglones.select_related("meta").order_by("orden")  # type: ignore[attr-defined]
        elegir.label_from_instance = _nombre_de_meta  # type: ignore[attr-defined]
        self.fields["archivo"].help_text = _(
            "PDF, documento de oficina, texto o imagen, de hasta %(mb)s MB. Sin nombres, CURP, caras ni "
            "domicilios de nadie."
        ) % {"mb": settings.EVIDENCIA_LIMITE // 1_000_000}

    def clean_archivo(self) -> UploadedFile | None:
        subido: UploadedFile | None = self.cleaned_data["archivo"]
        if subido is None:
            return None
        if subido.size > settings.EVIDENCIA_LIMITE:
            raise forms.ValidationError(
                _("El archivo pasa de %(mb)s MB, que es el máximo."),
                params={"mb": settings.EVIDENCIA_LIMITE // 1_000_000},
            )
        if tipo_de(subido.file) not in TIPOS_DE_EVIDENCIA:
            raise forms.ValidationError(
                _(
                    "Por dentro no es un PDF, un documento de oficina, un texto ni una imagen. Se "
                    "mira el contenido, no el nombre."
                )
            )
        return subido

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        if datos.get("archivo") and not datos.get("descripcion", "").strip():
            self.add_error("descripcion", _("Escribe qué es el archivo y vuelve a elegirlo."))
        elif datos.get("descripcion", "").strip() and not datos.get("archivo") and not self.errors:
            self.add_error("archivo", _("Elige el archivo."))
        return datos


def _nombre_de_meta(renglon: RenglonDeAvance) -> str:
    return f"{renglon.orden}. {renglon.meta.descripcion or renglon.unidad}"


class AbrirInformeForm(forms.Form):
    """Qué trimestre de qué programa. Llega propuesto el último que cerró."""

    programa = forms.ModelChoiceField(
        Programa.objects.none(), label=_("Programa"), empty_label=_("Elige uno")
    )
    ejercicio = forms.IntegerField(label=_("Año"), min_value=2000, max_value=2100)
    trimestre = forms.TypedChoiceField(
        label=_("Acumulado de"), coerce=int, choices=Trimestre.choices
    )
    copiar = forms.BooleanField(
        label=_("Traer del trimestre anterior las metas modificadas y el presupuesto"),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, quien: Usuario, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        donde = ambito(quien, Permiso.AVANCE_CAPTURAR)
        self.fields["programa"].queryset = Programa.objects.del_ambito(donde).order_by("nombre")  # type: ignore[attr-defined]
        ejercicio, trimestre = ultimo_cerrado(timezone.localdate())
        self.fields["ejercicio"].initial = ejercicio
        self.fields["trimestre"].initial = trimestre


class CorreccionForm(forms.Form):
    razon = forms.CharField(
        label=_("Por qué se corrige"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Se publica junto a la cifra corregida; la anterior sigue a la vista."),
    )
