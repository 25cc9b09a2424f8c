"""El archivo histórico: buscar, ver un documento y bajarlo."""

from __future__ import annotations

import structlog
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from programas.consultas.documento_historico import (
    nombre_de_descarga,
    pagina_de_un_documento,
    por_direccion,
)
from programas.consultas.historico import pagina_de_historico
from programas.forms.historico import BuscarDentroForm, HistoricoForm
from programas.forms.oracion import en_una_oracion
from programas.models import Documento
from sibis.archivos.servicios import ArchivoPerdido, abrir

registro = structlog.get_logger(__name__)


@login_not_required
@require_safe
def buscar(request: HttpRequest) -> HttpResponse:
    """/historico/: buscador, línea de tiempo y filtros."""
    formulario = HistoricoForm(request.GET)
    if not formulario.is_valid():
        raise BadRequest(en_una_oracion(formulario))
    try:
        pagina = pagina_de_historico(formulario.filtros())
    except ValueError as error:
        raise Http404(str(error)) from error
    return render(request, "programas/historico.html", {"busqueda": pagina})


def _documento(slug: str) -> Documento:
    documento = por_direccion(slug)
    if documento is None:
        raise Http404(_("No hay un documento con esa dirección."))
    return documento


@login_not_required
@require_safe
def documento(request: HttpRequest, slug: str) -> HttpResponse:
    """Un documento. La dirección vieja lleva a la de hoy; lo retirado lo dice."""
    elegido = _documento(slug)
    if not elegido.visible:
        return render(request, "programas/documento_retirado.html", status=410)
    if slug != elegido.direccion:
        return redirect(elegido, permanent=True)
    formulario = BuscarDentroForm(request.GET)
    if not formulario.is_valid():
        raise BadRequest(en_una_oracion(formulario))
    pagina = pagina_de_un_documento(elegido, q=formulario.cleaned_data["q"])
    return render(request, "programas/documento.html", {"pagina": pagina})


def _huella(request: HttpRequest, slug: str) -> str | None:
    elegido = por_direccion(slug)
    if elegido is None or elegido.archivo is None or not elegido.visible:
        return None
    return f'"{elegido.archivo.sha256}"'


@login_not_required
@require_safe
@cache_control(public=True, max_age=300)
@condition(etag_func=_huella)
def archivo(request: HttpRequest, slug: str) -> HttpResponseBase:
    """El archivo guardado, a trozos y siempre como descarga: nada de lo ajeno se abre en el sitio."""
    elegido = _documento(slug)
    if not elegido.visible:
        return render(request, "programas/documento_retirado.html", status=410)
    if elegido.archivo is None:
        raise Http404(_("De este documento no guardamos copia."))
    if slug != elegido.direccion:
        return redirect(
            reverse("programas:documento_archivo", args=[elegido.direccion]), permanent=True
        )
    respuesta = _vacia(elegido) if request.method == "HEAD" else _con_contenido(elegido)
    respuesta["Content-Length"] = str(elegido.archivo.bytes)
    respuesta["X-Content-Type-Options"] = "nosniff"
    respuesta["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return respuesta


def _vacia(elegido: Documento) -> HttpResponse:
    return HttpResponse(
        content_type=elegido.archivo.tipo,  # type: ignore[union-attr]
        headers={"Content-Disposition": f'attachment; filename="{nombre_de_descarga(elegido)}"'},
    )


def _con_contenido(elegido: Documento) -> FileResponse:
    try:
        contenido = abrir(elegido.archivo)  # type: ignore[arg-type]
    except ArchivoPerdido as error:
        registro.error("archivo_perdido", documento=elegido.clave)
        raise Http404(
            _("La copia de este documento no está disponible en este momento.")
        ) from error
    return FileResponse(
        contenido,
        as_attachment=True,
        filename=nombre_de_descarga(elegido),
        content_type=elegido.archivo.tipo,  # type: ignore[union-attr]
    )
