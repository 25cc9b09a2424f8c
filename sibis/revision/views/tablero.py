"""El tablero de las revisiones, en página y en hoja de cálculo."""

from __future__ import annotations

from defusedcsv import csv
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sibis.revision.consultas.relojes import INSTANCIAS, EnCurso
from sibis.revision.consultas.tablero import POR_PAGINA, puede_mirarlo
from sibis.revision.consultas.tablero import tablero as tablero_de
from sibis.revision.forms import TableroForm


def _exigir_permiso(request: HttpRequest) -> None:
    if not puede_mirarlo(request.user):  # type: ignore[arg-type]
        raise PermissionDenied(_("Tu función no consulta revisiones."))


@require_safe
def tablero(request: HttpRequest) -> HttpResponse:
    _exigir_permiso(request)
    formulario = TableroForm(request.GET)
    suyo = tablero_de(request.user, formulario.filtros())  # type: ignore[arg-type]
    contexto = {
        **admin.site.each_context(request),
        "title": _("Tablero de revisiones"),
        "tablero": suyo,
        "pagina": Paginator(suyo.asuntos, POR_PAGINA).get_page(formulario.numero),
        "consulta": _sin_pagina(request),
    }
    return render(request, "revision/tablero.html", contexto)


def _sin_pagina(request: HttpRequest) -> str:
    """Lo filtrado, para llevarlo a otra página o a la hoja de cálculo."""
    consulta = request.GET.copy()
    consulta.pop("pagina", None)
    return consulta.urlencode()


@require_safe
def tablero_csv(request: HttpRequest) -> HttpResponse:
    """Lo mismo que la página, con los mismos filtros y sin partir."""
    _exigir_permiso(request)
    suyo = tablero_de(request.user, TableroForm(request.GET).filtros())  # type: ignore[arg-type]
    respuesta = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    respuesta["Content-Disposition"] = 'attachment; filename="revisiones.csv"'
    escritor = csv.writer(respuesta)
    escritor.writerow([*_COLUMNAS, *(f"habiles_{clave}" for clave in INSTANCIAS)])
    escritor.writerows(_renglon(asunto) for asunto in suyo.asuntos)
    return respuesta


_COLUMNAS = (
    *("asunto", "clase", "presenta", "la_tiene", "estado", "la_revisa", "desde"),
    *("dias_habiles", "plazo", "vence", "dias_de_atraso"),
)


def _renglon(asunto: EnCurso) -> list[object]:
    reloj = asunto.reloj
    return [
        asunto.expediente.titulo,
        asunto.expediente.clase,
        asunto.expediente.dependencia.siglas,
        asunto.instancia_en_palabras,
        asunto.estado_en_palabras,
        asunto.revisor_cuenta,
        reloj.desde.isoformat(),
        reloj.habiles,
        reloj.limite if reloj.limite is not None else "",
        reloj.vence.isoformat() if reloj.vence else "",
        reloj.atraso,
        *(reloj.por_instancia.get(clave, 0) for clave in INSTANCIAS),
    ]
