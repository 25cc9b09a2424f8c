"""Lo que toda lista del panel sabe de sí misma: quién la ve, qué parámetros entiende y qué muestra."""

from __future__ import annotations

import copy
from typing import Any

from django.apps import apps
from django.contrib.admin import ModelAdmin, site
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import SuspiciousOperation
from django.db import models
from django.http import Http404, HttpRequest, QueryDict

from sibis.panel import textos

LARGO_DE_CONSULTA = 2_000
# Dicen en qué página se está o cómo se abrió, no qué se mira: no se guardan.
DE_PASO = frozenset({"p", "all", "e", "_popup", "_to_field"})


def lista_de(request: HttpRequest, app: str, modelo: str) -> ModelAdmin:
    """La lista de ese modelo, si existe y esta persona la ve. Lo que no ve no se distingue de lo que no hay."""
    try:
        clase = apps.get_model(app, modelo)
    except LookupError as error:
        raise Http404 from error
    if not site.is_registered(clase):
        raise Http404
    lista = site.get_model_admin(clase)
    if not lista.has_view_or_change_permission(request):
        raise Http404
    return lista


def etiqueta(modelo: type[models.Model]) -> str:
    """Cómo se anota una lista en la base: «programas.documento»."""
    return modelo._meta.label_lower


def por_etiqueta(request: HttpRequest, nombre: str) -> ModelAdmin:
    app, _punto, modelo = nombre.partition(".")
    return lista_de(request, app, modelo)


def ruta_de_lista(modelo: type[models.Model]) -> str:
    return f"admin:{modelo._meta.app_label}_{modelo._meta.model_name}_changelist"


def como_se_ve(request: HttpRequest, lista: ModelAdmin, consulta: QueryDict) -> ChangeList:
    """La lista con esa consulta: el mismo ámbito, filtros, búsqueda y orden que en la página."""
    copia = copy.copy(request)
    copia.GET = consulta  # type: ignore[assignment]
    return lista.get_changelist_instance(copia)


def depurar(request: HttpRequest, lista: ModelAdmin, cruda: str) -> tuple[str, list[str]]:
    """(consulta que la lista entiende hoy, parámetros que se quitaron por viejos o desconocidos)."""
    sirven, sobran = QueryDict(mutable=True), []
    pedida = QueryDict(cruda.lstrip("?")[: 4 * LARGO_DE_CONSULTA], mutable=False)
    for nombre, valores in pedida.lists():
        if nombre in DE_PASO:
            continue
        if _se_entiende(request, lista, nombre, valores):
            sirven.setlist(nombre, valores)
        else:
            sobran.append(textos.corto(nombre, 40))
    escrita = sirven.urlencode()
    return (escrita, sobran) if len(escrita) <= LARGO_DE_CONSULTA else ("", [*sobran, "…"])


def _se_entiende(request: HttpRequest, lista: ModelAdmin, nombre: str, valores: list[str]) -> bool:
    if any("\0" in valor for valor in (nombre, *valores)):
        return False
    if nombre == "q":
        return bool(lista.get_search_fields(request))
    sola = QueryDict(mutable=True)
    sola.setlist(nombre, valores)
    try:
        como_se_ve(request, lista, sola)
    except (IncorrectLookupParameters, SuspiciousOperation, OverflowError):
        return False
    return True


def es_de_datos_personales(lista: ModelAdmin) -> bool:
    """La lista lo dice con `tiene_datos_personales`; sin decirlo, no los tiene."""
    return bool(getattr(lista, "tiene_datos_personales", False))


def columnas(vista: ChangeList) -> list[Any]:
    """Las de la pantalla, sin la casilla de elegir."""
    return [c for c in vista.list_display if c != "action_checkbox"]
