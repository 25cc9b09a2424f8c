"""La página de un programa. Cada vista traduce una dirección en una consulta."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from programas.consultas.comparacion import comparar, regla_anterior
from programas.consultas.documento import aviso_de_origen, documento
from programas.consultas.enlazados import servicio_publico
from programas.views.lectura import (
    con_direcciones_de_antes,
    leer_ficha,
    leer_regla,
    numero_de_version,
)


@login_not_required
@require_safe
@con_direcciones_de_antes
def programa(request: HttpRequest, slug: str, ejercicio: int | None = None) -> HttpResponse:
    pagina = leer_ficha(request, slug, ejercicio, con_apartados=True)
    contexto = {"ficha": pagina, "datos_enlazados": servicio_publico(pagina)}
    return render(request, "programas/programa.html", contexto)


@login_not_required
@require_safe
@con_direcciones_de_antes
def reglas(request: HttpRequest, slug: str, ejercicio: int) -> HttpResponse:
    """Las reglas completas, numeral por numeral."""
    pagina = leer_ficha(request, slug, ejercicio)
    contexto = {
        "ficha": pagina,
        "apartados": documento(pagina),
        "aviso_de_origen": aviso_de_origen(pagina),
    }
    return render(request, "programas/regla.html", contexto)


@login_not_required
@require_safe
@con_direcciones_de_antes
def cambios(request: HttpRequest, slug: str, ejercicio: int) -> HttpResponse:
    """Qué cambió respecto del año anterior o, con `contra`, de otra versión del mismo año."""
    contra = numero_de_version(request, "contra")
    ahora = leer_regla(slug, ejercicio, numero_de_version(request))
    antes = regla_anterior(ahora) if contra is None else leer_regla(slug, ejercicio, contra)
    return render(request, "programas/cambios.html", {"comparacion": comparar(antes, ahora)})
