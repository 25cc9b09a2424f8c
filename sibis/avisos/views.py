"""La bandeja de cada quien y sus preferencias. Mirar no marca nada: se marca con un botón."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sibis.avisos.consultas.bandeja import bandeja as bandeja_de
from sibis.avisos.consultas.bandeja import preferencia_de
from sibis.avisos.forms import HastaForm, PreferenciasForm, VistaForm
from sibis.avisos.models import Aviso
from sibis.avisos.servicios import leer


@require_safe
def bandeja(request: HttpRequest) -> HttpResponse:
    vista = VistaForm(request.GET)
    lo_suyo = bandeja_de(request.user, solo_no_leidos=vista.solo_no_leidos, pagina=vista.numero)
    return _pagina(request, "avisos/bandeja.html", title=_("Avisos"), bandeja=lo_suyo)


@require_POST
def abrir(request: HttpRequest, pk: int) -> HttpResponse:
    """Marca el aviso y lleva a lo que anuncia."""
    aviso = _marcar(request, pk)
    if url_has_allowed_host_and_scheme(aviso.url, allowed_hosts=None):
        return redirect(aviso.url)
    return redirect("avisos:bandeja")


@require_POST
def marcar(request: HttpRequest, pk: int) -> HttpResponse:
    _marcar(request, pk)
    return _volver(request)


@require_POST
def marcar_todos(request: HttpRequest) -> HttpResponse:
    formulario = HastaForm(request.POST)
    if not formulario.is_valid():
        messages.error(request, _("No se marcó ninguno. Vuelve a intentarlo desde esta página."))
        return _volver(request)
    cuantos = leer.marcar_todos(hasta=formulario.cleaned_data["hasta"], por=request.user)
    hecho = ngettext("Marcaste un aviso como leído.", "Marcaste %(n)s avisos como leídos.", cuantos)
    messages.success(request, hecho % {"n": cuantos})
    return _volver(request)


@require_http_methods(["GET", "HEAD", "POST"])
def preferencias(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        formulario = PreferenciasForm(request.POST)
        if formulario.is_valid():
            leer.preferir(por=request.user, **formulario.cleaned_data)
            messages.success(request, _("Listo: así te escribiremos desde ahora."))
            return redirect("avisos:preferencias")
    else:
        formulario = PreferenciasForm(initial={"correo": preferencia_de(request.user)})
    return _pagina(
        request,
        "avisos/preferencias.html",
        status=422 if formulario.errors else 200,
        title=_("Cuándo te escribimos"),
        form=formulario,
    )


def _marcar(request: HttpRequest, pk: int) -> Aviso:
    try:
        return leer.marcar_leido(pk=pk, por=request.user)
    except Aviso.DoesNotExist:
        raise Http404(_("Ese aviso no está en tu bandeja.")) from None


def _volver(request: HttpRequest) -> HttpResponse:
    """A lo que estaba mirando; la dirección se arma aquí, no la dice la petición."""
    vista = VistaForm(request.POST)
    consulta = {"ver": "no_leidos"} if vista.solo_no_leidos else {}
    if vista.numero > 1:
        consulta["pagina"] = str(vista.numero)
    cola = f"?{urlencode(consulta)}" if consulta else ""
    return redirect(f"{reverse('avisos:bandeja')}{cola}")


def _pagina(
    request: HttpRequest, plantilla: str, *, status: int = 200, **contexto: Any
) -> HttpResponse:
    contexto = {**admin.site.each_context(request), **contexto}
    return render(request, plantilla, contexto, status=status)
