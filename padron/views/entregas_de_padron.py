"""Entregar un padrón: ver qué toca, y subir el archivo."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from padron.consultas.alcance import ambito_de_padron
from padron.consultas.hoja_de_carga import url_de
from padron.consultas.inicio_de_padron import inicio
from padron.forms.entrega import EntregaForm, en_megas
from padron.models import Carga
from padron.servicios import cargas
from padron.servicios.cargas import ArchivoRepetido
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso

_SE_PIDEN = ("programa", "ejercicio", "periodo")


@require_safe
def entrada(request: HttpRequest, modelo_admin: ModelAdmin) -> HttpResponse:
    """Los programas de su dependencia, con lo último que se entregó y lo que toca."""
    if not ambito_de_padron(request.user):
        raise Http404(_("Esta página es de quien entrega o confirma padrones."))
    contexto = {
        **modelo_admin.admin_site.each_context(request),
        "title": _("Entregar un padrón"),
        "opts": Carga._meta,
        "ejercicios": inicio(request.user),
        "puede_cargar": modelo_admin.has_add_permission(request),
    }
    return render(request, "admin/padron/entrada.html", contexto)


@require_http_methods(["GET", "HEAD", "POST"])
def subir(request: HttpRequest, modelo_admin: ModelAdmin) -> HttpResponse:
    """Lo que no procede se dice en su campo, y lo escrito se queda."""
    pedido = {c: v for c in _SE_PIDEN if (v := request.GET.get(c, "")[:20])}
    if request.method != "POST":
        return _pagina(request, modelo_admin, EntregaForm(quien=request.user, initial=pedido))
    form = EntregaForm(request.POST, request.FILES, quien=request.user)
    repetida = None
    if form.is_valid():
        try:
            return _recibida(request, _recibir(form, request))
        except SinPermiso as error:
            raise PermissionDenied(error.mensaje) from error
        except ArchivoRepetido as error:
            repetida = modelo_admin.get_queryset(request).filter(folio=error.folio).first()
            form.add_error("archivo", error.mensaje)
        except ErrorDeNegocio as error:
            form.add_error("archivo", forms.ValidationError([error.mensaje, *error.detalles]))
    return _pagina(request, modelo_admin, form, repetida=repetida, estado=422)


def _recibir(form: EntregaForm, request: HttpRequest) -> Carga:
    datos = form.cleaned_data
    return cargas.recibir(
        datos["archivo"].file,
        nombre=datos["archivo"].name,
        programa=datos["programa"],
        ejercicio=datos["ejercicio"],
        periodo=datos["periodo"],
        hoja=datos["hoja"],
        cifras=form.cifras,
        sustituye=form.sustituye_a,
        por=request.user,
    )


def _recibida(request: HttpRequest, carga: Carga) -> HttpResponse:
    messages.success(
        request,
        _("Recibida con el folio %(folio)s. El archivo ya está guardado.") % {"folio": carga.folio},
    )
    return redirect(url_de(carga))


def _pagina(
    request: HttpRequest,
    modelo_admin: ModelAdmin,
    form: EntregaForm,
    *,
    repetida: Carga | None = None,
    estado: int = 200,
) -> HttpResponse:
    contexto = {
        **modelo_admin.admin_site.each_context(request),
        "title": _("Subir un padrón"),
        "opts": Carga._meta,
        "form": form,
        "tope": en_megas(settings.PADRON_LIMITE),
        "repetida": repetida,
        "url_repetida": url_de(repetida) if repetida else "",
        "faltan_programas": not form.fields["ejercicio"].choices,
    }
    return render(request, "admin/padron/subir.html", contexto, status=estado)
