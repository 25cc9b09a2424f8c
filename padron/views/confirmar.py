"""La página de la segunda persona: qué se presentó, en qué difiere, y confirmarlo o devolverlo."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from padron.consultas.comparacion_de_carga import comparaciones
from padron.consultas.hoja_de_carga import hoja_de, politica_de, url_de
from padron.consultas.resultado_de_carga import resultado_de
from padron.forms.confirmacion import ConfirmarForm, DevolverForm
from padron.models import Carga
from padron.servicios import decisiones
from padron.views.armado import contexto, del_ambito
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso


@require_http_methods(["GET", "HEAD", "POST"])
def confirmar(request: HttpRequest, pk: int, modelo_admin: ModelAdmin) -> HttpResponse:
    suya = del_ambito(request, modelo_admin, pk)
    if request.method == "POST":
        return _decidir(request, suya, modelo_admin)
    return _pagina(request, suya, modelo_admin)


def _decidir(request: HttpRequest, suya: Carga, modelo_admin: ModelAdmin) -> HttpResponse:
    devuelve = request.POST.get("acto") == "devolver"
    form = (DevolverForm if devuelve else ConfirmarForm)(request.POST)
    if form.is_valid():
        try:
            return _devolver(request, suya, form) if devuelve else _aplicar(request, suya, form)
        except SinPermiso as error:
            raise PermissionDenied(error.mensaje) from error
        except ErrorDeNegocio as error:
            form.add_error(None, forms.ValidationError([error.mensaje, *error.detalles]))
    suyo = {"devolver": form} if devuelve else {"confirmar": form}
    return _pagina(request, suya, modelo_admin, **suyo)


def _aplicar(request: HttpRequest, suya: Carga, form: forms.Form) -> HttpResponse:
    aplicada = decisiones.aplicar(suya, por=request.user, edicion=form.cleaned_data["edicion"])
    messages.success(
        request,
        _("Confirmada: %(n)s registros ya son parte del padrón.") % {"n": f"{aplicada.validas:,}"},
    )
    return redirect(url_de(suya))


def _devolver(request: HttpRequest, suya: Carga, form: forms.Form) -> HttpResponse:
    datos = form.cleaned_data
    decisiones.devolver(suya, motivo=datos["motivo"], por=request.user, edicion=datos["edicion"])
    messages.success(request, _("Devuelta. Quien la entregó ya tiene tu aviso."))
    return redirect(url_de(suya))


def _pagina(
    request: HttpRequest,
    suya: Carga,
    modelo_admin: ModelAdmin,
    *,
    confirmar: forms.Form | None = None,
    devolver: forms.Form | None = None,
) -> HttpResponse:
    suya.refresh_from_db(fields=["estado", "edicion"])
    hoja = hoja_de(suya, quien=request.user)
    if not hoja.esta_revisada:
        return redirect(hoja.url)
    inicial = {"edicion": suya.edicion}
    datos = contexto(
        request,
        modelo_admin,
        hoja,
        resultado=resultado_de(suya),
        politica=politica_de(hoja),
        comparaciones=comparaciones(suya),
        confirmar=confirmar or ConfirmarForm(initial=inicial, auto_id="aplicar_%s"),
        devolver=devolver or DevolverForm(initial=inicial, auto_id="devolver_%s"),
        title=_("Confirmar la carga %(folio)s") % {"folio": suya.folio},
    )
    estado = 422 if confirmar or devolver else 200
    return render(request, "admin/padron/confirmar.html", datos, status=estado)
