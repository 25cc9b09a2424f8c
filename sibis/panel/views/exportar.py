"""Descargar lo que la lista muestra. Es POST: queda escrito quién lo hizo."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sibis.bitacora.registro import registrar
from sibis.cuentas.permisos import Permiso, puede
from sibis.panel.exportacion import TOPE_DE_HOJA, en_csv, en_hoja
from sibis.panel.listas import es_de_datos_personales, lista_de, ruta_de_lista

HOJA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_POST
def exportar(request: HttpRequest, app: str, modelo: str) -> HttpResponseBase:
    """La consulta de la dirección dice qué se ve; el formato viene en el cuerpo."""
    lista = lista_de(request, app, modelo)
    if es_de_datos_personales(lista) and not puede(request.user, Permiso.DATOS_PERSONALES_VER):
        return _negar(
            request,
            lista,
            _("Esta lista tiene datos personales y tu función no permite descargarla."),
        )
    try:
        vista = lista.get_changelist_instance(request)
    except IncorrectLookupParameters:
        return _negar(request, lista, _("Un filtro ya no existe: revisa la lista y descárgala."))
    cuantos = vista.queryset.order_by().count()
    en_libro = request.POST.get("formato") == "xlsx"
    if en_libro and cuantos > TOPE_DE_HOJA:
        aviso = _("Son %(n)s renglones y en hoja de cálculo salen hasta %(tope)s. Descarga el CSV.")
        return _negar(request, lista, aviso % {"n": f"{cuantos:,}", "tope": f"{TOPE_DE_HOJA:,}"})
    registrar(
        "lista.exportada",
        None,
        por=request.user,
        lista=lista.opts.label_lower,
        que=str(lista.opts.verbose_name_plural),
        renglones=cuantos,
        formato="xlsx" if en_libro else "csv",
        con_filtro=bool(vista.query or vista.has_active_filters),
    )
    archivo = _nombre(lista)
    if en_libro:
        return FileResponse(
            en_hoja(vista), as_attachment=True, filename=f"{archivo}.xlsx", content_type=HOJA
        )
    respuesta = StreamingHttpResponse(en_csv(vista), content_type="text/csv; charset=utf-8")
    respuesta["Content-Disposition"] = f'attachment; filename="{archivo}.csv"'
    return respuesta


def _nombre(lista: ModelAdmin) -> str:
    return f"{slugify(str(lista.opts.verbose_name_plural))}-{timezone.localdate():%Y-%m-%d}"


def _negar(request: HttpRequest, lista: ModelAdmin, dicho: str) -> HttpResponse:
    messages.error(request, dicho)
    return redirect(reverse(ruta_de_lista(lista.model)))
