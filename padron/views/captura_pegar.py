"""Pegar de una hoja: se lee con el lector de las cargas, se enseña antes, y después se inserta."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from padron.consultas.columnas_de_captura import en_orden, hechos, visibles
from padron.importacion.capturas import PRIMERA_FILA, Pegado, leer_pegado, revisar
from padron.models import Captura
from padron.models.opciones import Severidad
from padron.servicios import capturas_renglones
from padron.validacion.columnas import POR_IDENTIFICADOR
from padron.views.captura_base import armado, sin_guardar, url_de
from padron.views.captura_pagina import pintar
from sibis.nucleo.errores import ArchivoIlegible, ErrorDeNegocio, SinPermiso

_DE_MUESTRA = 10


def previa(
    request: HttpRequest, modelo_admin: ModelAdmin, captura: Captura, a_la_vista: Sequence[str]
) -> HttpResponse:
    """Qué se entendió de lo pegado. Nada se inserta todavía."""
    texto = request.POST.get("pegado", "")
    try:
        pegado = _leido(request, captura, a_la_vista)
        _exigir_que_quepa(captura, pegado)
    except ErrorDeNegocio as error:
        return pintar(request, modelo_admin, captura, pegado=texto, error=error.mensaje, status=422)
    contexto = armado(
        request,
        modelo_admin,
        captura,
        _("Lo que se va a insertar"),
        pegado=texto,
        desde=request.POST.get("desde", ""),
        leido=pegado,
        titulos=[POR_IDENTIFICADOR[c].titulo for c in pegado.columnas],
        muestra=[[r.get(c, "") for c in pegado.columnas] for r in pegado.renglones[:_DE_MUESTRA]],
        quedan=max(0, len(pegado.renglones) - _DE_MUESTRA),
        bloquean=_bloquean(captura, pegado),
    )
    return sin_guardar(render(request, "admin/padron/captura_previa.html", contexto))


def insertar(request: HttpRequest, modelo_admin: ModelAdmin, captura: Captura) -> HttpResponse:
    """Lo mismo que se enseñó, leído otra vez: en el camino pudo cambiar cuántos caben."""
    a_la_vista = visibles(captura, hechos(captura))
    try:
        pegado = _leido(request, captura, a_la_vista)
        _exigir_que_quepa(captura, pegado)
        cuantos = capturas_renglones.insertar(captura, pegado.renglones, por=request.user)
    except SinPermiso:
        raise
    except ErrorDeNegocio as error:
        texto = request.POST.get("pegado", "")
        return pintar(request, modelo_admin, captura, pegado=texto, error=error.mensaje, status=422)
    texto = ngettext(
        "Se insertó %(n)s renglón al final y se revisó.",
        "Se insertaron %(n)s renglones al final y se revisaron.",
        cuantos,
    )
    messages.success(request, texto % {"n": cuantos})
    return redirect(f"{url_de(captura)}?pagina=99999")


def _leido(request: HttpRequest, captura: Captura, a_la_vista: Sequence[str]) -> Pegado:
    """Sin títulos, va desde la columna donde se pegó."""
    regla = hechos(captura)
    if regla is None:
        raise ArchivoIlegible(_("El programa no tiene reglas publicadas: no se puede leer."))
    columnas = en_orden(a_la_vista)
    desde = request.POST.get("desde", "")
    if desde in columnas:
        columnas = columnas[columnas.index(desde) :]
    return leer_pegado(request.POST.get("pegado", ""), regla, columnas)


def _exigir_que_quepa(captura: Captura, pegado: Pegado) -> None:
    if not pegado.renglones:
        raise ArchivoIlegible(_("Lo pegado no trae ningún renglón con datos. No se insertó nada."))
    hay, tope = captura.renglones.puestos().count(), settings.PADRON_CAPTURA_RENGLONES
    if hay + len(pegado.renglones) > tope:
        raise capturas_renglones.FaltaEspacio(
            _(
                "Pegaste %(n)s renglones; aquí caben %(tope)s y ya hay %(hay)s. No se insertó nada: con "
                "tantos, guarda tu hoja como Excel o CSV y sube el archivo."
            )
            % {"n": f"{len(pegado.renglones):,}", "tope": f"{tope:,}", "hay": f"{hay:,}"}
        )


def _bloquean(captura: Captura, pegado: Pegado) -> int:
    """Cuántos no entrarían como vienen; entre ellos, todavía sin los que ya están."""
    regla = hechos(captura)
    if regla is None:
        return 0
    filas = list(enumerate(pegado.renglones, PRIMERA_FILA))
    hallados = revisar(captura, regla, en_orden(pegado.columnas), filas)
    return sum(any(h.severidad == Severidad.BLOQUEA for h in suyos) for suyos in hallados.values())
