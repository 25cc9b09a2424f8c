"""La API armada: sus rutas, sus errores y su documento OpenAPI."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import URLPattern, path, register_converter
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from reportes.api import cifras, dinero, operaciones, problemas, tablas
from reportes.api.puerta import por_la_puerta

RAIZ = "api/v1/"
VERSION = "1.0.0"
DESCRIPCION = """Programas sociales de la Ciudad de México: qué dan, a quién, qué piden, dónde y cuándo.

Solo se lee, no pide clave y se puede usar desde cualquier sitio (CORS). Toda lista contesta
`resultados`, `siguiente` y `total`. Los montos son texto con dos decimales, para no perder centavos.
Lo que la fuente no dice viene vacío o null: nunca es cero. Los parámetros que no conocemos se ignoran.
"""

# Qué tablas lee cada ruta, por su nombre; vacío, su versión sale de lo que contesta.
_TABLAS = {
    "programas": tablas.BUSQUEDA,
    "programa": tablas.FICHA,
    "regla": tablas.FICHA,
    "convocatorias": tablas.PROGRAMAS,
    "centros": (*tablas.CENTROS, "territorio_alcaldia"),
    "presupuesto": tablas.PRESUPUESTO,
    "indicadores": tablas.INDICADORES,
    "cifras": (),
    "cifra": (),
    "catalogos": (),
    "catalogo": tablas.CATALOGOS,
}
# Qué errores puede dar cada una, además del 405, el 429 y el 500 que puede dar cualquiera.
_CON_CURSOR = ("400", "422")
_QUE_NO_EXISTEN = {"programa", "regla", "cifra", "catalogo", "programas"}
_SIN_PARAMETROS = {"programa", "regla", "cifra"}
_UNO = {"programa", "regla", "cifra", "catalogo"}


class LoQueSea:
    """También con saltos de renglón, que `path` no admite."""

    regex = "(?s:.+)"

    def to_python(self, valor: str) -> str:
        return valor

    def to_url(self, valor: str) -> str:
        return valor


register_converter(LoQueSea, "lo_que_sea")


class Legible(JSONRenderer):
    """Los acentos, como acentos: se lee también sin programa."""

    json_dumps_params: ClassVar[dict[str, Any]] = {"ensure_ascii": False}


api = NinjaAPI(
    title="API de los programas sociales",
    version=VERSION,
    description=DESCRIPCION,
    renderer=Legible(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
problemas.registrar(api)
api.add_router("", operaciones.rutas)
api.add_router("", dinero.rutas)
api.add_router("", cifras.rutas)


def direcciones() -> list[URLPattern]:
    """Cada ruta, por la puerta; al final, lo que no existe contesta como todo lo demás."""
    propias = [
        path(
            f"{RAIZ}{patron.pattern}",
            por_la_puerta(patron.callback, _TABLAS[patron.name]),
            name=f"api_{patron.name}",
        )
        for patron in api.urls[0]
        if patron.name in _TABLAS
    ]
    return [
        path(RAIZ, por_la_puerta(indice), name="api_indice"),
        path(f"{RAIZ}openapi.json", por_la_puerta(openapi), name="openapi"),
        *propias,
        path(f"{RAIZ}<lo_que_sea:resto>", por_la_puerta(no_existe), name="api_no_existe"),
    ]


def indice(request: HttpRequest) -> HttpResponseBase:
    """Por dónde empezar, para quien abre la raíz."""
    listas = [n for n in _TABLAS if n not in _UNO]
    enlaces = {n: request.build_absolute_uri(f"/{RAIZ}{n}") for n in listas}
    enlaces["openapi"] = request.build_absolute_uri(f"/{RAIZ}openapi.json")
    return JsonResponse(enlaces)


def openapi(_request: HttpRequest) -> HttpResponseBase:
    return JsonResponse(documento(), json_dumps_params={"ensure_ascii": False})


def no_existe(_request: HttpRequest, resto: str) -> HttpResponse:
    if resto.endswith("/"):
        return problemas.problema(404, _("Las direcciones de la API no terminan en diagonal."))
    return problemas.problema(404, _("La API no tiene esa dirección. Las que hay: /api/."))


@cache
@translation.override(settings.LANGUAGE_CODE)
def documento() -> dict[str, Any]:
    """El OpenAPI, con lo que la biblioteca no sabe: errores, tipos de medio y encabezados.

    Se guarda: siempre en español, no en el idioma de quien llegó primero.
    """
    crudo: dict[str, Any] = copy.deepcopy(dict(api.get_openapi_schema(path_prefix=f"/{RAIZ}")))
    crudo["info"] |= {"license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"}}
    crudo["servers"] = [{"url": "/"}]
    esquema = problemas.Problema.model_json_schema(ref_template="#/components/schemas/{model}")
    crudo["components"]["schemas"] |= {**esquema.pop("$defs", {}), "Problema": esquema}
    for operacion in (o for ruta in crudo["paths"].values() for o in ruta.values()):
        _completar(operacion)
    return crudo


def _completar(operacion: dict[str, Any]) -> None:
    nombre = operacion["operationId"].rsplit("_", 1)[-1]
    operacion["operationId"] = nombre
    respuestas = {str(codigo): r for codigo, r in operacion["responses"].items()}
    bien = respuestas["200"]
    bien["description"] = str(_("Lo pedido."))
    if medio := operacion.pop("x-medio", None):
        bien["content"] = {medio: next(iter(bien["content"].values()))}
    respuestas["304"] = {"description": str(_("No ha cambiado desde su ETag o su fecha."))}
    bien["headers"] = {
        "ETag": {"schema": {"type": "string"}},
        "Last-Modified": {"schema": {"type": "string"}},
    }
    for codigo in _errores(nombre):
        respuestas[codigo] = {
            "description": str(problemas.TITULOS[int(codigo)]),
            "content": {problemas.MEDIO: {"schema": {"$ref": "#/components/schemas/Problema"}}},
        }
    operacion["responses"] = dict(sorted(respuestas.items()))


def _errores(nombre: str) -> list[str]:
    codigos = {"405", "429", "500"}
    if nombre not in _SIN_PARAMETROS:
        codigos |= set(_CON_CURSOR)
    if nombre in _QUE_NO_EXISTEN:
        codigos.add("404")
    return sorted(codigos)
