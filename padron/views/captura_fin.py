"""Empezar una captura, y terminarla: entregarla, volver a abrirla o descartarla."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from padron.forms.captura import CapturaNuevaForm, EntregarCapturaForm
from padron.models import Captura, DisposicionDePadron
from padron.servicios import capturas, capturas_entrega
from padron.views.captura_base import armado, del_ambito, falta_pedirla, sin_guardar, url_de
from padron.views.captura_pagina import hoja_de
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso


@require_http_methods(["GET", "HEAD", "POST"])
def nueva(
    request: HttpRequest,
    modelo_admin: ModelAdmin,
    programa: int | None = None,
    ejercicio: int | None = None,
) -> HttpResponse:
    """El programa, el año y el periodo; pueden venir en la dirección."""
    if not puede(request.user, Permiso.PADRON_CARGAR):
        raise Http404(_("Solo el enlace de una dependencia captura padrones."))
    pedido = {
        "programa": programa or request.GET.get("programa", "")[:20],
        "ejercicio": ejercicio or request.GET.get("ejercicio", "")[:4],
        "periodo": request.GET.get("periodo", "")[:5],
    }
    form = CapturaNuevaForm(
        request.POST or None, quien=request.user, initial={c: v for c, v in pedido.items() if v}
    )
    if request.method == "POST" and form.is_valid():
        try:
            hecha = capturas.empezar(**form.cleaned_data, por=request.user)
        except SinPermiso as error:
            raise PermissionDenied(error.mensaje) from error
        except ErrorDeNegocio as error:
            form.add_error(None, error.mensaje)
        else:
            return redirect(url_de(hecha))
    contexto = {
        **modelo_admin.admin_site.each_context(request),
        "title": _("Capturar un padrón a mano"),
        "opts": Captura._meta,
        "form": form,
        "ya_hay": _abiertas(request, modelo_admin, form),
    }
    status = 422 if form.is_bound else 200
    return render(request, "admin/padron/captura_nueva.html", contexto, status=status)


def _abiertas(
    request: HttpRequest, modelo_admin: ModelAdmin, form: CapturaNuevaForm
) -> list[Captura]:
    """Las que ya se empezaron para ese programa y año: quizá quería seguir una."""
    programa, ejercicio = form["programa"].value(), form["ejercicio"].value()
    abiertas = (
        modelo_admin.get_queryset(request).abiertas().select_related("programa", "tocada_por")
    )
    if str(programa or "").isdecimal() and str(ejercicio or "").isdecimal():
        abiertas = abiertas.filter(programa=int(programa), ejercicio=int(ejercicio))
    return list(abiertas[:10])


@require_http_methods(["GET", "HEAD", "POST"])
def entregar(request: HttpRequest, pk: int, modelo_admin: ModelAdmin) -> HttpResponse:
    """Antes de congelarla: cuánto trae y qué esperaría."""
    captura = del_ambito(request, modelo_admin, pk)
    if not captura.esta_abierta or falta_pedirla(request, captura):
        return redirect(url_de(captura))
    form = EntregarCapturaForm(request.POST if request.method == "POST" else None, captura=captura)
    error = ""
    if request.method == "POST" and form.is_valid():
        try:
            carga = capturas_entrega.entregar(captura, por=request.user, sustituye=form.sustituye)
        except SinPermiso as sin_permiso:
            raise PermissionDenied(sin_permiso.mensaje) from sin_permiso
        except ErrorDeNegocio as de_negocio:
            error = de_negocio.mensaje
        else:
            messages.success(
                request,
                _("Entregada con el folio %(folio)s. Lo que escribiste ya no cambia aquí.")
                % {"folio": carga.folio},
            )
            return redirect(reverse("admin:padron_carga_change", args=[carga.pk]))
    contexto = armado(
        request,
        modelo_admin,
        captura,
        _("Entregar la captura"),
        form=form,
        error=error,
        totales=hoja_de(captura).totales,
        admite_parcial=DisposicionDePadron.de(
            captura.programa_id, captura.ejercicio
        ).admite_parcial,
    )
    status = 422 if error or form.errors else 200
    return sin_guardar(
        render(request, "admin/padron/captura_entregar.html", contexto, status=status)
    )


@require_POST
def reabrir(request: HttpRequest, pk: int, modelo_admin: ModelAdmin) -> HttpResponse:
    captura = del_ambito(request, modelo_admin, pk)
    try:
        capturas_entrega.reabrir(captura, por=request.user)
    except SinPermiso as error:
        raise PermissionDenied(error.mensaje) from error
    except ErrorDeNegocio as error:
        messages.error(request, error.mensaje)
    else:
        messages.success(request, _("La captura está abierta otra vez, con todo lo suyo."))
    return redirect(url_de(captura))


@require_http_methods(["GET", "HEAD", "POST"])
def descartar(request: HttpRequest, pk: int, modelo_admin: ModelAdmin) -> HttpResponse:
    """No se deshace: pregunta antes."""
    captura = del_ambito(request, modelo_admin, pk)
    if not captura.esta_abierta:
        return redirect(url_de(captura))
    if request.method == "POST":
        try:
            capturas_entrega.descartar(captura, por=request.user)
        except SinPermiso as error:
            raise PermissionDenied(error.mensaje) from error
        except ErrorDeNegocio as error:
            messages.error(request, error.mensaje)
        else:
            messages.success(request, _("La captura se descartó y sus renglones se borraron."))
        return redirect(reverse("admin:padron_captura_changelist"))
    contexto = armado(
        request,
        modelo_admin,
        captura,
        _("Descartar la captura"),
        cuantos=captura.renglones.puestos().count(),
    )
    return render(request, "admin/padron/captura_descartar.html", contexto)
