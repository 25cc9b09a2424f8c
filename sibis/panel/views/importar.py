"""Catálogos de ida y vuelta: descargar como está, subir corregido, ver qué cambiaría, aplicarlo."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from defusedcsv import csv
from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sibis.bitacora.registro import registrar
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.panel import intercambio
from sibis.panel.exportacion import MARCA_UTF8, Eco
from sibis.panel.forms import ArchivoForm
from sibis.panel.listas import lista_de, por_etiqueta, ruta_de_lista
from sibis.panel.models import Importacion
from sibis.panel.previa import Previa
from sibis.panel.servicios import importaciones

A_LA_VISTA = 200


def _lista(request: HttpRequest, app: str, modelo: str) -> ModelAdmin:
    lista = lista_de(request, app, modelo)
    if not intercambio.campos_de(lista):
        raise Http404
    return lista


def _exigir_cambio(request: HttpRequest, lista: ModelAdmin) -> None:
    """Quien no mantiene el catálogo no tiene aquí ninguna página."""
    if not (lista.has_add_permission(request) or lista.has_change_permission(request)):
        raise Http404


@require_POST
def descargar(request: HttpRequest, app: str, modelo: str) -> StreamingHttpResponse:
    """Todas las columnas, con la clave: el archivo que se corrige y se vuelve a subir."""
    lista = _lista(request, app, modelo)
    objetos = lista.get_queryset(request).order_by("pk")
    registrar(
        "lista.exportada",
        None,
        por=request.user,
        lista=lista.opts.label_lower,
        que=str(lista.opts.verbose_name_plural),
        renglones=objetos.count(),
        formato="csv",
        con_filtro=False,
    )

    def renglones() -> Iterator[str]:
        escritor = csv.writer(Eco())
        yield MARCA_UTF8
        for renglon in intercambio.renglones(lista, objetos):
            yield escritor.writerow(renglon)

    respuesta = StreamingHttpResponse(renglones(), content_type="text/csv; charset=utf-8")
    respuesta["Content-Disposition"] = f'attachment; filename="{modelo}.csv"'
    return respuesta


def subir(request: HttpRequest, app: str, modelo: str) -> HttpResponse:
    lista = _lista(request, app, modelo)
    _exigir_cambio(request, lista)
    form = ArchivoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            recibida = importaciones.recibir(
                form.cleaned_data["archivo"].file, modelo=lista.opts.label_lower, por=request.user
            )
        except ErrorDeNegocio as error:
            form.add_error("archivo", error.mensaje)
        else:
            return redirect("admin:panel_importacion", pk=recibida.pk)
    contexto = {
        **_contexto(request, lista),
        "title": _("Cargar %(que)s desde un archivo") % {"que": lista.opts.verbose_name_plural},
        "form": form,
        "titulos": list(intercambio.titulos(lista).values()),
        "clave": intercambio.titulos(lista)[intercambio.clave_de(lista)],
    }
    return render(request, "admin/panel/subir.html", contexto)


def importacion(request: HttpRequest, pk: int) -> HttpResponse:
    """Qué cambiaría (GET) y aplicarlo (POST). Se vuelve a calcular: lo de hace rato pudo cambiar."""
    recibida = get_object_or_404(
        Importacion.objects.select_related("archivo"), pk=pk, usuario=request.user
    )
    lista = por_etiqueta(request, recibida.modelo)
    _exigir_cambio(request, lista)
    error = ""
    previa = Previa()
    try:
        if request.method == "POST":
            previa = _aplicar(request, lista, recibida)
            if not previa.errores:
                return redirect(reverse(ruta_de_lista(lista.model)))
        elif recibida.aplicada_en is None:
            previa = intercambio.previsualizar(request, lista, recibida.archivo)
    except ErrorDeNegocio as hallado:
        error = hallado.mensaje
    contexto = {
        **_contexto(request, lista),
        "title": _("Qué cambiaría en %(que)s") % {"que": lista.opts.verbose_name_plural},
        "importacion": recibida,
        "previa": previa,
        "error": error,
        "errores": previa.errores[:A_LA_VISTA],
        "altas": previa.altas[:A_LA_VISTA],
        "cambios": previa.cambios[:A_LA_VISTA],
    }
    return render(request, "admin/panel/importacion.html", contexto)


def _aplicar(request: HttpRequest, lista: ModelAdmin, recibida: Importacion) -> Previa:
    with transaction.atomic():
        apartada = importaciones.apartar(recibida, por=request.user)
        previa = intercambio.aplicar(request, lista, apartada.archivo)
        if previa.errores:
            messages.error(
                request, _("No se aplicó nada: corrige los renglones y vuelve a subirlo.")
            )
            return previa
        importaciones.asentar(apartada, previa, por=request.user)
    hecho = _("Hecho. Altas: %(altas)s. Cambios: %(cambios)s. Sin cambio: %(iguales)s.")
    cuentas = {
        "altas": len(previa.altas),
        "cambios": len(previa.cambios),
        "iguales": previa.iguales,
    }
    messages.success(request, hecho % cuentas)
    return previa


def _contexto(request: HttpRequest, lista: ModelAdmin) -> dict[str, Any]:
    return {
        **admin.site.each_context(request),
        "opts": lista.opts,
        "url_lista": reverse(ruta_de_lista(lista.model)),
    }
