"""Lo que se escribe en una revisión, y lo que se le pide a sus páginas."""

from __future__ import annotations

from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.models import Usuario
from sibis.nucleo.estados import Transicion
from sibis.revision.consultas.tablero import Filtros
from sibis.revision.estados import ClaseObservacion

LARGO = 4000


def _parrafo(etiqueta: Any, *, renglones: int = 3, **opciones: Any) -> forms.CharField:
    return forms.CharField(
        label=etiqueta,
        max_length=LARGO,
        widget=forms.Textarea(attrs={"rows": renglones}),
        **opciones,
    )


class VistaForm(forms.Form):
    """Lo que se puede pedir en la dirección; lo que no se entiende se toma como si no viniera."""

    contra = forms.CharField(required=False, max_length=12)
    campo = forms.CharField(required=False, max_length=120)
    cerradas = forms.BooleanField(required=False)

    def limpios(self) -> dict[str, Any]:
        self.is_valid()
        return {
            "contra": self.cleaned_data.get("contra", ""),
            "campo": self.cleaned_data.get("campo") or None,
            "cerradas": bool(self.cleaned_data.get("cerradas")),
        }


class ObservacionForm(forms.Form):
    texto = _parrafo(
        _("Qué hay que corregir"),
        help_text=_("Dilo en una o dos oraciones. No escribas datos personales."),
    )
    clase = forms.ChoiceField(label=_("Qué es"), choices=ClaseObservacion)
    campo = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)


class RespuestaForm(forms.Form):
    texto = _parrafo(_("Respuesta"), renglones=2)


class PasoForm(forms.Form):
    """Cualquier paso: el motivo si la tabla lo pide, y el último paso que tenía la página."""

    motivo = _parrafo(_("Motivo"), renglones=4)
    visto = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, transicion: Transicion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if transicion.dictamina:
            self.fields["motivo"].label = _("Consideraciones del dictamen")
            self.fields["motivo"].required = transicion.exige_motivo
            self.fields["motivo"].help_text = _("Van en el documento firmado.")
        elif transicion.exige_motivo:
            self.fields["motivo"].help_text = _(
                "Lo leerá la dependencia y queda guardado. No escribas datos personales."
            )
        else:
            del self.fields["motivo"]


class ReasignarForm(forms.Form):
    a = forms.ModelChoiceField(label=_("Pasar a"), queryset=Usuario.objects.none())

    def __init__(self, *args: Any, quienes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["a"].queryset = quienes  # type: ignore[attr-defined]


class ExcepcionForm(forms.Form):
    paso = forms.CharField(max_length=30, widget=forms.HiddenInput)
    fundamento = forms.CharField(
        label=_("Fundamento legal"),
        max_length=300,
        help_text=_("Norma y artículo: salud, educación o protección civil, por ejemplo."),
    )
    razon = _parrafo(_("Por qué procede"))


LIMITE = 5_000_000


class ComprobarForm(forms.Form):
    """Un archivo, de a lo más LIMITE bytes. Se mira y se olvida: no se guarda."""

    archivo = forms.FileField(
        label=_("El PDF que tienes"),
        help_text=_("Solo se compara: no se guarda ni se le enseña a nadie."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        allow_empty_file=True,
        error_messages={"required": _("Elige el archivo que quieres comprobar.")},
    )

    def clean_archivo(self) -> object:
        archivo = self.cleaned_data["archivo"]
        if archivo.size > LIMITE:
            raise forms.ValidationError(muy_grande())
        return archivo


def muy_grande() -> str:
    return gettext(
        "El archivo pasa de %(tope)s. Ningún dictamen pesa tanto: no es uno nuestro."
    ) % {"tope": filesizeformat(LIMITE)}


class TableroForm(forms.Form):
    """Los filtros del tablero. Lo que no se entiende no filtra: es una dirección mal copiada."""

    instancia = forms.CharField(required=False)
    dependencia = forms.IntegerField(required=False)
    revisor = forms.CharField(required=False)
    atrasadas = forms.BooleanField(required=False)
    pagina = forms.IntegerField(required=False)

    def filtros(self) -> Filtros:
        self.full_clean()
        datos = self.cleaned_data
        return Filtros(
            instancia=datos.get("instancia") or "",
            dependencia=datos.get("dependencia"),
            revisor=datos.get("revisor") or "",
            solo_atrasadas=bool(datos.get("atrasadas")),
        )

    @property
    def numero(self) -> int:
        return self.cleaned_data.get("pagina") or 1
