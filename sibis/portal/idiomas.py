"""Cada página en cada idioma: el español en su dirección de siempre; el otro, bajo `/en/`.

El idioma sale solo de la dirección. Ni la galleta ni el navegador lo cambian: así dos personas que
piden lo mismo reciben lo mismo, y un intermediario puede guardarlo. Los archivos, la API, las teselas
y la salud no llevan prefijo: son los mismos para todos.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path
from django.urls.resolvers import RoutePattern
from django.utils import translation
from django.utils.functional import lazy
from django.utils.safestring import SafeString
from django.utils.translation.trans_real import translation as catalogo_de

# Lo que no es una página para leer, aunque su dirección acabe en diagonal.
SIN_IDIOMA = ("api/v", "salud/", "metricas/", "teselas/", "detalle_publico/", "componentes/")
FRASES_A_LA_MANO = 8192  # las del sitio son unas tres mil
CONSULTA_MAXIMA = 500  # una consulta más larga no se copia en los enlaces al otro idioma

_PROPIO = settings.LANGUAGE_CODE
_AJENOS = tuple(codigo for codigo, _nombre in settings.LANGUAGES if codigo != _PROPIO)
_CON_PREFIJO = re.compile(rf"/({'|'.join(_AJENOS)})(?=/|$)")
_RUTAS: set[str] = set()  # las rutas que existen en todos los idiomas, sin su prefijo


@dataclass(frozen=True, slots=True)
class EnOtroIdioma:
    """La misma página en uno de los idiomas."""

    codigo: str  # el de hreflang: «es», «en»
    nombre: str
    ruta: str
    es_esta: bool


def _prefijada(ruta: str) -> str:
    idioma = translation.get_language()
    return f"{idioma}/{ruta}" if idioma in _AJENOS else ruta


_ruta_por_idioma = lazy(_prefijada, str)


def en_cada_idioma(modulo: str) -> URLResolver:
    """`path("", include(modulo))` con sus páginas en cada idioma; los archivos, como están.

    `i18n_patterns` no distingue: duplicaría también la API, las teselas y los datos.
    """
    direcciones = import_module(modulo)
    patrones = [_por_idioma(patron) for patron in direcciones.urlpatterns]
    return path("", include((patrones, direcciones.app_name)))


def _por_idioma(patron: Any) -> Any:
    if not isinstance(patron, URLPattern) or not isinstance(patron.pattern, RoutePattern):
        return patron
    ruta = str(patron.pattern)
    if (ruta and not ruta.endswith("/")) or ruta.startswith(SIN_IDIOMA):
        return patron
    _RUTAS.add(ruta)
    nuevo = RoutePattern(_ruta_por_idioma(ruta), name=patron.name, is_endpoint=True)
    return URLPattern(nuevo, patron.callback, patron.default_args, patron.name)


def idioma_de(ruta: str) -> str:
    hallado = _CON_PREFIJO.match(ruta)
    return hallado[1] if hallado else _PROPIO


def sin_prefijo(ruta: str) -> str:
    return _CON_PREFIJO.sub("", ruta, count=1)


def recordar_lo_traducido(codigo: str) -> None:
    """Una frase se busca una vez por proceso.

    Las nuestras ya están en español y ningún catálogo las tiene: cada `{% translate %}` recorría los
    de todas las aplicaciones (casi nueve) para acabar en la misma frase; en una página son cientos.
    """
    catalogo = catalogo_de(codigo)
    if not hasattr(catalogo.gettext, "cache_info"):
        catalogo.gettext = lru_cache(maxsize=FRASES_A_LA_MANO)(catalogo.gettext)


class IdiomaDeLaRutaMiddleware:
    """En lugar del de Django, que añade `Vary: Accept-Language` a todo lo que no lleva prefijo."""

    def __init__(self, siguiente: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.siguiente = siguiente
        for codigo, _nombre in settings.LANGUAGES:
            recordar_lo_traducido(codigo)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        idioma = idioma_de(request.path_info)
        request.LANGUAGE_CODE = idioma  # type: ignore[attr-defined]
        with translation.override(idioma):
            respuesta = self.siguiente(request)
        respuesta.headers.setdefault("Content-Language", idioma)
        return respuesta


def versiones(request: HttpRequest) -> tuple[EnOtroIdioma, ...]:
    """La página pedida en cada idioma; nada si existe en uno solo (el panel, un error 404)."""
    hallada = request.resolver_match
    if hallada is None or sin_prefijo(f"/{hallada.route}").removeprefix("/") not in _RUTAS:
        return ()
    consulta = request.META.get("QUERY_STRING", "")
    cola = f"?{consulta}" if 0 < len(consulta) <= CONSULTA_MAXIMA else ""
    return tuple(_versiones_de(request.path, cola))


def _versiones_de(ruta: str, cola: str) -> Iterator[EnOtroIdioma]:
    actual, comun = idioma_de(ruta), sin_prefijo(ruta)
    for codigo, nombre in settings.LANGUAGES:
        prefijo = f"/{codigo}" if codigo in _AJENOS else ""
        yield EnOtroIdioma(codigo[:2], str(nombre), f"{prefijo}{comun}{cola}", codigo == actual)


def marca_de_espanol() -> SafeString:
    """` lang="es"` para lo que queda en español dentro de una página en otro idioma."""
    return SafeString("" if translation.get_language() == _PROPIO else ' lang="es"')
