"""Lo que se manda a comprobar: un archivo, del que solo queda su huella, o algo escrito."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from padron.consultas.comprobacion import HUELLA, Huella, Lector

_FOLIO = re.compile(r"[RP]-?(\d{4})-?(\d{6,12})")


class ArchivoLeido(UploadedFile):
    """Ya pasó y no está en ninguna parte: queda lo que se supo de él."""

    def __init__(self, huella: Huella, nombre: str) -> None:
        super().__init__(file=None, name=nombre, size=huella.bytes)
        self.huella = huella


class SoloLaHuella(FileUploadHandler):
    """En lugar de los de Django, que dejarían en disco un padrón que nadie pidió guardar."""

    chunk_size = 1 << 20

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.lector = Lector()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.lector.recibir(raw_data)

    def file_complete(self, file_size: int) -> ArchivoLeido:
        return ArchivoLeido(self.lector.huella(), self.file_name or "")


class ArchivoForm(forms.Form):
    archivo = forms.FileField(
        label=_("El archivo que tienes"),
        help_text=_(
            "El recibo en PDF, o el archivo del padrón tal como se entregó. Solo se le calcula su "
            "huella: no se guarda ni se le enseña a nadie."
        ),
        allow_empty_file=True,
        error_messages={"required": _("Elige el archivo que quieres comprobar.")},
    )


class ClaveForm(forms.Form):
    """Un folio o una huella, escritos o copiados; `dice` es el folio que trae el propio archivo."""

    clave = forms.CharField(
        label=_("Folio o huella"),
        help_text=_(
            "El folio se lee «R-2025-000123»; la huella SHA-256 son 64 cifras y letras de la «a» a la «f»."
        ),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    dice = forms.RegexField(r"^R-\d{4}-\d{6,12}$", required=False)

    folio = sha256 = ""

    def clean_clave(self) -> str:
        """Admite espacios, guiones de más y mayúsculas: se copia de un papel."""
        escrito = re.sub(r"[\s:]+", "", self.cleaned_data["clave"])
        if not escrito:
            return ""
        if HUELLA.fullmatch(escrito.lower()):
            self.sha256 = escrito.lower()
        elif folio := _FOLIO.fullmatch(re.sub(r"[‐-―−]", "-", escrito).upper()):
            self.folio = f"R-{folio[1]}-{folio[2]}"
        else:
            raise forms.ValidationError(
                _(
                    "No es un folio ni una huella. Cópialo completo: «R-2025-000123», o las 64 cifras y "
                    "letras."
                )
            )
        return escrito


def muy_grande() -> str:
    return gettext(
        "El archivo pasa de %(tope)s y aquí no se recibe: nada se guardó. Calcula su huella en tu "
        "computadora, como se explica abajo, y escríbela."
    ) % {"tope": filesizeformat(settings.PADRON_COMPROBAR_LIMITE)}
