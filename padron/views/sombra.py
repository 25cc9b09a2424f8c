"""Qué cambiaría en lo ya entregado con otra regla o con las comprobaciones de hoy, antes de publicar nada."""

from __future__ import annotations

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from padron.consultas.regla import hechos_de
from padron.consultas.sombra import (
    POR_PAGINA,
    Comparacion,
    comparables,
    comparar,
    filas,
    puede_comparar,
)
from padron.models import Carga, Pasada
from padron.servicios.sombra import revisar_en_sombra, revisar_varias_en_sombra
from programas.models import ReglaOperacion
from sibis.nucleo.errores import ErrorDeNegocio

CADA_SEGUNDOS = 5


def _no_existe() -> Http404:
    return Http404(_("No hay un asunto con ese número entre los que puedes ver."))


@require_http_methods(["GET", "HEAD", "POST"])
def regla(request: HttpRequest, pk: int) -> HttpResponse:
    """Las cargas del programa y el ejercicio, y qué cambiaría en cada una con esta versión."""
    suya = ReglaOperacion.objects.select_related("programa", "dependencia").filter(pk=pk).first()
    if suya is None or not puede_comparar(request.user, suya.dependencia_id):
        raise _no_existe()
    cargas = list(comparables(suya))
    if request.method == "POST":
        empezadas = revisar_varias_en_sombra(cargas, por=request.user, regla=suya)
        messages.success(
            request,
            ngettext(
                "Se revisa %(n)s carga con esta versión. Nada de ella cambia.",
                "Se revisan %(n)s cargas con esta versión. Nada de ellas cambia.",
                len(empezadas),
            )
            % {"n": len(empezadas)},
        )
        return redirect("padron_panel:comparar_regla", pk=suya.pk)
    renglones = [(carga, _sombra_de(carga, suya)) for carga in cargas]
    contexto = {
        **admin.site.each_context(request),
        "title": _("Qué cambiaría en los padrones"),
        "regla": suya,
        "renglones": renglones,
        "refrescar": CADA_SEGUNDOS if any(s and s.esta_abierta for _c, s in renglones) else 0,
    }
    return render(request, "padron/comparar_regla.html", contexto)


def _sombra_de(carga: Carga, suya: ReglaOperacion) -> Pasada | None:
    return next((s for s in carga.sombras if s.regla_id == suya.pk), None)


@require_safe
def carga(request: HttpRequest, pk: int) -> HttpResponse:
    """La última comparación de una carga, fila por fila."""
    suya = _carga(request, pk)
    sombra = (
        suya.pasadas.filter(motivo=Pasada.Motivo.SOMBRA)
        .select_related("regla__programa")
        .order_by("-numero")
        .first()
    )
    contexto = {
        **admin.site.each_context(request),
        "title": _("Qué cambiaría en %(folio)s") % {"folio": suya.folio},
        "carga": suya,
        "sombra": sombra,
        "refrescar": CADA_SEGUNDOS if sombra and sombra.esta_abierta else 0,
    }
    if sombra is not None and sombra.esta_terminada:
        contexto |= _comparado(request, suya, sombra)
    return render(request, "padron/comparar_carga.html", contexto)


def _comparado(request: HttpRequest, suya: Carga, sombra: Pasada) -> dict[str, object]:
    hechos = hechos_de(sombra.regla)
    clase, desde = request.GET.get("clase", ""), request.GET.get("desde", "")
    comparacion: Comparacion = comparar(suya, sombra, hechos)
    pagina = filas(
        suya, sombra, hechos, clase=clase, desde=int(desde[:9]) if desde.isdecimal() else -1
    )
    hay_mas = len(pagina) > POR_PAGINA
    siguiente = urlencode({"clase": clase, "desde": pagina[POR_PAGINA - 1].fila}) if hay_mas else ""
    return {
        "comparacion": comparacion,
        "filas": pagina[:POR_PAGINA],
        "siguiente": siguiente,
        "clase": clase,
        "clases": [
            ("dejarian", comparacion.dejarian, _("Dejarían de entrar")),
            ("entrarian", comparacion.entrarian, _("Entrarían")),
            ("cambiarian", comparacion.cambiarian, _("Solo cambian de aviso")),
        ],
    }


@require_POST
def revisar(request: HttpRequest, pk: int) -> HttpResponse:
    """Con su misma regla y las comprobaciones de hoy."""
    suya = _carga(request, pk)
    try:
        revisar_en_sombra(suya, por=request.user)
    except ErrorDeNegocio as error:
        messages.error(request, error.mensaje)
        return redirect(reverse("admin:padron_carga_change", args=[suya.pk]))
    return redirect("padron_panel:comparar_carga", pk=suya.pk)


def _carga(request: HttpRequest, pk: int) -> Carga:
    suya = Carga.objects.select_related("programa", "dependencia", "pasada").filter(pk=pk).first()
    if suya is None or not puede_comparar(request.user, suya.dependencia_id):
        raise _no_existe()
    return suya
