"""Observar, contestar y cerrar: cada cosa vuelve a su campo en la página."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sibis.nucleo.errores import ErrorDeNegocio
from sibis.revision.forms import ObservacionForm, RespuestaForm
from sibis.revision.servicios import observaciones
from sibis.revision.views.puerta import asunto_de, de_vuelta, decir, observacion_de


def _ancla(campo: str) -> str:
    return f"campo-{campo}" if campo else "generales"


@require_http_methods(["GET", "HEAD", "POST"])
def observar(request: HttpRequest, pk: int) -> HttpResponse:
    """Escribe una observación. Si no se puede guardar, lo escrito sigue en la página."""
    materia, asunto = asunto_de(request, pk)
    datos = request.POST if request.method == "POST" else None
    formulario = ObservacionForm(datos, initial={"campo": request.GET.get("campo", "")[:120]})
    if request.method == "POST" and formulario.is_valid():
        try:
            observaciones.observar(materia, asunto, por=request.user, **formulario.cleaned_data)
        except ErrorDeNegocio as error:
            formulario.add_error(None, error.mensaje)
        else:
            messages.success(request, _("Observación guardada."))
            return de_vuelta(asunto, _ancla(formulario.cleaned_data["campo"]))
    return _pagina(request, asunto, formulario, _("Escribir una observación"))


@require_http_methods(["GET", "HEAD", "POST"])
def responder(request: HttpRequest, pk: int) -> HttpResponse:
    materia, asunto, observacion = observacion_de(request, pk)
    formulario = RespuestaForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and formulario.is_valid():
        try:
            observaciones.responder(
                materia, observacion, por=request.user, **formulario.cleaned_data
            )
        except ErrorDeNegocio as error:
            formulario.add_error(None, error.mensaje)
        else:
            messages.success(request, _("Respuesta guardada."))
            return de_vuelta(asunto, _ancla(observacion.campo))
    return _pagina(request, asunto, formulario, _("Contestar la observación"), observacion)


@require_http_methods(["GET", "HEAD", "POST"])
def corregir(request: HttpRequest, pk: int) -> HttpResponse:
    """Solo mientras nadie la ha recibido."""
    _materia, asunto, observacion = observacion_de(request, pk)
    datos = request.POST if request.method == "POST" else {"texto": observacion.texto}
    formulario = RespuestaForm(datos)
    if request.method == "POST" and formulario.is_valid():
        try:
            observaciones.corregir(observacion, por=request.user, **formulario.cleaned_data)
        except ErrorDeNegocio as error:
            formulario.add_error(None, error.mensaje)
        else:
            return de_vuelta(asunto, _ancla(observacion.campo))
    return _pagina(request, asunto, formulario, _("Corregir la observación"))


@require_POST
def mover(request: HttpRequest, pk: int, nombre: str) -> HttpResponse:
    """Resuelve, reabre o descarta."""
    materia, asunto, observacion = observacion_de(request, pk)
    try:
        observaciones.mover(materia, observacion, nombre, por=request.user)
    except ErrorDeNegocio as error:
        decir(request, error)
    return de_vuelta(asunto, _ancla(observacion.campo))


def _pagina(
    request: HttpRequest, asunto: Any, formulario: Any, titulo: str, observacion: Any = None
) -> HttpResponse:
    return render(
        request,
        "revision/escribir.html",
        {
            **admin.site.each_context(request),
            "title": titulo,
            "asunto": asunto,
            "form": formulario,
            "observacion": observacion,
        },
        status=422 if formulario.errors else 200,
    )
