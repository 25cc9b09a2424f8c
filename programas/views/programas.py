"""Buscador y página de un programa. Cada vista traduce una dirección en una consulta."""

from __future__ import annotations

import re

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programas.consultas.documento import documento
from programas.consultas.ficha import Ficha, ficha, regla_publica
from programas.consultas.filtros import opciones
from programas.consultas.resultados import pagina_de_busqueda
from programas.forms import BusquedaForm, en_una_oracion
from programas.models import Programa, ReglaOperacion
from programas.views.csv import respuesta_csv


@login_not_required
@require_safe
def buscar(request: HttpRequest) -> HttpResponse:
    """/programas/: buscador con filtros; `formato=csv` da lo mismo en CSV."""
    nombres = opciones()
    formulario = BusquedaForm(request.GET, opciones=nombres)
    if not formulario.is_valid():
        raise BadRequest(en_una_oracion(formulario))
    try:
        busqueda = pagina_de_busqueda(formulario.filtros(), nombres)
    except ValueError as error:
        raise Http404(str(error)) from error
    if formulario.cleaned_data["formato"] == "csv":
        return respuesta_csv(request, busqueda.resultados)
    return render(
        request, "programas/buscar.html", {"busqueda": busqueda, "formulario": formulario}
    )


def _ficha(request: HttpRequest, slug: str, ejercicio: int | None) -> Ficha:
    programa = Programa.objects.filter(slug=slug).first()
    if programa is None:
        raise Http404(_("No hay un programa con esa dirección."))
    try:
        regla = regla_publica(programa, ejercicio=ejercicio, version=_version(request))
    except ReglaOperacion.DoesNotExist as error:
        raise Http404(_("Ese programa no tiene reglas publicadas en ese año.")) from error
    return ficha(regla)


def _version(request: HttpRequest) -> int | None:
    """La versión del enlace permanente. Levanta BadRequest si no es un número posible."""
    texto = request.GET.get("version")
    if texto is None:
        return None
    if not re.fullmatch("[1-9][0-9]{0,3}", texto, re.ASCII):
        raise BadRequest(_("La versión es un número, como «?version=2»."))
    return int(texto)


@login_not_required
@require_safe
def programa(request: HttpRequest, slug: str, ejercicio: int | None = None) -> HttpResponse:
    return render(request, "programas/programa.html", {"ficha": _ficha(request, slug, ejercicio)})


@login_not_required
@require_safe
def reglas(request: HttpRequest, slug: str, ejercicio: int) -> HttpResponse:
    """Las reglas completas, numeral por numeral."""
    pagina = _ficha(request, slug, ejercicio)
    return render(
        request, "programas/regla.html", {"ficha": pagina, "apartados": documento(pagina)}
    )
