"""Lo que se puede llevar de un programa: ficha y reglas en PDF, reglas en Word y sus fechas."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programas.consultas import impresos
from programas.consultas.calendario import TIPO_ICS, calendario_ics, etiqueta
from programas.views.lectura import (
    con_direcciones_de_antes,
    leer_ficha,
    leer_regla,
    numero_de_version,
)
from sibis.documentos.respuesta import responder


@login_not_required
@require_safe
@con_direcciones_de_antes
def ficha_pdf(request: HttpRequest, slug: str, ejercicio: int) -> HttpResponseBase:
    regla = leer_regla(slug, ejercicio, numero_de_version(request))
    return responder(
        request,
        impresos.FICHA,
        {"regla": regla.pk},
        archivo=f"ficha-{slug}-{ejercicio}.pdf",
        pagina=_con_version(
            request, reverse("programas:programa_ejercicio", args=[slug, ejercicio])
        ),
    )


def _reglas(
    request: HttpRequest, slug: str, ejercicio: int, *, tipo: str, extension: str
) -> HttpResponseBase:
    ficha = leer_ficha(request, slug, ejercicio)
    if not ficha.tiene_reglas:
        raise Http404(_("De este programa todavía no hay reglas con qué armar el documento."))
    return responder(
        request,
        tipo,
        {"regla": ficha.regla.pk},
        archivo=f"reglas-{slug}-{ejercicio}.{extension}",
        pagina=_con_version(request, reverse("programas:reglas", args=[slug, ejercicio])),
        adjunto=extension == "docx",
    )


def _con_version(request: HttpRequest, ruta: str) -> str:
    version = numero_de_version(request)
    return ruta if version is None else f"{ruta}?version={version}"


@login_not_required
@require_safe
@con_direcciones_de_antes
def reglas_pdf(request: HttpRequest, slug: str, ejercicio: int) -> HttpResponseBase:
    return _reglas(request, slug, ejercicio, tipo=impresos.REGLAS, extension="pdf")


@login_not_required
@require_safe
@con_direcciones_de_antes
def reglas_docx(request: HttpRequest, slug: str, ejercicio: int) -> HttpResponseBase:
    return _reglas(request, slug, ejercicio, tipo=impresos.REGLAS_WORD, extension="docx")


@login_not_required
@require_safe
@con_direcciones_de_antes
def calendario(request: HttpRequest, slug: str, ejercicio: int) -> HttpResponseBase:
    """Ventanas y entregas del año. Sin fechas es un calendario válido y vacío."""
    regla = leer_regla(slug, ejercicio, numero_de_version(request))
    archivo = calendario_ics([(regla.programa_id, ejercicio)], nombre=regla.nombre)
    huella = etiqueta(archivo)
    respuesta = HttpResponse(archivo, content_type=TIPO_ICS)
    respuesta["ETag"] = huella
    respuesta["Content-Disposition"] = f'inline; filename="calendario-{slug}-{ejercicio}.ics"'
    return get_conditional_response(request, etag=huella, response=respuesta) or respuesta
