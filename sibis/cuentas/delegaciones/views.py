"""La página de las delegaciones de cada quien, en el panel."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sibis.cuentas.delegaciones import dias_maximos
from sibis.cuentas.delegaciones.consultas import de, delegables
from sibis.cuentas.delegaciones.forms import DelegarForm, RevocarForm
from sibis.cuentas.models import Adscripcion
from sibis.cuentas.servicios import delegaciones
from sibis.nucleo.errores import ErrorDeNegocio


@require_http_methods(["GET", "HEAD", "POST"])
def lista(request: HttpRequest) -> HttpResponse:
    """Las que dio y las que recibió; y, si su función se delega, el formulario."""
    puede = bool(delegables(request.user))
    formulario = DelegarForm(request.POST or None, por=request.user) if puede else None
    if request.method == "POST" and formulario is not None and formulario.is_valid():
        try:
            hecha = delegaciones.delegar(por=request.user, **formulario.cleaned_data)
        except ErrorDeNegocio as error:
            formulario.add_error(None, error.mensaje)
        else:
            messages.success(
                request,
                _("Listo: %(quien)s ejerce tu función en esas fechas. Ya le avisamos.")
                % {"quien": hecha.usuario},
            )
            return redirect("delegaciones:lista")
    dio, recibio = de(request.user)
    return _pagina(
        request,
        "cuentas/delegaciones.html",
        status=422 if formulario is not None and formulario.errors else 200,
        title=_("Delegaciones"),
        form=formulario,
        dio=dio,
        recibio=recibio,
        dias=dias_maximos(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def retirar(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirma con el motivo. La de otra persona no existe."""
    delegacion = (
        Adscripcion.objects.select_related("usuario", "dependencia")
        .filter(pk=pk, delegada_por=request.user)
        .first()
    )
    if delegacion is None:
        raise Http404(_("Esa delegación no es tuya."))
    formulario = RevocarForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and formulario.is_valid():
        try:
            delegaciones.revocar(
                delegacion, por=request.user, motivo=formulario.cleaned_data["motivo"]
            )
        except ErrorDeNegocio as error:
            formulario.add_error(None, error.mensaje)
        else:
            messages.success(request, _("Retiraste la delegación. Ya le avisamos."))
            return redirect("delegaciones:lista")
    return _pagina(
        request,
        "cuentas/retirar_delegacion.html",
        status=422 if formulario.errors else 200,
        title=_("Retirar una delegación"),
        form=formulario,
        delegacion=delegacion,
    )


def _pagina(
    request: HttpRequest, plantilla: str, *, status: int = 200, **contexto: Any
) -> HttpResponse:
    contexto = {**admin.site.each_context(request), **contexto}
    return render(request, plantilla, contexto, status=status)
