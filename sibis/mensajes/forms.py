"""Lo que se escribe en un hilo. Un error dice qué corregir y conserva lo tecleado."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.models import Dependencia, Usuario
from sibis.mensajes.consultas.bandeja import FiltrosDeBandeja, Ver
from sibis.mensajes.consultas.busqueda import MAXIMO_DE_CARACTERES
from sibis.mensajes.consultas.quienes import Destinatarios
from sibis.mensajes.models import Disposicion
from sibis.mensajes.models.hilo import LARGO_DE_ASUNTO
from sibis.mensajes.models.mensaje import LARGO_DE_TEXTO
from sibis.mensajes.servicios.adjuntos import Subido
from sibis.mensajes.servicios.requisitos import aviso_de_dato_personal
from sibis.mensajes.texto import en_un_renglon, limpio, nombrados


class VariosArchivos(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/input.html"


class CampoDeArchivos(forms.FileField):
    widget = VariosArchivos

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Cada uno por separado; ninguno es una lista vacía."""
        subidos = data if isinstance(data, list | tuple) else [data]
        return [super(CampoDeArchivos, self).clean(s, initial) for s in subidos if s]


class MensajeForm(forms.Form):
    texto = forms.CharField(
        label=_("Mensaje"),
        max_length=LARGO_DE_TEXTO,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("No escribas CURP, CLABE ni correos. Para nombrar a alguien: @ y su usuario."),
    )
    mencionar = forms.CharField(
        label=_("Mencionar a"),
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"list": "quienes-lo-leen", "autocomplete": "off"}),
        help_text=_("Le llega un aviso aparte. Solo a quien ya puede leer este hilo."),
    )
    archivos = CampoDeArchivos(
        label=_("Adjuntar archivos"),
        required=False,
        help_text=_(
            "Hasta cinco: PDF, Word, Excel, PowerPoint, OpenDocument, texto o imagen. Sin macros."
        ),
    )
    llave = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("llave", str(uuid.uuid4()))

    def clean_texto(self) -> str:
        return sin_datos_personales(
            limpio(self.cleaned_data["texto"]), vacio=_("Escribe el mensaje.")
        )

    def clean_llave(self) -> uuid.UUID:
        """Sin una llave legible el envío es único: no se deja de escribir por eso."""
        with contextlib.suppress(ValueError):
            return uuid.UUID(self.cleaned_data["llave"])
        return uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        """Quien se eligió en «Mencionar a» queda dicho en el texto, para que el hilo se entienda solo."""
        datos = super().clean() or {}
        texto = datos.get("texto", "")
        pedido = datos.get("mencionar", "").strip().removeprefix("@")
        faltan = [u for u in nombrados(f"@{pedido}") if u not in nombrados(texto)]
        if texto and faltan:
            datos["texto"] = f"@{faltan[0]} {texto}"
        return datos

    @property
    def subidos(self) -> Sequence[Subido]:
        return [
            Subido(a.name or "", a.size or 0, a.file) for a in self.cleaned_data.get("archivos", [])
        ]


class NuevoHiloForm(MensajeForm):
    organos = forms.ModelMultipleChoiceField(
        label=_("Órganos"),
        queryset=Dependencia.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Elige al menos un órgano o una persona. Un órgano es quien hoy esté adscrito ahí y pueda "
            "escribir."
        ),
    )
    personas = forms.ModelMultipleChoiceField(
        label=_("Personas"),
        queryset=Usuario.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Solo esa persona, aunque cambie de función."),
    )
    asunto = forms.CharField(label=_("Asunto"), max_length=LARGO_DE_ASUNTO)
    field_order = ("organos", "personas", "asunto", "texto", "archivos", "llave")

    def __init__(self, *args: Any, posibles: Destinatarios, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["mencionar"]  # todavía no hay quién lo lea
        organos, personas = self.fields["organos"], self.fields["personas"]
        organos.queryset = Dependencia.objects.filter(pk__in=[o.pk for o in posibles.organos])
        organos.label_from_instance = lambda o: o.nombre_actual
        casas = {u.pk: organo for u, organo in posibles.personas}
        personas.queryset = Usuario.objects.filter(pk__in=casas)
        personas.label_from_instance = lambda u: f"{u.username} ({casas[u.pk]})"

    def clean_asunto(self) -> str:
        return sin_datos_personales(
            en_un_renglon(self.cleaned_data["asunto"]), vacio=_("Escribe de qué trata.")
        )

    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        elegibles = {"organos", "personas"} - set(self.errors)
        if len(elegibles) == 2 and not datos.get("organos") and not datos.get("personas"):
            self.add_error("organos", _("Elige a quién le escribes: un órgano o una persona."))
        return datos


def sin_datos_personales(texto: str, *, vacio: Any) -> str:
    """El texto, si se puede guardar; si no, la oración de qué usar en su lugar."""
    if not texto:
        raise forms.ValidationError(vacio)
    if aviso := aviso_de_dato_personal(texto):
        raise forms.ValidationError(aviso)
    return texto


class BandejaForm(forms.Form):
    """Una dirección que nadie pudo teclear a propósito se lee como si no dijera nada."""

    ver = forms.ChoiceField(choices=[(v.value, v.value) for v in Ver], required=False)
    organo = forms.SlugField(max_length=40, required=False)
    q = forms.CharField(required=False)
    pagina = forms.IntegerField(min_value=1, max_value=100_000, required=False)

    @property
    def filtros(self) -> FiltrosDeBandeja:
        self.is_valid()
        datos = self.cleaned_data
        return FiltrosDeBandeja(
            ver=Ver(datos.get("ver") or ""),
            organo=datos.get("organo") or "",
            q=(datos.get("q") or "")[:MAXIMO_DE_CARACTERES],
            pagina=datos.get("pagina") or 1,
        )


class HastaForm(forms.Form):
    hasta = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class DisposicionForm(forms.Form):
    decision = forms.ChoiceField(label=_("Qué se hará"), choices=Disposicion.Decision.choices)
    motivo = forms.CharField(label=_("Motivo"), max_length=500)
