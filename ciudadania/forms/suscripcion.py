"""Lo que alguien escribe para recibir avisos, y los filtros de un calendario."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import slug_re, validate_email
from django.utils.translation import gettext_lazy as _

from ciudadania.consultas.alcance import FACETAS_DE_PERFIL, VALORES_POR_FACETA
from ciudadania.estados import Motivo
from programas.consultas.filtros import FACETAS, Opciones
from programas.consultas.vocablos import vocablo
from programas.models import Programa

LARGO_DE_CORREO = 254
# Lo que un buzón de verdad lleva antes de la arroba; fuera comillas, espacios y saltos de renglón.
_BUZON = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")


def correo_canonico(escrito: str) -> str:
    """La dirección como se manda: dominio en minúsculas y, si lleva acentos, en ASCII (IDNA)."""
    limpio = unicodedata.normalize("NFKC", escrito).strip()
    buzon, arroba, dominio = limpio.rpartition("@")
    if not arroba or not _BUZON.fullmatch(buzon):
        raise ValidationError(_("Escribe tu correo completo, como nombre@ejemplo.mx."))
    try:
        correo = f"{buzon}@{dominio.encode('idna').decode('ascii').lower()}"
    except UnicodeError as error:
        raise ValidationError(_("Lo que va después de la arroba no es un dominio.")) from error
    if len(correo) > LARGO_DE_CORREO:
        raise ValidationError(_("Ese correo es demasiado largo."))
    validate_email(correo)
    return correo


class CorreoField(forms.CharField):
    widget = forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"})

    def clean(self, valor: Any) -> str:
        escrito = super().clean(valor)
        return correo_canonico(escrito) if escrito else ""


class _UnaOVarias(forms.Select):
    """Un menú, que también admite varias opciones si llegaron en la dirección."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        leer = getattr(data, "getlist", None)
        valores = leer(name) if leer else data.get(name, [])
        return [v for v in valores if v]


class ProgramaField(forms.ModelChoiceField):
    """Por su dirección pública. Lo que no puede ser una ni se pregunta a la base."""

    def to_python(self, valor: Any) -> Programa | None:
        if valor in self.empty_values:
            return None
        if not isinstance(valor, str) or not slug_re.match(valor):
            raise ValidationError(self.error_messages["invalid_choice"])
        return super().to_python(valor)


class AlcanceForm(forms.Form):
    """Un programa, o los filtros del buscador. Lo desconocido se ignora; lo malo se dice."""

    programa = ProgramaField(
        Programa.objects.publicados(),
        to_field_name="slug",
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("Ese programa no existe.")},
    )

    def __init__(self, *args: Any, opciones: Opciones, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for faceta in FACETAS_DE_PERFIL:
            pares = ((c, vocablo(n)) for c, n in opciones.nombres[faceta].items())
            nombres = sorted(pares, key=lambda par: par[1])
            self.fields[faceta] = forms.MultipleChoiceField(
                label=FACETAS[faceta],
                required=False,
                choices=nombres,
                error_messages={"invalid_choice": _("Esa opción no existe.")},
            )
            self.fields[faceta].widget = self._control(faceta, nombres)

    def _control(self, faceta: str, nombres: list[tuple[str, str]]) -> forms.Widget:
        """Un menú; si la búsqueda traía varias opciones, ésas como casillas, para no perder ninguna."""
        leer = getattr(self.data, "getlist", self.data.get)
        pedidas = (leer(faceta) if self.is_bound else self.initial.get(faceta)) or []
        if isinstance(pedidas, list) and len(pedidas) > 1:
            return forms.CheckboxSelectMultiple(choices=[n for n in nombres if n[0] in pedidas])
        return _UnaOVarias(choices=[("", _("Cualquiera")), *nombres])

    @property
    def listas(self) -> list[forms.BoundField]:
        """Los filtros, para pintarlos."""
        return [self[faceta] for faceta in FACETAS_DE_PERFIL]

    def perfil(self) -> dict[str, list[str]]:
        """Los filtros pedidos, sin repetir y acotados. Después de is_valid()."""
        hallados = {
            f: list(dict.fromkeys(self.cleaned_data[f]))[:VALORES_POR_FACETA]
            for f in FACETAS_DE_PERFIL
        }
        return {f: v for f, v in hallados.items() if v}


class SuscribirForm(AlcanceForm):
    correo = CorreoField(
        label=_("Tu correo"),
        max_length=LARGO_DE_CORREO,
        error_messages={"required": _("Escribe tu correo.")},
    )
    motivos = forms.MultipleChoiceField(
        label=_("¿Cuándo te avisamos?"),
        choices=Motivo.choices,
        initial=Motivo.values,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Elige al menos una.")},
    )
    # Nadie lo ve; quien lo llena es un programa que llena todo.
    sitio_web = forms.CharField(label=_("No llenes este campo"), required=False)

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        if self.errors or datos.get("programa") or self.perfil():
            return datos
        raise ValidationError(_("Elige de qué quieres saber: al menos una de las listas."))

    def programa_elegido(self) -> Programa | None:
        """El de la dirección o el del formulario devuelto con errores."""
        if self.is_bound:
            return self.cleaned_data.get("programa")
        slug = self.initial.get("programa")
        return Programa.objects.publicados().filter(slug=slug).first() if slug else None

    @property
    def es_de_maquina(self) -> bool:
        return bool(self.cleaned_data.get("sitio_web"))
