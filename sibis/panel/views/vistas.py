"""Usar y cuidar las vistas guardadas. Usar es un GET que solo lleva a la lista."""

from __future__ import annotations

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sibis.nucleo.errores import ErrorDeNegocio
from sibis.panel.forms import VistaForm
from sibis.panel.listas import depurar, etiqueta, lista_de, por_etiqueta, ruta_de_lista
from sibis.panel.models import VistaGuardada
from sibis.panel.servicios import vistas


@require_POST
def guardar(request: HttpRequest, app: str, modelo: str) -> HttpResponse:
    """Lo que hoy se ve en la lista, con nombre. La consulta llega en la dirección, como en la lista."""
    lista = lista_de(request, app, modelo)
    consulta, sobran = depurar(request, lista, request.META.get("QUERY_STRING", ""))
    volver = f"{reverse(ruta_de_lista(lista.model))}?{consulta}"
    form = VistaForm(request.POST, usuario=request.user)
    if not form.is_valid():
        for errores in form.errors.values():
            messages.error(request, " ".join(errores))
        return redirect(volver)
    try:
        vista = vistas.guardar(
            por=request.user,
            modelo=etiqueta(lista.model),
            nombre=form.cleaned_data["nombre"],
            consulta=consulta,
            compartida_con=form.cleaned_data["compartida_con"],
        )
    except ErrorDeNegocio as error:
        messages.error(request, error.mensaje)
        return redirect(volver)
    messages.success(request, _("Vista «%(nombre)s» guardada.") % {"nombre": vista.nombre})
    _avisar_de(request, sobran)
    return redirect(volver)


@require_safe
def usar(request: HttpRequest, pk: int) -> HttpResponse:
    """A la lista como se guardó; lo que ya no existe se quita y se dice."""
    vista = get_object_or_404(VistaGuardada.objects.de(request.user), pk=pk)
    lista = por_etiqueta(request, vista.modelo)
    consulta, sobran = depurar(request, lista, vista.consulta)
    _avisar_de(request, sobran)
    return redirect(f"{reverse(ruta_de_lista(lista.model))}?{consulta}")


def _avisar_de(request: HttpRequest, sobran: list[str]) -> None:
    if sobran:
        aviso = _("Se quitó de la vista lo que esta lista ya no entiende: %(que)s.")
        messages.warning(request, aviso % {"que": ", ".join(sobran)})


def editar(request: HttpRequest, pk: int) -> HttpResponse:
    """Cambiarle el nombre, compartirla, moverla o quitarla."""
    vista = get_object_or_404(VistaGuardada.objects.filter(usuario=request.user), pk=pk)
    lista = por_etiqueta(request, vista.modelo)
    inicial = {"nombre": vista.nombre, "compartida_con": vista.compartida_con_id}
    form = VistaForm(request.POST or None, usuario=request.user, initial=inicial)
    if request.method == "POST" and _cambiar(request, vista, form):
        return redirect(f"{reverse(ruta_de_lista(lista.model))}?{vista.consulta}")
    contexto = {
        **admin.site.each_context(request),
        "title": _("Vista «%(nombre)s»") % {"nombre": vista.nombre},
        "opts": lista.opts,
        "vista": vista,
        "form": form,
        "url_lista": reverse(ruta_de_lista(lista.model)),
    }
    return render(request, "admin/panel/vista.html", contexto)


def _cambiar(request: HttpRequest, vista: VistaGuardada, form: VistaForm) -> bool:
    """Verdadero si se hizo; si no, el formulario dice por qué."""
    try:
        if "quitar" in request.POST:
            vistas.quitar(vista, por=request.user)
            messages.success(request, _("Vista quitada. La lista sigue igual."))
            return True
        if "adelantar" in request.POST:
            vistas.adelantar(vista, por=request.user)
            return True
        if not form.is_valid():
            return False
        vistas.corregir(vista, por=request.user, **form.cleaned_data)
    except ErrorDeNegocio as error:
        messages.error(request, error.mensaje)
        return False
    messages.success(request, _("Vista guardada."))
    return True
