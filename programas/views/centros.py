"""Lista y página de los centros de atención; el mapa, que también pinta cifras, está en reportes."""

from __future__ import annotations

import json

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from programas.consultas import centros as consultas
from programas.consultas.atencion import proximas_fechas
from programas.views.csv import centros_csv
from sibis.territorio.consultas.limites import version_de_los_limites
from sibis.territorio.consultas.localizador import localizador
from sibis.territorio.consultas.lugares import enlaces_a_lugares
from sibis.territorio.forms import CentrosForm
from sibis.territorio.models import Centro


def _formulario(request: HttpRequest, opciones: consultas.Opciones) -> CentrosForm:
    """Levanta BadRequest con los errores en una oración."""
    formulario = CentrosForm(request.GET, opciones=opciones.para_el_formulario())
    if not formulario.is_valid():
        raise BadRequest(formulario.errores_en_una_oracion)
    return formulario


@login_not_required
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    opciones, ruta = consultas.opciones_de_centros(), reverse("programas:centros")
    formulario = _formulario(request, opciones)
    filtros = formulario.filtros()
    if formulario.cleaned_data["formato"] == "csv":
        return centros_csv(request, consultas.filas_de_centros(filtros))
    try:
        pagina = consultas.pagina_de_centros(filtros, ruta=ruta)
    except ValueError as error:
        raise Http404(str(error)) from error
    contexto = {
        "centros": pagina,
        "formulario": formulario,
        "accion": ruta,
        "capas": consultas.capas_de_tipo(opciones, pagina, filtros),
        "lugares": enlaces_a_lugares(filtros, ruta),
    }
    return render(request, "programas/centros.html", contexto)


@login_not_required
@require_safe
def geojson(request: HttpRequest) -> HttpResponse:
    """Los centros de esos filtros, para dibujarlos; los que caben en una respuesta."""
    filtros = _formulario(request, consultas.opciones_de_centros()).filtros()
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
    contexto = {
        "centro": consultas.renglon(elegido),
        "programas": consultas.programas_de(elegido),
        "fechas": proximas_fechas(elegido),
        "localizador": localizador(elegido),
    }
    return render(request, "programas/centro.html", contexto)
