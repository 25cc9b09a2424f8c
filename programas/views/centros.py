"""Mapa, lista y página de los centros de atención."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from programas.consultas import centros as consultas
from programas.forms import CentrosForm, en_una_oracion
from sibis.territorio.consultas import version_de_los_limites
from sibis.territorio.models import Centro


def _formulario(request: HttpRequest) -> CentrosForm:
    """Levanta BadRequest con los errores en una oración."""
    formulario = CentrosForm(request.GET, opciones=consultas.opciones_de_centros())
    if not formulario.is_valid():
        raise BadRequest(en_una_oracion(formulario))
    return formulario


def _contexto(request: HttpRequest, nombre: str, *, por_pagina: int) -> dict[str, Any]:
    formulario, ruta = _formulario(request), reverse(nombre)
    try:
        pagina = consultas.pagina_de_centros(formulario.filtros(), ruta=ruta, por_pagina=por_pagina)
    except ValueError as error:
        raise Http404(str(error)) from error
    return {"centros": pagina, "formulario": formulario, "accion": ruta}


@login_not_required
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "programas/centros.html",
        _contexto(request, "programas:centros", por_pagina=consultas.POR_PAGINA),
    )


@login_not_required
@require_safe
def mapa(request: HttpRequest) -> HttpResponse:
    """El mapa mejora la lista; sin JavaScript queda la lista."""
    contexto = _contexto(request, "programas:mapa", por_pagina=consultas.JUNTO_AL_MAPA)
    contexto |= {
        "url_geojson": contexto["centros"].url_geojson,
        "url_suelo": reverse("programas:suelo"),
        "ajustes_mapa": _ajustes_del_mapa(contexto["formulario"]),
    }
    return render(request, "programas/mapa.html", contexto)


def credito_de(opciones: Any) -> str:
    """django-leaflet admite el crédito como texto o dentro de las opciones de la capa."""
    return str(opciones.get("attribution", "") if isinstance(opciones, dict) else opciones)


def _ajustes_del_mapa(formulario: CentrosForm) -> dict[str, Any]:
    """Los mismos de django-leaflet, que usa el panel: una sola fuente para todos los mapas."""
    ajustes, filtros = settings.LEAFLET_CONFIG, formulario.filtros()
    oeste, sur, este, norte = ajustes["SPATIAL_EXTENT"]
    base = ajustes["TILES"][0] if ajustes["TILES"] else None
    return {
        "limites": [[sur, oeste], [norte, este]],
        "teselas": {"url": base[1], "atribucion": credito_de(base[2])} if base else None,
        "cerca": {"lon": filtros.cerca[0], "lat": filtros.cerca[1]} if filtros.cerca else None,
        "acercar": bool(filtros.q or filtros.tipo or filtros.alcaldia),
    }


@login_not_required
@require_safe
def geojson(request: HttpRequest) -> HttpResponse:
    """Los centros de esos filtros, todos, para dibujarlos."""
    filtros = _formulario(request).filtros()
    coleccion = {"type": "FeatureCollection", "features": list(consultas.rasgos(filtros))}
    return HttpResponse(
        json.dumps(coleccion, ensure_ascii=False, separators=(",", ":")),
        content_type="application/geo+json",
    )


@login_not_required
@require_safe
@cache_control(public=True, max_age=86400)
@condition(etag_func=lambda request: f'"{version_de_los_limites()}"')
def suelo(request: HttpRequest) -> HttpResponse:
    """Los límites de las alcaldías: cambian con la ley, no con la visita."""
    return HttpResponse(consultas.suelo_geojson(), content_type="application/geo+json")


@login_not_required
@require_safe
def centro(request: HttpRequest, slug: str) -> HttpResponse:
    elegido = Centro.objects.publicos().filter(slug=slug).first()
    if elegido is None:
        raise Http404(_("No hay un centro con esa dirección; quizá cerró."))
    return render(
        request,
        "programas/centro.html",
        {"centro": consultas.renglon(elegido), "programas": consultas.programas_de(elegido)},
    )
