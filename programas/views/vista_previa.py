"""Cómo se vería lo que aún no se publica: la página pública y el documento, con su señal de borrador."""

from __future__ import annotations

from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from programas.consultas import impresos
from programas.consultas.publicas import reglas_para_leer
from programas.consultas.vista_previa import previa
from programas.estados import FUERON_PUBLICOS
from programas.models import ReglaOperacion
from programas.views.lectura_panel import regla_del_panel
from sibis.documentos.respuesta import responder

_EXTENSIONES = {"pdf": impresos.BORRADOR, "docx": impresos.BORRADOR_WORD}


def _sin_publicar(request: HttpRequest, modelo_admin: ModelAdmin, pk: int) -> ReglaOperacion:
    """Lo ya publicado tiene su página: aquí solo se ve lo que no."""
    regla = regla_del_panel(request, modelo_admin, pk)
    if regla.estado in FUERON_PUBLICOS:
        raise Http404(_("Esta versión ya se publicó: está en el portal."))
    return regla


@require_safe
@never_cache
def pagina(request: HttpRequest, pk: int, modelo_admin: ModelAdmin) -> HttpResponse:
    regla = _sin_publicar(request, modelo_admin, pk)
    contexto = {
        "ficha": previa(reglas_para_leer().get(pk=regla.pk)),
        "regla": regla,
        "url_regla": reverse("admin:programas_reglaoperacion_change", args=[pk]),
    }
    respuesta = render(request, "programas/vista_previa.html", contexto)
    respuesta["X-Robots-Tag"] = "noindex"
    return respuesta


@require_safe
def documento(
    request: HttpRequest, pk: int, extension: str, modelo_admin: ModelAdmin
) -> HttpResponseBase:
    regla = _sin_publicar(request, modelo_admin, pk)
    if extension not in _EXTENSIONES:
        raise Http404(_("Ese formato no existe."))
    respuesta = responder(
        request,
        _EXTENSIONES[extension],
        {"regla": regla.pk},
        archivo=f"borrador-{regla.programa.slug}-{regla.ejercicio}.{extension}",
        pagina=reverse("admin:programas_regla_vista", args=[pk]),
        adjunto=extension == "docx",
    )
    respuesta["X-Robots-Tag"] = "noindex"
    respuesta["Cache-Control"] = "private, no-store"
    return respuesta
