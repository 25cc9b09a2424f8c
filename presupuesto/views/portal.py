"""/presupuesto/, el de un programa y su matriz de indicadores."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from presupuesto.consultas import mir
from presupuesto.consultas.panorama import panorama
from presupuesto.consultas.programa import presupuesto_de
from presupuesto.forms import PresupuestoForm
from presupuesto.views.csv import respuesta_csv
from programas.models import FichaPublica, Programa


@login_not_required
@require_safe
def vista_general(request: HttpRequest) -> HttpResponse:
    """/presupuesto/: de un vistazo y por programa; `formato=csv` da los mismos renglones."""
    formulario = PresupuestoForm(request.GET)
    if not formulario.is_valid():
        raise BadRequest(formulario.en_una_oracion())
    es_csv = formulario.cleaned_data["formato"] == "csv"
    try:
        vista = panorama(
            formulario.filtros(),
            orden=formulario.orden_efectivo,
            pagina=formulario.numero_de_pagina,
            con_fuentes=es_csv,
        )
    except ValueError as error:
        raise Http404(str(error)) from error
    if es_csv:
        return respuesta_csv(request, vista)
    contexto = {"vista": vista, "alcaldias": formulario.fields["alcaldia"].choices}
    return render(request, "presupuesto/panorama.html", contexto)


def _publicado(slug: str) -> Programa:
    """El programa si está en el portal: uno en borrador no se anuncia."""
    programa = (
        Programa.objects.filter(slug=slug, pk__in=FichaPublica.objects.values("programa"))
        .select_related("dependencia")
        .first()
    )
    if programa is None:
        raise Http404(_("No hay un programa con esa dirección."))
    return programa


@login_not_required
@require_safe
def programa(request: HttpRequest, slug: str) -> HttpResponse:
    vista = presupuesto_de(_publicado(slug))
    return render(request, "presupuesto/programa.html", {"vista": vista})


@login_not_required
@require_safe
def matriz(request: HttpRequest, slug: str, ejercicio: int) -> HttpResponse:
    """La MIR de un año. Si el programa existe y no la publicó, la página lo dice."""
    vista = mir.matriz(_publicado(slug), ejercicio)
    return render(request, "presupuesto/mir.html", {"vista": vista})
