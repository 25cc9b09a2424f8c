"""El mapa de la infraestructura social: lugares y cifras sobre la misma Ciudad."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from programas.consultas import centros as consultas
from programas.consultas.atencion import programas_atendidos, proximas_fechas
from reportes.consultas.coropletas import POR_COLONIA, cifras_del_mapa, coropleta
from reportes.consultas.mapa import JUNTO_AL_MAPA, ajustes_del_mapa, mapa_fijo
from reportes.forms.mapa import CifraForm
from sibis.territorio.consultas.lugares import enlaces_a_lugares, sugerencias
from sibis.territorio.forms import CentrosForm
from sibis.territorio.models import Centro

TEXTO_MAXIMO = 120
FECHAS_EN_EL_GLOBO = 3


@login_not_required
@require_safe
def mapa(request: HttpRequest) -> HttpResponse:
    """El mapa mejora la lista; sin JavaScript queda la lista, que dice lo mismo."""
    opciones, ruta = consultas.opciones_de_centros(), reverse("reportes:mapa")
    formulario = CentrosForm(request.GET, opciones=opciones.para_el_formulario())
    if not formulario.is_valid():
        raise BadRequest(formulario.errores_en_una_oracion)
    filtros = formulario.filtros()
    try:
        pagina = consultas.pagina_de_centros(filtros, ruta=ruta, por_pagina=JUNTO_AL_MAPA)
    except ValueError as error:
        raise Http404(str(error)) from error
    contexto = {
        "centros": pagina,
        "formulario": formulario,
        "accion": ruta,
        "capas": consultas.capas_de_tipo(opciones, pagina, filtros),
        "lugares": enlaces_a_lugares(filtros, ruta),
        "fijo": mapa_fijo(filtros, ruta),
        "ajustes_mapa": ajustes_del_mapa(filtros, pagina),
    }
    return render(request, "reportes/mapa.html", contexto)


@login_not_required
@require_safe
@cache_control(public=True, max_age=300)
def resumen_de_centro(request: HttpRequest, slug: str) -> HttpResponse:
    """Lo que va en el globo del mapa, ya escrito: los nombres se escapan aquí y no en el navegador."""
    centro = Centro.objects.publicos().filter(slug=slug).first()
    if centro is None:
        raise Http404(_("No hay un centro con esa dirección; quizá cerró."))
    contexto: dict[str, Any] = {
        "centro": consultas.renglon(centro),
        "programas": programas_atendidos(centro),
        "fechas": proximas_fechas(centro, cuantas=FECHAS_EN_EL_GLOBO),
    }
    html = render_to_string("reportes/_globo.html", contexto, request)
    return JsonResponse({"html": html})


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
def lugares(request: HttpRequest) -> HttpResponse:
    """Sugerencias mientras se escribe: colonias y alcaldías. El texto no se guarda."""
    texto = request.GET.get("q", "")[:TEXTO_MAXIMO].replace("\0", "")
    return JsonResponse(
        {"lugares": [{"nombre": s.nombre, "donde": s.donde} for s in sugerencias(texto)]}
    )


@login_not_required
@require_safe
def cifras(request: HttpRequest) -> HttpResponse:
    """Una cifra del servicio, pintada. Lo que no existe se dice; nada se inventa."""
    formulario = CifraForm(request.GET, cifras=cifras_del_mapa())
    if not formulario.is_valid():
        raise BadRequest(formulario.errores_en_una_oracion)
    eleccion = formulario.eleccion()
    contexto: dict[str, Any] = {"formulario": formulario, "eleccion": eleccion}
    if eleccion and not (eleccion.por == POR_COLONIA and not eleccion.alcaldia):
        contexto["coropleta"] = coropleta(
            eleccion.clave, por=eleccion.por, alcaldia=eleccion.alcaldia
        )
    return render(request, "reportes/mapa_cifras.html", contexto)
