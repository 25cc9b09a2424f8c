"""Buscar a una persona, anotar lo que pasó con su apoyo, y anotar muchas a la vez."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from padron.consultas.historia_de_entregas import Historia
from padron.forms.campos_de_entregas import dia
from padron.importacion.listas_de_entrega import claves_de
from padron.models import LoteDeEntregas, Recibe
from padron.servicios.entregas import Anotacion

TOPE_DE_ARCHIVO = 4_000_000
_Que = LoteDeEntregas.Que


class BuscarPersonaForm(forms.Form):
    clave = forms.CharField(
        label=gettext_lazy("Folio o CURP"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class AnotarForm(forms.Form):
    """Cuál es la persona va en campos escondidos, por su número: ni su CURP ni su nombre."""

    registro = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)
    carga = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)
    visto = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=30_000)
    paso = forms.ChoiceField(label=gettext_lazy("Qué pasó"), widget=forms.RadioSelect)
    fecha = dia(gettext_lazy("Qué día"))
    monto = forms.DecimalField(
        label=gettext_lazy("Monto entregado"),
        max_digits=14,
        decimal_places=2,
        min_value=0,
        required=False,
    )
    recibe = forms.ChoiceField(label=gettext_lazy("Quién recibió"), choices=Recibe.choices)
    motivo = forms.CharField(
        label=gettext_lazy("Por qué"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Hace falta si se devolvió, si se entregó otra vez o si es más de lo que dice el padrón. "
            "Sin nombres ni claves de nadie."
        ),
    )

    def __init__(self, *args: Any, historia: Historia, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"id_{historia.registro.pk}_%s", **kwargs)
        self.fields["paso"].choices = [(t.nombre, _rotulo(t.boton)) for t in historia.pasos]  # type: ignore[attr-defined]
        if not historia.jornada.instrumento.lleva_monto or historia.estado in {
            *("entregada", "reentregada")
        }:
            del self.fields["monto"]
        self.initial = {
            "registro": historia.registro.pk,
            "carga": historia.registro.carga_id,
            "visto": historia.cuantas,
            "fecha": timezone.localdate(),
            "monto": historia.monto,
            "paso": historia.pasos[0].nombre,
        }

    def anotacion(self) -> Anotacion:
        datos = self.cleaned_data
        return Anotacion(
            paso=datos["paso"],
            fecha=datos["fecha"],
            monto=datos.get("monto"),
            motivo=datos["motivo"],
            recibe=datos["recibe"],
            visto=datos["visto"],
        )


def _rotulo(boton: str) -> str:
    """«anotar que se entregó» se lee «Se entregó» junto a su botón redondo."""
    return boton.removeprefix("anotar que ").capitalize()


class LoteForm(forms.Form):
    que = forms.ChoiceField(
        label=gettext_lazy("Qué pasó"),
        widget=forms.RadioSelect,
        choices=[(v, str(n).capitalize()) for v, n in _Que.choices if v != _Que.DESHACER_LOTE],
        initial=_Que.TODAS_MENOS,
    )
    fecha = dia(gettext_lazy("Qué día"))
    lista = forms.CharField(
        label=gettext_lazy("Folios o CURP, uno por renglón"),
        required=False,
        max_length=TOPE_DE_ARCHIVO,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Se pueden pegar desde una hoja de cálculo: solo se lee la primera columna. No se guardan."
        ),
    )
    archivo = forms.FileField(label=gettext_lazy("O un archivo de texto o CSV"), required=False)
    motivo = forms.CharField(
        label=gettext_lazy("Por qué"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Hace falta si se devuelve. Sin nombres ni claves de nadie."),
    )

    def clean_archivo(self) -> str:
        subido: UploadedFile | None = self.cleaned_data["archivo"]
        if subido is None:
            return ""
        if subido.size > TOPE_DE_ARCHIVO:
            raise forms.ValidationError(_("El archivo pasa de 4 MB: trae más que una lista."))
        crudo = subido.read()
        if b"\x00" in crudo:
            raise forms.ValidationError(
                _("No es un archivo de texto. Guárdalo como CSV (UTF-8) o pega la columna arriba.")
            )
        try:
            return crudo.decode("utf-8-sig")
        except UnicodeDecodeError:
            return crudo.decode("cp1252", errors="replace")

    def claves(self) -> list[str]:
        return claves_de(f"{self.cleaned_data['lista']}\n{self.cleaned_data['archivo']}")


class DeshacerForm(forms.Form):
    motivo = forms.CharField(
        label=gettext_lazy("Por qué se deshace"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Queda junto a cada devolución. Sin nombres ni claves de nadie."),
    )
