"""Los errores de la API, todos con la misma forma (RFC 9457) y en palabras de persona."""

from __future__ import annotations

import json
from typing import Any

import structlog
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError
from pydantic import Field

from sibis.nucleo.errores import ErrorDeNegocio

registro = structlog.get_logger(__name__)
MEDIO = "application/problem+json"

TITULOS = {
    400: gettext_lazy("El cursor no sirve"),
    404: gettext_lazy("No existe"),
    405: gettext_lazy("Esta API solo se lee"),
    422: gettext_lazy("Un parámetro no se entiende"),
    429: gettext_lazy("Demasiadas peticiones"),
    500: gettext_lazy("Falló el sistema"),
}
# Lo que dice la biblioteca de tipos, dicho para quien escribió la dirección.
_FRASES = {
    "int_parsing": gettext_lazy("Se espera un número entero."),
    "int_type": gettext_lazy("Se espera un número entero."),
    "int_parsing_size": gettext_lazy("El número es demasiado grande."),
    "greater_than_equal": gettext_lazy("El número es demasiado chico: el menor es {ge}."),
    "less_than_equal": gettext_lazy("El número es demasiado grande: el mayor es {le}."),
    "literal_error": gettext_lazy("Se espera uno de estos valores: {expected}."),
    "string_pattern_mismatch": gettext_lazy("No tiene la forma esperada: {pattern}."),
    "string_too_long": gettext_lazy("Es demasiado largo: caben {max_length} caracteres."),
    "too_long": gettext_lazy("Son demasiados valores: caben {max_length}."),
    "bool_parsing": gettext_lazy("Se espera true o false."),
}


class ErrorDeParametro(Schema):
    parametro: str
    mensaje: str


class Problema(Schema):
    """Qué pasó y qué hacer. `detalle` en español, para mostrarse tal cual."""

    type: str = Field(description="Dirección donde se explica este tipo de error.")
    title: str = Field(description="Nombre corto del error.")
    status: int = Field(description="El mismo código HTTP de la respuesta.")
    detail: str = Field(description="Qué pasó y qué hacer.")
    errores: list[ErrorDeParametro] = Field(
        default=[], description="En el 422, cada parámetro y qué se espera de él."
    )


class CursorInvalido(ErrorDeNegocio):
    """El cursor está alterado o es de otra búsqueda."""


def problema(
    codigo: int, detalle: str, errores: list[dict[str, str]] | None = None
) -> HttpResponse:
    contenido: dict[str, Any] = {
        "type": f"/api/#error-{codigo}",
        "title": str(TITULOS[codigo]),
        "status": codigo,
        "detail": detalle,
        "errores": errores or [],
    }
    return HttpResponse(
        json.dumps(contenido, ensure_ascii=False), status=codigo, content_type=MEDIO
    )


def _no_existe(_peticion: HttpRequest, error: Exception) -> HttpResponse:
    motivo = error.args[0] if error.args and isinstance(error.args[0], str) else ""
    return problema(404, motivo or _("No hay nada en esa dirección."))


def _cursor_invalido(_peticion: HttpRequest, error: Exception) -> HttpResponse:
    return problema(400, str(error))


def _parametro_invalido(_peticion: HttpRequest, error: Exception) -> HttpResponse:
    errores = [
        {"parametro": str(e["loc"][-1] if e["loc"] else ""), "mensaje": _frase(e)}
        for e in getattr(error, "errors", [])
    ]
    nombres = ", ".join(dict.fromkeys(e["parametro"] for e in errores))
    return problema(422, _("Revisa: %(nombres)s.") % {"nombres": nombres}, errores)


def _frase(error: dict[str, Any]) -> str:
    frase = str(_FRASES.get(error["type"], _("El valor no es válido.")))
    return frase.format_map(error.get("ctx") or {})


def _fallo(_peticion: HttpRequest, error: Exception) -> HttpResponse:
    registro.error("api_falló", error=type(error).__name__, exc_info=error)
    return problema(
        500, _("Algo falló de nuestro lado y ya quedó anotado. Intenta de nuevo en un momento.")
    )


def registrar(api: NinjaAPI) -> None:
    """Ninguna respuesta de error sale con otra forma."""
    api.add_exception_handler(Http404, _no_existe)
    api.add_exception_handler(ValidationError, _parametro_invalido)
    api.add_exception_handler(CursorInvalido, _cursor_invalido)
    api.add_exception_handler(Exception, _fallo)
