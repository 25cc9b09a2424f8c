"""Servir un archivo guardado tal cual, sin que el navegador ejecute nada de él."""

from __future__ import annotations

import structlog
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from sibis.archivos.models import Archivo
from sibis.archivos.servicios import ArchivoPerdido, abrir

registro = structlog.get_logger(__name__)


def servir(archivo: Archivo, *, nombre: str) -> FileResponse:
    """`nombre` es con el que se guarda en la computadora: lo pone quien lo sirve. Levanta Http404."""
    try:
        contenido = abrir(archivo)
    except ArchivoPerdido as error:
        registro.error("archivo_perdido", sha256=archivo.sha256)
        raise Http404(_("El archivo no está disponible en este momento.")) from error
    return FileResponse(
        contenido,
        filename=nombre,
        content_type=archivo.tipo,
        headers={
            "Content-Length": str(archivo.bytes),
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )
