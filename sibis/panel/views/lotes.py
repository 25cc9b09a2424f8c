"""Ver qué haría un lote, mandarlo hacer y seguirlo. Cada quien, los suyos."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sibis.nucleo.errores import ErrorDeNegocio
from sibis.panel.estados import ACABADOS, EstadoDeLote, Resultado
from sibis.panel.listas import ruta_de_lista
from sibis.panel.lotes import acciones, modelo_de
from sibis.panel.models import Lote
from sibis.panel.servicios import lotes

POR_PAGINA = 100


def _mio(request: HttpRequest, pk: int) -> Lote:
    return get_object_or_404(Lote.objects.de(request.user), pk=pk)


@require_safe
def lote(request: HttpRequest, pk: int) -> HttpResponse:
    """La vista previa mientras no se confirma; después, el avance y lo que salió."""
    mio = _mio(request, pk)
    return render(request, "admin/panel/lote.html", _contexto(request, mio))


@require_safe
def avance(request: HttpRequest, pk: int) -> HttpResponse:
    """Solo el fragmento que cambia, para quien tiene JavaScript."""
    mio = _mio(request, pk)
    return render(
        request, "admin/panel/_avance.html", {"lote": mio, "acabado": mio.estado in ACABADOS}
    )


@require_POST
def recalcular(request: HttpRequest, pk: int) -> HttpResponse:
    mio = _mio(request, pk)
    form = _formulario(mio, request.POST)
    if form is None or not form.is_valid():
        return render(request, "admin/panel/lote.html", _contexto(request, mio, form=form))
    try:
        lotes.recalcular(mio, datos=form.cleaned_data, por=request.user)
    except ErrorDeNegocio as error:
        messages.error(request, error.mensaje)
    return redirect("admin:panel_lote", pk=pk)


@require_POST
def confirmar(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        lotes.confirmar(_mio(request, pk), por=request.user)
    except ErrorDeNegocio as error:
        messages.error(request, error.mensaje)
    return redirect("admin:panel_lote", pk=pk)


@require_POST
def cancelar(request: HttpRequest, pk: int) -> HttpResponse:
    mio = _mio(request, pk)
    try:
        cancelado = lotes.cancelar(mio, por=request.user)
    except ErrorDeNegocio as error:
        messages.error(request, error.mensaje)
        return redirect("admin:panel_lote", pk=pk)
    if not cancelado.hechos:
        messages.success(request, _("No se hizo nada: todo quedó como estaba."))
        return redirect(_volver(mio))
    return redirect("admin:panel_lote", pk=pk)


def _volver(mio: Lote) -> str:
    lista = reverse(ruta_de_lista(modelo_de(mio.modelo)))
    return f"{lista}?{mio.volver_a}" if mio.volver_a else lista


def _formulario(mio: Lote, datos: Any = None) -> forms.Form | None:
    clase = acciones().get(mio.accion)
    if clase is None or clase.formulario is None or mio.estado != EstadoDeLote.PREPARADO:
        return None
    return clase.formulario(datos, initial=mio.datos)


def _contexto(request: HttpRequest, mio: Lote, *, form: forms.Form | None = None) -> dict[str, Any]:
    """Primero lo que no procede o no se hizo: es lo que alguien tiene que leer."""
    renglones = mio.renglones.all()
    ver = request.GET.get("ver", "")
    if ver in Resultado.values:
        renglones = renglones.filter(resultado=ver)
    pagina = Paginator(renglones, POR_PAGINA).get_page(request.GET.get("pagina"))
    modelo = modelo_de(mio.modelo)
    return {
        **admin.site.each_context(request),
        "title": mio.titulo,
        "opts": modelo._meta,
        "lote": mio,
        "form": form or _formulario(mio),
        "pagina": pagina,
        "ver": ver,
        "grupos": _grupos(mio),
        "por_confirmar": mio.estado == EstadoDeLote.PREPARADO,
        "acabado": mio.estado in ACABADOS,
        "url_volver": _volver(mio),
        "url_objeto": f"admin:{modelo._meta.app_label}_{modelo._meta.model_name}_change",
    }


def _grupos(mio: Lote) -> list[tuple[str, str, int]]:
    """(resultado, cómo se lee, cuántos) para filtrar los renglones."""
    cuentas = [
        (Resultado.PENDIENTE.value, _("se hará"), mio.faltan),
        (Resultado.HECHO.value, _("hecho"), mio.hechos),
        (Resultado.FALLIDO.value, _("no se hizo"), mio.fallidos),
        (Resultado.OMITIDO.value, _("no procede"), mio.omitidos),
    ]
    return [grupo for grupo in cuentas if grupo[2]]
