"""Paginar sin números de página: el cursor dice dónde se quedó, firmado, y solo vale para su búsqueda."""

from __future__ import annotations

import hashlib
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Schema
from pydantic import Field

from reportes.api.problemas import CursorInvalido

T = TypeVar("T")
LIMITE, LIMITE_MAXIMO = 25, 200
_FIRMA = Signer(salt="reportes.api.cursor")


class Pagina(Schema):
    """Los parámetros de toda lista."""

    limite: int = Field(
        LIMITE, ge=1, le=LIMITE_MAXIMO, description=gettext_noop("Cuántos por página.")
    )
    cursor: str | None = Field(
        None,
        max_length=600,
        description=gettext_noop(
            "El que viene en `siguiente`; no se arma a mano ni vale para otra búsqueda."
        ),
    )


class Lista(Schema, Generic[T]):
    """La forma de toda lista."""

    resultados: list[T]
    siguiente: str | None = Field(description="Dirección de la página que sigue, o null.")
    total: int = Field(description="Cuántos hay en todas las páginas.")


def leer(request: HttpRequest, pagina: Pagina) -> Any:
    """Lo que guardó `siguiente_de`, o None en la primera. Levanta CursorInvalido."""
    if not pagina.cursor:
        return None
    try:
        guardado = _FIRMA.unsign_object(pagina.cursor)
    except (BadSignature, ValueError) as error:
        raise CursorInvalido(
            _("El cursor está incompleto o alterado. Empieza de nuevo sin él.")
        ) from error
    if guardado["b"] != _busqueda(request):
        raise CursorInvalido(
            _("Ese cursor es de otra búsqueda: cambiaste un filtro. Empieza de nuevo sin él.")
        )
    return guardado["d"]


def siguiente_de(request: HttpRequest, donde: Any) -> str:
    """La dirección absoluta de la página que sigue."""
    cursor = _FIRMA.sign_object({"d": donde, "b": _busqueda(request)}, compress=True)
    pares = [(n, v) for n, valores in request.GET.lists() if n != "cursor" for v in valores]
    return request.build_absolute_uri(f"{request.path}?{urlencode([*pares, ('cursor', cursor)])}")


def _busqueda(request: HttpRequest) -> str:
    """De qué lista y con qué filtros: un cursor no sirve en otra."""
    pares = sorted((n, v) for n, vs in request.GET.lists() if n != "cursor" for v in vs)
    return hashlib.sha256(f"{request.path}{pares}".encode()).hexdigest()[:16]


def pagina_de(
    request: HttpRequest, pagina: Pagina, conjunto: QuerySet[Any], llaves: tuple[str, ...]
) -> tuple[list[Any], str | None, int]:
    """(objetos, siguiente, total), siempre por la llave: las páginas profundas cuestan lo mismo.

    La última llave es única; con dos, se compara como pareja.
    """
    desde, total = leer(request, pagina), conjunto.order_by().count()
    ordenado = conjunto.order_by(*llaves)
    if desde is not None:
        ordenado = ordenado.filter(_despues_de(llaves, desde))
    objetos = list(ordenado[: pagina.limite + 1])
    if len(objetos) <= pagina.limite:
        return objetos, None, total
    objetos.pop()
    ultima = [_en_texto(getattr(objetos[-1], llave)) for llave in llaves]
    return objetos, siguiente_de(request, ultima), total


def _despues_de(llaves: tuple[str, ...], desde: list[Any]) -> Q:
    condicion = Q(**{f"{llaves[-1]}__gt": desde[-1]})
    for llave, valor in zip(reversed(llaves[:-1]), reversed(desde[:-1]), strict=True):
        condicion = Q(**{f"{llave}__gt": valor}) | (Q(**{llave: valor}) & condicion)
    return condicion


def _en_texto(valor: Any) -> Any:
    return valor.isoformat() if hasattr(valor, "isoformat") else valor
