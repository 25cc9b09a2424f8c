"""Anotar muchas entregas: escribir la lista, ver qué pasaría, confirmarlo, deshacerlo."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from padron.consultas.hoja_de_jornada import url_de
from padron.estados_de_entrega import EstadoLote
from padron.forms.entregas import DeshacerForm, LoteForm
from padron.models import LoteDeEntregas
from padron.servicios import lotes_de_entregas as lotes
from padron.views.jornadas import anotar_error, del_ambito, pintar
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.errores import ErrorDeNegocio

SIN_HALLAR_A_LA_VISTA = 200
_ACTOS = {
    "confirmar": lotes.confirmar,
    "confirmar-devolucion": lotes.confirmar_devolucion,
    "descartar": lotes.descartar,
}


def url_de_lote(lote: LoteDeEntregas) -> str:
    return reverse("admin:padron_lote_de_entregas", args=[lote.jornada_id, lote.pk])


def _el_lote(
    request: HttpRequest, modelo_admin: ModelAdmin, pk: int, numero: int
) -> LoteDeEntregas:
    jornada = del_ambito(request, modelo_admin, pk)
    lote = jornada.lotes.select_related("preparado_por", "confirmado_por").filter(pk=numero).first()
    if lote is None:
        raise Http404(_("No hay un lote con ese número en esta jornada."))
    lote.jornada = jornada
    return lote


@require_http_methods(["GET", "HEAD", "POST"])
def nuevo(request: HttpRequest, pk: int, modelo_admin: ModelAdmin) -> HttpResponse:
    jornada = del_ambito(request, modelo_admin, pk)
    datos, archivos = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    inicial = {"fecha": min(max(timezone.localdate(), jornada.desde), timezone.localdate())}
    formulario = LoteForm(datos, archivos, initial=inicial)
    if request.method == "POST" and formulario.is_valid():
        dicho = formulario.cleaned_data
        try:
            lote = lotes.preparar(
                jornada,
                que=dicho["que"],
                fecha=dicho["fecha"],
                claves=formulario.claves(),
                motivo=dicho["motivo"],
                por=request.user,
            )
        except ErrorDeNegocio as error:
            anotar_error(formulario, error)
        else:
            return redirect(url_de_lote(lote))
    contexto = {
        "form": formulario,
        "jornada": jornada,
        "boton": _("Ver qué se anotaría"),
        "con_archivo": True,
        "miga": _("Anotar muchas entregas"),
        "entradilla": _(
            "Antes de anotar verás a cuántas personas toca, cuánto dinero suma y qué renglones no se "
            "hallaron. Quien ya tenga algo anotado queda igual."
        ),
        "title": _("Anotar muchas entregas"),
    }
    estado = 422 if formulario.errors else 200
    return pintar(request, modelo_admin, "formulario.html", contexto, estado=estado)


@require_safe
def lote(request: HttpRequest, pk: int, numero: int, modelo_admin: ModelAdmin) -> HttpResponse:
    """Qué se anotaría mientras no se confirma; después, qué se anotó."""
    suyo = _el_lote(request, modelo_admin, pk, numero)
    return _pagina(request, modelo_admin, suyo)


def _pagina(
    request: HttpRequest,
    modelo_admin: ModelAdmin,
    suyo: LoteDeEntregas,
    *,
    deshacer: DeshacerForm | None = None,
) -> HttpResponse:
    en = suyo.jornada.dependencia_id
    captura = puede(request.user, Permiso.PADRON_CARGAR, en=en)
    confirma = puede(request.user, Permiso.PADRON_CONFIRMAR, en=en)
    espera = suyo.estado == EstadoLote.POR_CONFIRMAR
    contexto: dict[str, Any] = {
        "lote": suyo,
        "jornada": suyo.jornada,
        "sin_hallar": suyo.sin_hallar[:SIN_HALLAR_A_LA_VISTA],
        "se_confirma": captura and suyo.estado == EstadoLote.PREPARADO,
        "espera_a_otra": espera,
        "confirma_otra": espera and confirma and suyo.preparado_por_id != request.user.pk,
        "se_descarta": (captura or confirma) and (espera or suyo.estado == EstadoLote.PREPARADO),
        "se_deshace": captura and suyo.estado == EstadoLote.APLICADO and not suyo.devuelve,
        "deshacer": deshacer or DeshacerForm(),
        "title": suyo.get_que_display().capitalize(),
    }
    estado = 422 if deshacer is not None else 200
    return pintar(request, modelo_admin, "lote.html", contexto, estado=estado)


@require_POST
def acto(
    request: HttpRequest, pk: int, numero: int, nombre: str, modelo_admin: ModelAdmin
) -> HttpResponse:
    suyo = _el_lote(request, modelo_admin, pk, numero)
    if nombre not in _ACTOS:
        raise Http404(_("Ese paso no existe."))
    try:
        hecho = _ACTOS[nombre](suyo, por=request.user)
    except ErrorDeNegocio as error:
        messages.error(request, error.mensaje)
        return redirect(url_de_lote(suyo))
    if hecho.estado == EstadoLote.DESCARTADO and not hecho.error:
        messages.success(request, _("Se descartó: no se anotó nada."))
        return redirect(url_de(suyo.jornada))
    return redirect(url_de_lote(suyo))


@require_POST
def deshacer(request: HttpRequest, pk: int, numero: int, modelo_admin: ModelAdmin) -> HttpResponse:
    suyo = _el_lote(request, modelo_admin, pk, numero)
    formulario = DeshacerForm(request.POST)
    if formulario.is_valid():
        try:
            vuelta = lotes.deshacer(suyo, por=request.user, **formulario.cleaned_data)
        except ErrorDeNegocio as error:
            anotar_error(formulario, error)
        else:
            return redirect(url_de_lote(vuelta))
    return _pagina(request, modelo_admin, suyo, deshacer=formulario)
