"""El buscador y sus sugerencias."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from programas.consultas.filtros import opciones
from programas.consultas.resultados import PaginaDeBusqueda, pagina_de_busqueda
from programas.consultas.sugerencias import sugerir
from programas.forms import BusquedaForm, en_una_oracion
from programas.importacion import sin_resultado
from programas.views.csv import respuesta_csv

SEGUNDOS_DE_SUGERENCIAS = 300


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
    _anotar_si_no_hubo_nada(busqueda)
    return render(
        request, "programas/buscar.html", {"busqueda": busqueda, "formulario": formulario}
    )


def _anotar_si_no_hubo_nada(busqueda: PaginaDeBusqueda) -> None:
    """Las palabras, sin quién ni cuándo: de ahí salen los sinónimos. No toca la base."""
    if busqueda.sin_filtros == 0 and busqueda.desconocidas:
        sin_resultado.anotar(busqueda.texto, busqueda.desconocidas)


@login_not_required
@require_safe
@cache_control(public=True, max_age=SEGUNDOS_DE_SUGERENCIAS)
def sugerencias(request: HttpRequest) -> JsonResponse:
    """/programas/sugerencias.json?q=: lo que puede seguir de lo tecleado. Vacía si no hay nada."""
    texto = request.GET.get("q", "")
    halladas = sugerir(texto)
    return JsonResponse({"q": texto[:80], "sugerencias": [s._asdict() for s in halladas]})
