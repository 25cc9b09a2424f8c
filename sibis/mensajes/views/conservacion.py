"""Los hilos con plazo cumplido y lo que se decide de ellos."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sibis.mensajes.consultas.conservacion import por_decidir, puede_decidir
from sibis.mensajes.forms import BandejaForm, DisposicionForm
from sibis.mensajes.models import Disposicion
from sibis.mensajes.servicios import conservacion
from sibis.mensajes.views.panel import pagina
from sibis.nucleo.errores import ErrorDeNegocio


@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    _exigir(request)
    return pagina(
        request,
        "mensajes/conservacion.html",
        title=_("Hilos con plazo de conservación cumplido"),
        lista=por_decidir(request.user, pagina=BandejaForm(request.GET).filtros.pagina),
        decisiones=Disposicion.Decision.choices,
    )


@require_POST
def decidir(request: HttpRequest, pk: int) -> HttpResponse:
    _exigir(request)
    disposicion = get_object_or_404(Disposicion, pk=pk)
    formulario = DisposicionForm(request.POST)
    if not formulario.is_valid():
        messages.error(request, _("No se guardó: elige qué se hará y escribe el motivo."))
        return redirect("mensajes:conservacion")
    try:
        conservacion.decidir(disposicion, por=request.user, **formulario.cleaned_data)
    except ErrorDeNegocio as error:
        messages.error(request, error.mensaje)
    else:
        messages.success(request, _("La decisión quedó escrita. No se borró nada."))
    return redirect("mensajes:conservacion")


def _exigir(request: HttpRequest) -> None:
    if not puede_decidir(request.user):
        raise PermissionDenied(_("Tu función no decide sobre la conservación de los hilos."))
