"""Una carga: cómo va, qué se halló en ella y los botones de quien la entregó."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from padron.consultas.arreglos import filas_recordadas
from padron.consultas.avance_de_carga import PASOS, avance_de
from padron.consultas.hoja_de_carga import PREGUNTAN, Hoja, hoja_de, politica_de, url_de
from padron.consultas.resultado_de_carga import resultado_de
from padron.estados import EstadoCarga
from padron.forms.confirmacion import ActoForm
from padron.models import Carga
from padron.servicios import cargas, decisiones, en_marcha
from padron.views.armado import contexto, del_ambito
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso

_ACTOS: dict[str, tuple[Callable[..., Carga], Any]] = {
    "pausar": (en_marcha.pausar, gettext_lazy("En pausa. Lo hecho se conserva.")),
    "reanudar": (en_marcha.reanudar, gettext_lazy("Sigue desde donde se quedó.")),
    "revisar_de_nuevo": (en_marcha.revisar_de_nuevo, gettext_lazy("Se está revisando de nuevo.")),
    "presentar": (
        decisiones.presentar,
        gettext_lazy("Presentada. Ya se avisó a quien puede confirmarla."),
    ),
    "cancelar": (
        cargas.cancelar,
        gettext_lazy("Cancelada. Nada de ella entró al padrón y el archivo se conserva."),
    ),
}


@require_safe
def carga(request: HttpRequest, pk: int, modelo_admin: ModelAdmin) -> HttpResponse:
    """La misma dirección en todos los estados; si falta decir las columnas, lleva a decirlas."""
    suya = del_ambito(request, modelo_admin, pk)
    hoja = hoja_de(suya, quien=request.user)
    if suya.estado == EstadoCarga.POR_MAPEAR and hoja.puede_cargar:
        return redirect(hoja.url_columnas)
    datos = contexto(
        request,
        modelo_admin,
        hoja,
        politica=politica_de(hoja),
        avance=avance_de(suya) if hoja.esta_en_marcha else None,
        pasos=PASOS,
        resultado=resultado_de(suya),
        filas_recordadas=filas_recordadas(suya),
        falta_para_presentar=_que_falta(hoja),
    )
    return render(request, "admin/padron/carga.html", datos)


@require_safe
def avance(request: HttpRequest, pk: int, modelo_admin: ModelAdmin) -> HttpResponse:
    """Solo los números, para la página que se actualiza sola."""
    respuesta = JsonResponse(avance_de(del_ambito(request, modelo_admin, pk)).a_json())
    respuesta["Cache-Control"] = "private, no-store"
    return respuesta


@require_http_methods(["GET", "HEAD", "POST"])
def acto(request: HttpRequest, pk: int, acto: str, modelo_admin: ModelAdmin) -> HttpResponse:
    """Un botón. Los que no se deshacen preguntan antes, en su página."""
    if acto not in _ACTOS:
        raise Http404(_("Esa acción no existe."))
    suya = del_ambito(request, modelo_admin, pk)
    if request.method != "POST":
        return _preguntar(request, suya, acto, modelo_admin)
    form = ActoForm(request.POST)
    edicion = form.cleaned_data["edicion"] if form.is_valid() else None
    hacer, dicho = _ACTOS[acto]
    try:
        hacer(suya, por=request.user, edicion=edicion)
    except SinPermiso as error:
        raise PermissionDenied(error.mensaje) from error
    except ErrorDeNegocio as error:
        messages.error(request, error.mensaje)
    else:
        messages.success(request, str(dicho))
    return redirect(url_de(suya))


def _preguntar(
    request: HttpRequest, suya: Carga, acto: str, modelo_admin: ModelAdmin
) -> HttpResponse:
    hoja = hoja_de(suya, quien=request.user)
    boton = next((b for b in hoja.botones if b.nombre == acto), None)
    if acto not in PREGUNTAN or boton is None:
        return redirect(hoja.url)
    datos = contexto(
        request,
        modelo_admin,
        hoja,
        boton=boton,
        politica=politica_de(hoja),
        falta=_que_falta(hoja) if acto == "presentar" else "",
    )
    return render(request, "admin/padron/acto.html", datos)


def _que_falta(hoja: Hoja) -> str:
    """Por qué no se podría presentar como está; vacío si se puede."""
    if hoja.carga.estado != EstadoCarga.POR_REVISAR:
        return ""
    try:
        decisiones.exigir_que_pueda_entrar(hoja.carga)
    except ErrorDeNegocio as error:
        return error.mensaje
    return ""
