"""De una plantilla a un PDF firmado por la institución. Solo lo usa el trabajador."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.module_loading import import_string

from sibis.documentos import firma
from sibis.documentos.tipos import DE_HTML_A_PDF

LIMITE = 50_000_000  # ninguno pesa tanto: es el tope con que se guarda


def pdf_firmado(plantilla: str, contexto: Callable[[], dict[str, Any]], *, razon: str) -> bytes:
    """En español siempre, también lo que `contexto` escriba: es un documento oficial, no una página.

    Levanta firma.SinClaveDeFirma.
    """
    hacer: Any = import_string(DE_HTML_A_PDF)  # así el proceso web no carga la maquetación
    with translation.override(settings.LANGUAGE_CODE):
        datos = {**contexto(), "sitio_nombre": settings.SIBIS_NOMBRE}
        maquetado = bytes(hacer(render_to_string(plantilla, datos)))
    return firma.firmar(maquetado, razon=razon)
