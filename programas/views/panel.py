"""Páginas del panel que el admin no trae: dar un paso y abrir otra versión."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from programas.estados import FLUJO_REGLA
from programas.forms import PublicarForm, TransicionForm
from programas.models import ReglaOperacion
from programas.servicios import captura, publicacion, revision
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.nucleo.estados import Transicion

_SERVICIOS: dict[str, Callable[..., ReglaOperacion]] = {
    **revision.POR_NOMBRE,
    "publicar": publicacion.publicar,
}


def _regla(request: HttpRequest, modelo_admin: ModelAdmin, pk: int) -> ReglaOperacion:
    """La regla si es de su ámbito; si no, no existe."""
    regla = modelo_admin.get_object(request, str(pk))
    if regla is None:
        raise Http404(_("No hay una regla con ese número en tu ámbito."))
    return regla


def _formulario(transicion: Transicion, datos: Any = None) -> forms.Form:
    if transicion.nombre == "publicar":
        return PublicarForm(datos)
    return TransicionForm(datos, con_motivo=transicion.exige_motivo)


def _transicion(nombre: str) -> Transicion:
    encontrada = next((t for t in FLUJO_REGLA if t.nombre == nombre), None)
    if encontrada is None or nombre not in _SERVICIOS:
        raise Http404(_("Esa acción no existe."))
    return encontrada


@require_http_methods(["GET", "HEAD", "POST"])
def paso(request: HttpRequest, pk: int, nombre: str, modelo_admin: ModelAdmin) -> HttpResponse:
    """Confirma y da un paso. Lo que no procede se explica en la misma página, sin cambiar nada."""
    regla, transicion = _regla(request, modelo_admin, pk), _transicion(nombre)
    formulario = _formulario(transicion, request.POST if request.method == "POST" else None)
    if request.method == "POST" and formulario.is_valid():
        try:
            _SERVICIOS[nombre](regla, por=request.user, **formulario.cleaned_data)
        except ErrorDeNegocio as error:
            formulario.add_error(None, forms.ValidationError([error.mensaje, *error.detalles]))
        else:
            hecho = _("«%(regla)s»: %(paso)s, listo.") % {"regla": regla, "paso": nombre}
            messages.success(request, hecho)
            return redirect(reverse("admin:programas_reglaoperacion_change", args=[pk]))
    contexto = {
        **modelo_admin.admin_site.each_context(request),
        "regla": regla,
        "transicion": transicion,
        "form": formulario,
        "title": f"{nombre.capitalize()}: {regla}",
        "opts": ReglaOperacion._meta,
    }
    return render(
        request,
        "admin/programas/paso.html",
        contexto,
        status=422 if formulario.errors else 200,
    )


@require_POST
def abrir_version(request: HttpRequest, pk: int, modelo_admin: ModelAdmin) -> HttpResponse:
    """Copia la regla publicada a un borrador y lleva a él."""
    regla = _regla(request, modelo_admin, pk)
    try:
        nueva = captura.nueva_version(regla, por=request.user)
    except ErrorDeNegocio as error:
        messages.error(request, error.mensaje)
        return redirect(reverse("admin:programas_reglaoperacion_change", args=[pk]))
    messages.success(request, _("Se abrió la versión %(v)s en borrador.") % {"v": nueva.version})
    return redirect(reverse("admin:programas_reglaoperacion_change", args=[nueva.pk]))
