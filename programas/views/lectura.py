"""De una dirección a la regla que nombra: versiones exactas, y direcciones de antes que siguen vivas."""

from __future__ import annotations

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
from programas.consultas.publicas import regla_publica
from programas.models import Programa, ReglaOperacion

_VERSION = re.compile("[1-9][0-9]{0,3}", re.ASCII)
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


def leer_ficha(
    request: HttpRequest, slug: str, ejercicio: int | None = None, *, con_apartados: bool = False
) -> Ficha:
    version = numero_de_version(request)
    regla = leer_regla(slug, ejercicio, version)
    return ficha(regla, con_version=version is not None, con_apartados=con_apartados)


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
