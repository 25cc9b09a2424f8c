"""Abrir un informe y abrir una corrección. Los pasos se dan en la página de revisión."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from presupuesto.forms.informe import AbrirInformeForm, CorreccionForm
from presupuesto.materia import INFORME
from presupuesto.models import InformeDeAvance
from presupuesto.servicios import informes
from presupuesto.views.informes import del_ambito, inicio_de
from sibis.nucleo.errores import ErrorDeNegocio


def _anotar(formulario: forms.Form, error: ErrorDeNegocio) -> None:
    formulario.add_error(None, forms.ValidationError([error.mensaje, *error.detalles]))


@require_http_methods(["GET", "HEAD", "POST"])
def corregir(request: HttpRequest, pk: int, modelo_admin: ModelAdmin) -> HttpResponse:
    """Abre la versión que corrige a un informe aprobado."""
    informe = del_ambito(request, modelo_admin, pk)
    formulario = CorreccionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and formulario.is_valid():
        try:
            nueva = informes.corregir(
                informe, razon=formulario.cleaned_data["razon"], por=request.user
            )
        except ErrorDeNegocio as error:
            _anotar(formulario, error)
        else:
            messages.success(request, _("Se abrió la corrección. Escribe solo lo que cambia."))
            return redirect(inicio_de(nueva))
    contexto = {
        **modelo_admin.admin_site.each_context(request),
        "informe": informe,
        "form": formulario,
        "boton": _("Abrir la corrección"),
        "entradilla": _(
            "Se copia el informe aprobado. El aprobado sigue en el portal hasta que la corrección se "
            "apruebe, y después queda a la vista con su razón."
        ),
        "volver": inicio_de(informe),
        "title": _("Corregir: %(informe)s") % {"informe": INFORME.titulo(informe)},
        "opts": InformeDeAvance._meta,
    }
    estado = 422 if formulario.errors else 200
    return render(request, "admin/presupuesto/abrir_informe.html", contexto, status=estado)


@require_http_methods(["GET", "HEAD", "POST"])
def abrir(request: HttpRequest, modelo_admin: ModelAdmin) -> HttpResponse:
    """Elegir programa y trimestre; lo demás ya llega puesto."""
    datos = request.POST if request.method == "POST" else None
    formulario = AbrirInformeForm(datos, quien=request.user, initial=_pedido(request))
    if request.method == "POST" and formulario.is_valid():
        try:
            nuevo = informes.abrir(por=request.user, **formulario.cleaned_data)
        except ErrorDeNegocio as error:
            _anotar(formulario, error)
        else:
            messages.success(request, _("Informe abierto con las metas de la regla publicada."))
            return redirect(inicio_de(nuevo))
    contexto = {
        **modelo_admin.admin_site.each_context(request),
        "form": formulario,
        "boton": _("Abrir el informe"),
        "entradilla": _(
            "Las cifras son acumuladas desde enero: el del cuarto trimestre es el del año entero."
        ),
        "title": _("Abrir un informe trimestral"),
        "opts": InformeDeAvance._meta,
    }
    estado = 422 if formulario.errors else 200
    return render(request, "admin/presupuesto/abrir_informe.html", contexto, status=estado)


def _pedido(request: HttpRequest) -> dict[str, str]:
    """Lo que trae el enlace de la cola de trabajo; si no dice nada, vale lo que propone el formulario."""
    return {
        c: v
        for c in ("programa", "ejercicio", "trimestre")
        if (v := request.GET.get(c, "")).isdecimal()
    }
