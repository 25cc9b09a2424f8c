"""Direcciones del sitio anterior: quien las guardó o las citó sigue llegando."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programas.consultas.direcciones import (
    busqueda_sugerida,
    documento_del_sitio_anterior,
    ruta_del_sitio_anterior,
)


@login_not_required
@require_safe
def del_sitio_anterior(request: HttpRequest, tipo: str, numero: str, clave: str) -> HttpResponse:
    ruta = ruta_del_sitio_anterior(tipo, numero, clave)
    return _lleva_a(request, ruta, buscado=busqueda_sugerida(clave))


@login_not_required
@require_safe
def word_del_sitio_anterior(request: HttpRequest, numero: str) -> HttpResponse:
    return _lleva_a(request, documento_del_sitio_anterior(numero))


def _lleva_a(request: HttpRequest, ruta: str | None, *, buscado: str = "") -> HttpResponse:
    """Para siempre, si consta; si no, un 404 con el buscador ya escrito con lo que se pueda."""
    if ruta is not None:
        return HttpResponsePermanentRedirect(ruta)
    motivo = _(
        "Esta dirección es del sitio anterior y aquí no consta a qué programa llevaba. "
        "Búscalo por su nombre."
    )
    contexto = {"motivo": motivo, "buscado": buscado}
    return render(request, "404.html", contexto, status=404)
