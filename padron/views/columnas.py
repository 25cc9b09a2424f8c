"""Decir qué es cada columna de un archivo: se confirma una vez y se recuerda."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from padron.consultas.alcance import ve_valores
from padron.consultas.columnas_de_carga import columnas_de
from padron.consultas.hoja_de_carga import hoja_de, url_de
from padron.forms.columnas import ColumnasForm, elegido
from padron.importacion import muestra
from padron.models import Carga
from padron.servicios import en_marcha, muestras, otra_hoja
from padron.views.armado import contexto, del_ambito
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso


@require_http_methods(["GET", "HEAD", "POST"])
def columnas(request: HttpRequest, pk: int, modelo_admin: ModelAdmin) -> HttpResponse:
    suya = del_ambito(request, modelo_admin, pk)
    if not hoja_de(suya, quien=request.user).corrige_columnas:
        return redirect(url_de(suya))
    if request.method != "POST":
        return _pagina(request, suya, modelo_admin)
    try:
        if "ver_valores" in request.POST:
            return _con_valores(request, suya, modelo_admin)
        if "otra_hoja" in request.POST:
            return _otra_hoja(request, suya)
        return _confirmar(request, suya, modelo_admin)
    except SinPermiso as error:
        raise PermissionDenied(error.mensaje) from error


def _con_valores(request: HttpRequest, suya: Carga, modelo_admin: ModelAdmin) -> HttpResponse:
    """Por POST: leer datos de personas deja un renglón en la bitácora, y un GET nunca escribe."""
    return _pagina(
        request, suya, modelo_admin, renglones=muestras.ver_valores(suya, por=request.user)
    )


def _otra_hoja(request: HttpRequest, suya: Carga) -> HttpResponse:
    try:
        nueva = otra_hoja.leer(suya, hoja=request.POST.get("hoja", "")[:100], por=request.user)
    except SinPermiso:
        raise
    except ErrorDeNegocio as error:
        messages.error(request, error.mensaje)
        return redirect(url_de(suya))
    messages.success(
        request,
        _("Se leyó la hoja «%(hoja)s» con el folio %(folio)s; la carga anterior se canceló.")
        % {"hoja": nueva.hoja, "folio": nueva.folio},
    )
    return redirect(url_de(nueva))


def _confirmar(request: HttpRequest, suya: Carga, modelo_admin: ModelAdmin) -> HttpResponse:
    armadas = columnas_de(suya, muestra=())
    form = ColumnasForm(request.POST, columnas=armadas)
    if form.is_valid():
        try:
            en_marcha.confirmar_mapeo(
                suya,
                mapeo=form.mapeo,
                recordar=form.cleaned_data["recordar"],
                edicion=form.cleaned_data["edicion"],
                por=request.user,
            )
        except SinPermiso:
            raise
        except ErrorDeNegocio as error:
            form.add_error(None, forms.ValidationError([error.mensaje, *error.detalles]))
        else:
            messages.success(request, _("Columnas confirmadas. Ya se está revisando."))
            return redirect(url_de(suya))
    return _pagina(request, suya, modelo_admin, form=form, estado=422)


def _pagina(
    request: HttpRequest,
    suya: Carga,
    modelo_admin: ModelAdmin,
    *,
    renglones: list[list[str]] | None = None,
    form: ColumnasForm | None = None,
    estado: int = 200,
) -> HttpResponse:
    """Lo que ya se había elegido en la página sigue elegido, aunque haya un error o se pidan los valores."""
    cuantas = len(suya.lectura.get("encabezado", ()))
    dicho = elegido(request.POST, cuantas) if request.method == "POST" else None
    armadas = columnas_de(
        suya,
        muestra=muestra.primeras(suya) if renglones is None else renglones,
        con_valores=renglones is not None,
        elegido=dicho,
    )
    if form is None:
        form = ColumnasForm(columnas=armadas, initial={"edicion": suya.edicion})
    form.columnas = armadas
    hoja = hoja_de(suya, quien=request.user)
    datos = contexto(
        request,
        modelo_admin,
        hoja,
        columnas=armadas,
        form=form,
        con_valores=renglones is not None,
        puede_ver_valores=renglones is None and ve_valores(request.user, suya),
        title=_("Qué es cada columna"),
    )
    return render(request, "admin/padron/columnas.html", datos, status=estado)
