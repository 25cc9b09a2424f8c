"""La agenda, la página de un plazo y el tablero de atrasos. Mirar no escribe nada."""

from __future__ import annotations

from defusedcsv import csv
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sibis.agenda.consultas.agenda import agenda as agenda_de
from sibis.agenda.consultas.atrasos import COLUMNAS, Fila, anios
from sibis.agenda.consultas.atrasos import atrasos as atrasos_de
from sibis.agenda.consultas.detalle import detalle
from sibis.agenda.forms import AgendaForm, AnioForm
from sibis.agenda.views.base import ambito_de, pagina, vencimiento_de
from sibis.expedientes.bloques import bloques_de


@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    donde = ambito_de(request)
    formulario = AgendaForm(request.GET, ambito=donde)
    if not formulario.is_valid():
        raise BadRequest(_("Ese filtro no existe. Vuelve a la agenda y elige de las listas."))
    filtros = formulario.filtros()
    return pagina(
        request,
        "agenda.html",
        title=_("Agenda"),
        form=formulario,
        filtros=filtros,
        sin_fecha=filtros.consulta(sin=("mes", "dia")),
        agenda=agenda_de(
            donde, filtros, hoy=timezone.localdate(), pagina=_numero(request.GET.get("pagina"))
        ),
    )


def _numero(texto: str | None) -> int:
    """La página pedida; lo que no es un número razonable es la primera."""
    return int(texto) if texto and texto.isascii() and texto.isdecimal() and len(texto) < 6 else 1


@require_safe
def vencimiento(request: HttpRequest, pk: int) -> HttpResponse:
    v = vencimiento_de(request, pk)
    hecho = detalle(v, usuario=request.user, hoy=timezone.localdate())
    return pagina(
        request,
        "vencimiento.html",
        title=str(v),
        detalle=hecho,
        v=v,
        bloques=bloques_de(request.user, v.expediente),
    )


@require_safe
def atrasos(request: HttpRequest) -> HttpResponse:
    filas, formulario, anio = _atrasos(request)
    return pagina(
        request,
        "atrasos.html",
        title=_("Quién va tarde"),
        filas=filas,
        form=formulario,
        anio=anio,
    )


@require_safe
def atrasos_csv(request: HttpRequest) -> HttpResponse:
    """Lo mismo que la página, para hoja de cálculo y sin fórmulas que se ejecuten al abrirlo."""
    filas, _formulario, anio = _atrasos(request)
    respuesta = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    respuesta["Content-Disposition"] = f'attachment; filename="atrasos-{anio}.csv"'
    escritor = csv.writer(respuesta)
    escritor.writerow(COLUMNAS)
    for fila in filas:
        escritor.writerow(["" if (v := getattr(fila, c)) is None else v for c in COLUMNAS])
    return respuesta


def _atrasos(request: HttpRequest) -> tuple[list[Fila], AnioForm, int]:
    donde, hoy = ambito_de(request), timezone.localdate()
    formulario = AnioForm(request.GET, anios=anios(donde))
    if not formulario.is_valid():
        raise BadRequest(_("De ese año no hay plazos. Vuelve al tablero y elige otro."))
    anio = formulario.cleaned_data["anio"] or hoy.year
    formulario.initial["anio"] = anio
    return atrasos_de(donde, anio=anio, hoy=hoy), formulario, anio
