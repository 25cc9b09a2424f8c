"""Un documento del archivo histórico en el panel."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from programas.models import Documento
from programas.models.documento import TIPOS_ADMITIDOS
from sibis.archivos.tipos import tipo_de


class DocumentoForm(forms.ModelForm):
    """El archivo se revisa aquí por su contenido, para que un error no haga perder lo escrito."""

    contenido = forms.FileField(
        label=_("Archivo"),
        required=False,
        help_text=_(
            "PDF, Word, Excel, OpenDocument, texto o imagen. Si ya hay uno, éste lo sustituye. "
            "No subas listas con datos que no sean públicos."
        ),
    )

    class Meta:
        model = Documento
        fields = (
            "titulo",
            "clase",
            "ejercicio",
            "fecha",
            "anio_publicacion",
            "programa",
            "dependencia",
            "resumen",
            "gaceta_numero",
            "fuente",
            "enlace",
            "visible",
        )
        widgets = {"resumen": forms.Textarea(attrs={"rows": 4})}

    def clean_contenido(self) -> UploadedFile | None:
        subido: UploadedFile | None = self.cleaned_data["contenido"]
        if subido is None:
            return None
        if subido.size > settings.HISTORICO_LIMITE:
            raise forms.ValidationError(
                _("El archivo pasa de %(mb)s MB, que es el máximo."),
                params={"mb": settings.HISTORICO_LIMITE // 1_000_000},
            )
        if tipo_de(subido.file) not in TIPOS_ADMITIDOS:
            raise forms.ValidationError(
                _(
                    "Por dentro no es un PDF, ni un documento de oficina, texto o imagen. Se mira "
                    "el contenido, no el nombre."
                )
            )
        return subido

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        fecha, anio = datos.get("fecha"), datos.get("anio_publicacion")
        if fecha and anio and fecha.year != anio:
            self.add_error("anio_publicacion", _("No es el año de la fecha de publicación."))
        sin_nada = not any(datos.get(c) for c in ("contenido", "enlace", "fuente"))
        if sin_nada and self.instance.archivo_id is None and not self.errors:
            self.add_error(
                "contenido",
                _("Di de dónde sale: sube el archivo, o escribe su enlace o quién lo publicó."),
            )
        return datos

    def validate_constraints(self) -> None:
        """Las dice el servicio al guardar, ya con el archivo puesto."""
