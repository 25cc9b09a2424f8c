"""Corregir en Excel: bajar las filas con sus razones, subirlas corregidas y ver qué cambiaría."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from padron.consultas.filas import Contexto
from padron.consultas.hoja_de_fallidas import TOPE_DE_HOJA, Parte, partes_de
from padron.exportacion import fallidas as libro
from padron.forms.arreglos import HojaForm
from padron.importacion.hoja_corregida import Leida
from padron.models import HojaCorregida
from padron.servicios import hojas, lecturas
from padron.views.arreglos_base import armado, del_ambito, exigir_que_cargue, se_corrige, url_de
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from sibis.panel.views.exportar import HOJA


@require_http_methods(["GET", "HEAD", "POST"])
def fallidas(request: HttpRequest, pk: int, modelo_admin: ModelAdmin) -> HttpResponseBase:
    """GET dice qué sale; POST lo baja, y queda escrito quién."""
    contexto = del_ambito(request, modelo_admin, pk)
    partes = partes_de(contexto)
    if request.method == "POST":
        return _bajar(request, contexto, partes)
    return _pagina(request, modelo_admin, contexto, partes, HojaForm())


def _bajar(request: HttpRequest, contexto: Contexto, partes: list[Parte]) -> HttpResponseBase:
    parte = next((p for p in partes if str(p.numero) == request.POST.get("parte", "1")), None)
    if parte is None:
        raise Http404(_("Esa parte ya no existe: vuelve a abrir la página."))
    try:
        lecturas.anotar_lectura(contexto.carga, donde="hoja", filas=parte.filas, por=request.user)
    except SinPermiso as error:
        raise PermissionDenied(error.mensaje) from error
    sufijo = f"-{parte.numero}" if len(partes) > 1 else ""
    respuesta = FileResponse(
        libro.escribir(contexto, parte),
        as_attachment=True,
        filename=f"{contexto.carga.folio}-por-corregir{sufijo}.xlsx",
        content_type=HOJA,
    )
    respuesta["Cache-Control"] = "private, no-store"
    return respuesta


@require_http_methods(["GET", "HEAD", "POST"])
def subir(request: HttpRequest, pk: int, modelo_admin: ModelAdmin) -> HttpResponse:
    """La misma página que baja la hoja; aquí llega corregida."""
    contexto = del_ambito(request, modelo_admin, pk)
    exigir_que_cargue(request, contexto.carga)
    form = HojaForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            hoja = hojas.recibir(
                contexto.carga, form.cleaned_data["archivo"].file, por=request.user
            )
        except SinPermiso as error:
            raise PermissionDenied(error.mensaje) from error
        except ErrorDeNegocio as error:
            form.add_error("archivo", error.mensaje)
        else:
            return redirect("admin:padron_hoja_corregida", contexto.carga.pk, hoja.pk)
    estado = 422 if form.is_bound else 200
    return _pagina(request, modelo_admin, contexto, partes_de(contexto), form, estado=estado)


def _pagina(
    request: HttpRequest,
    modelo_admin: ModelAdmin,
    contexto: Contexto,
    partes: list[Parte],
    form: HojaForm,
    *,
    estado: int = 200,
) -> HttpResponse:
    datos = armado(
        request,
        modelo_admin,
        contexto,
        _("Corregir en una hoja de Excel"),
        partes=partes,
        tope=TOPE_DE_HOJA,
        form=form if se_corrige(request, contexto.carga) else None,
    )
    return render(request, "admin/padron/fallidas.html", datos, status=estado)


@require_http_methods(["GET", "HEAD", "POST"])
def hoja_corregida(
    request: HttpRequest, pk: int, hoja: int, modelo_admin: ModelAdmin
) -> HttpResponse:
    """Qué cambiaría (GET), verlo con sus datos o aplicarlo (POST)."""
    contexto = del_ambito(request, modelo_admin, pk)
    exigir_que_cargue(request, contexto.carga)
    subida = HojaCorregida.objects.select_related("archivo").filter(pk=hoja, carga=contexto.carga)
    suya = subida.filter(por=request.user).first()
    if suya is None:
        raise Http404(_("No hay una hoja tuya con ese número en esta carga."))
    if request.method == "POST" and request.POST.get("accion") == "aplicar":
        return _aplicar(request, contexto, suya)
    leida, error = Leida(), ""
    try:
        if suya.aplicada_en is None:
            leida = hojas.previa_de(contexto, suya)
    except ErrorDeNegocio as falla:
        error = falla.mensaje
    con_datos = _pide_ver(request, contexto, leida)
    datos = armado(
        request,
        modelo_admin,
        contexto,
        _("Qué cambiaría la hoja"),
        hoja=suya,
        leida=leida,
        error=error,
        con_datos=con_datos,
        ejemplos=_ejemplos(contexto, leida, con_datos=con_datos),
    )
    respuesta = render(request, "admin/padron/hoja_corregida.html", datos)
    respuesta["Cache-Control"] = "private, no-store"
    return respuesta


def _pide_ver(request: HttpRequest, contexto: Contexto, leida: Leida) -> bool:
    if request.method != "POST" or request.POST.get("accion") != "ver":
        return False
    try:
        lecturas.anotar_lectura(
            contexto.carga, donde="hoja", filas=len(leida.ejemplos), por=request.user
        )
    except SinPermiso as error:
        raise PermissionDenied(error.mensaje) from error
    return True


def _ejemplos(contexto: Contexto, leida: Leida, *, con_datos: bool) -> list[dict[str, Any]]:
    return [
        {
            "fila": c.fila.fila,
            "columna": contexto.encabezado[c.lugar],
            "antes": contexto.a_la_vista(c.lugar, c.fila.celda(c.lugar), con_datos=con_datos),
            "despues": contexto.a_la_vista(c.lugar, c.nuevo, con_datos=con_datos),
        }
        for c in leida.ejemplos
    ]


def _aplicar(request: HttpRequest, contexto: Contexto, hoja: HojaCorregida) -> HttpResponse:
    try:
        leida = hojas.aplicar(contexto.carga, hoja, por=request.user)
    except SinPermiso as error:
        raise PermissionDenied(error.mensaje) from error
    except ErrorDeNegocio as error:
        messages.error(request, error.mensaje)
        return redirect(request.path)
    messages.success(
        request,
        _("Se cambiaron %(celdas)s celdas en %(filas)s filas. La carga se está revisando de nuevo.")
        % {"celdas": f"{leida.celdas:,}", "filas": f"{leida.filas:,}"},
    )
    return redirect(url_de(contexto.carga))
