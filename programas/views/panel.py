"""Páginas del panel que el admin no trae: dar un paso y abrir otra versión."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from programas.forms import PublicarForm, VersionForm
from programas.materia import REGLA
from programas.models import ReglaOperacion
from programas.servicios import captura, publicacion
from programas.views.lectura_panel import regla_del_panel
from sibis.cuentas.models import Usuario
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.revision.models import Paso


@require_http_methods(["GET", "HEAD", "POST"])
def paso(request: HttpRequest, pk: int, nombre: str, modelo_admin: ModelAdmin) -> HttpResponse:
    """Publicar pide los datos de la Gaceta; los demás pasos se dan en la página de revisión."""
    regla = regla_del_panel(request, modelo_admin, pk)
    if nombre not in REGLA.formularios:
        if regla.expediente_id is None:
            raise Http404(_("Esa acción no existe."))
        return redirect("revision:paso", regla.expediente_id, nombre)
    datos = request.POST if request.method == "POST" else None
    formulario = PublicarForm(datos, initial=_ya_dichos(regla))
    if request.method == "POST" and formulario.is_valid():
        try:
            publicacion.publicar(regla, por=request.user, **formulario.cleaned_data)
        except ErrorDeNegocio as error:
            formulario.add_error(None, forms.ValidationError([error.mensaje, *error.detalles]))
        else:
            messages.success(request, _("«%(regla)s» ya está publicada.") % {"regla": regla})
            return redirect("admin:programas_reglaoperacion_change", pk)
    contexto = {
        **modelo_admin.admin_site.each_context(request),
        "regla": regla,
        "transicion": REGLA.flujo.paso(nombre),
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


def _ya_dichos(regla: ReglaOperacion) -> dict[str, Any]:
    """Lo que la regla ya trae, y el último paso que vio quien abre la página."""
    ultimo = Paso.objects.filter(expediente=regla.expediente_id).order_by("-pk").first()
    return {
        "coplade_acuerdo": regla.coplade_acuerdo,
        "vigente_desde": regla.vigente_desde,
        "visto": ultimo.pk if ultimo else None,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def abrir_version(request: HttpRequest, pk: int, modelo_admin: ModelAdmin) -> HttpResponse:
    """Pregunta qué se abre (nota, aviso o las del año que sigue), copia la regla y lleva a la copia."""
    regla = regla_del_panel(request, modelo_admin, pk)
    formulario = VersionForm(request.POST if request.method == "POST" else None, regla=regla)
    if request.method == "POST" and formulario.is_valid():
        try:
            nueva = _abrir(regla, formulario.cleaned_data["que"], por=request.user)
        except ErrorDeNegocio as error:
            formulario.add_error(None, error.mensaje)
        else:
            hecho = _("Se abrió la versión %(v)s de %(anio)s, en borrador.")
            messages.success(request, hecho % {"v": nueva.version, "anio": nueva.ejercicio})
            return redirect(reverse("admin:programas_reglaoperacion_change", args=[nueva.pk]))
    contexto = {
        **modelo_admin.admin_site.each_context(request),
        "regla": regla,
        "form": formulario,
        "title": _("Modificar o continuar: %(regla)s") % {"regla": regla},
        "opts": ReglaOperacion._meta,
    }
    estado = 422 if formulario.errors else 200
    return render(request, "admin/programas/version.html", contexto, status=estado)


def _abrir(regla: ReglaOperacion, que: str, *, por: Usuario) -> ReglaOperacion:
    if que == VersionForm.OTRO_ANIO:
        return captura.nueva_version(regla, por=por, ejercicio=regla.ejercicio + 1)
    return captura.nueva_version(regla, por=por, clase=que)
