"""Lo que se hace con un plazo: pedir prórroga, decidirla, anotar que se cumplió."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sibis.agenda.estados import FLUJO_PRORROGA
from sibis.agenda.forms import AnotarForm, DecidirForm, DesanotarForm, PedirProrrogaForm
from sibis.agenda.models import Prorroga, Vencimiento
from sibis.agenda.servicios import constancia, prorrogas
from sibis.agenda.views.base import ambito_de, pagina, vencimiento_de
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.nucleo.estados import Transicion

_formularios = require_http_methods(["GET", "HEAD", "POST"])
_DECISIONES: dict[str, Callable[..., Prorroga]] = {
    "conceder": prorrogas.conceder,
    "negar": prorrogas.negar,
    "retirar": prorrogas.retirar,
}


@_formularios
def pedir(request: HttpRequest, pk: int) -> HttpResponse:
    v = vencimiento_de(request, pk)
    formulario = PedirProrrogaForm(request.POST or None)

    def acto(**datos: Any) -> None:
        prorrogas.pedir(v, por=request.user, **datos)

    return _acto(
        request,
        v,
        formulario,
        acto,
        title=_("Pedir prórroga"),
        boton=_("Pedir prórroga"),
        entradilla=_("Mientras no se decida, el plazo no cambia. La decide otra instancia."),
        hecho=_("Se pidió la prórroga. Te avisaremos cuando se decida."),
    )


@_formularios
def decidir(request: HttpRequest, pk: int, nombre: str) -> HttpResponse:
    prorroga, transicion = _prorroga(request, pk), _transicion(nombre)
    formulario = DecidirForm(
        request.POST if request.method == "POST" else None,
        con_razon=transicion.exige_otra_persona,
        obligada=transicion.exige_motivo,
    )

    def acto(**datos: Any) -> None:
        _DECISIONES[nombre](prorroga, por=request.user, **datos)

    return _acto(
        request,
        prorroga.vencimiento,
        formulario,
        acto,
        title=_("%(acto)s la prórroga") % {"acto": nombre.capitalize()},
        boton=nombre.capitalize(),
        entradilla=transicion.descripcion,
        prorroga=prorroga,
        hecho=_("Listo: %(acto)s la prórroga.") % {"acto": nombre},
    )


@_formularios
def anotar(request: HttpRequest, pk: int) -> HttpResponse:
    v = vencimiento_de(request, pk)

    def acto(**datos: Any) -> None:
        constancia.anotar(v, por=request.user, **datos)

    return _acto(
        request,
        v,
        AnotarForm(request.POST or None),
        acto,
        title=_("Anotar que se cumplió"),
        boton=_("Anotar"),
        entradilla=_("El sistema no tiene de dónde saberlo: queda lo que tú digas, con tu cuenta."),
        hecho=_("Quedó anotado."),
    )


@_formularios
def desanotar(request: HttpRequest, pk: int) -> HttpResponse:
    v = vencimiento_de(request, pk)

    def acto(**datos: Any) -> None:
        constancia.desanotar(v, por=request.user, **datos)

    return _acto(
        request,
        v,
        DesanotarForm(request.POST or None),
        acto,
        title=_("Quitar lo anotado"),
        boton=_("Quitar lo anotado"),
        entradilla=_("El plazo vuelve a estar por cumplirse. Lo que decía queda en la bitácora."),
        hecho=_("Se quitó lo anotado."),
    )


def _acto(
    request: HttpRequest,
    v: Vencimiento,
    formulario: forms.Form,
    acto: Callable[..., None],
    *,
    hecho: str,
    **contexto: Any,
) -> HttpResponse:
    """Lo que no procede se explica en la misma página, con lo escrito a la vista."""
    if request.method == "POST" and formulario.is_valid():
        try:
            acto(**formulario.cleaned_data)
        except ErrorDeNegocio as error:
            formulario.add_error(None, forms.ValidationError([error.mensaje, *error.detalles]))
        else:
            messages.success(request, hecho)
            return redirect(v)
    estado = 422 if formulario.errors else 200
    return pagina(request, "acto.html", status=estado, v=v, form=formulario, **contexto)


def _prorroga(request: HttpRequest, pk: int) -> Prorroga:
    hallada = (
        Prorroga.objects.del_ambito(ambito_de(request))
        .select_related("vencimiento__obligacion", "vencimiento__dependencia", "pedida_por")
        .filter(pk=pk)
        .first()
    )
    if hallada is None:
        raise Http404(_("No hay una prórroga con ese número en tu ámbito."))
    return hallada


def _transicion(nombre: str) -> Transicion:
    encontrada = next((t for t in FLUJO_PRORROGA if t.nombre == nombre), None)
    if encontrada is None:
        raise Http404(_("Esa acción no existe."))
    return encontrada
