"""De una dirección a la regla que nombra: versiones exactas, y direcciones de antes que siguen vivas."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from programas.consultas.direcciones import slug_vigente
from programas.consultas.ficha import Ficha, ficha
from programas.consultas.publicas import regla_publica, regla_que_regia
from programas.models import Programa, ReglaOperacion

_VERSION = re.compile("[1-9][0-9]{0,3}", re.ASCII)
_FECHA = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
Vista = Callable[..., HttpResponseBase]


def numero_de_version(request: HttpRequest, parametro: str = "version") -> int | None:
    """La versión del enlace permanente. Levanta BadRequest si no es un número posible."""
    textos = request.GET.getlist(parametro)
    if not textos:
        return None
    if len(textos) > 1 or not _VERSION.fullmatch(textos[0]):
        raise BadRequest(_("La versión es un número, como «?version=2»."))
    return int(textos[0])


def leer_regla(slug: str, ejercicio: int | None, version: int | None) -> ReglaOperacion:
    """Levanta Programa.DoesNotExist si nadie usa hoy esa dirección, y Http404 si no hay ese año."""
    try:
        return regla_publica(slug, ejercicio=ejercicio, version=version)
    except ReglaOperacion.DoesNotExist as error:
        Programa.objects.get(slug=slug)
        raise Http404(_("Ese programa no tiene reglas publicadas en ese año.")) from error


def dia_pedido(request: HttpRequest) -> datetime.date | None:
    """El día de «?fecha=2026-03-01». Levanta BadRequest si no es un día, o si también pide versión."""
    textos = request.GET.getlist("fecha")
    if not textos:
        return None
    dia = _dia(textos[0]) if len(textos) == 1 and "version" not in request.GET else None
    if dia is None:
        raise BadRequest(_("La fecha se escribe «?fecha=2026-03-01», y sin «version»."))
    return dia


def _dia(texto: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(texto) if _FECHA.fullmatch(texto) else None
    except ValueError:
        return None


def leer_vigente(slug: str, ejercicio: int | None, dia: datetime.date) -> ReglaOperacion:
    """La que regía ese día. Levanta Programa.DoesNotExist o Http404, como `leer_regla`."""
    try:
        return regla_que_regia(slug, ejercicio=ejercicio, dia=dia)
    except ReglaOperacion.DoesNotExist as error:
        Programa.objects.get(slug=slug)
        raise Http404(_("Ese día no regía ninguna versión de las reglas de ese año.")) from error


def leer_ficha(
    request: HttpRequest, slug: str, ejercicio: int | None = None, *, con_apartados: bool = False
) -> Ficha:
    """La publicada, la versión que pide el enlace, o la que regía el día que pide."""
    dia, version = dia_pedido(request), numero_de_version(request)
    if dia is not None:
        regla = leer_vigente(slug, ejercicio, dia)
    else:
        regla = leer_regla(slug, ejercicio, version)
    exacta = version is not None or dia is not None
    return ficha(regla, con_version=exacta, con_apartados=con_apartados, dia=dia)


def con_direcciones_de_antes(vista: Vista) -> Vista:
    """Una dirección que dejó de usarse lleva para siempre a la de hoy, con el resto de la ruta igual."""

    @wraps(vista)
    def envuelta(request: HttpRequest, slug: str, **partes: Any) -> HttpResponseBase:
        try:
            return vista(request, slug=slug, **partes)
        except Programa.DoesNotExist as error:
            vigente = slug_vigente(slug)
            if vigente is None or request.resolver_match is None:
                raise Http404(_("No hay un programa con esa dirección.")) from error
            ruta = reverse(request.resolver_match.view_name, kwargs={**partes, "slug": vigente})
        consulta = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{ruta}?{consulta}" if consulta else ruta)

    return envuelta
