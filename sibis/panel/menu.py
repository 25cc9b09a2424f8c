"""El menú de la entrada, por lo que alguien viene a hacer y no por cómo está hecho el sistema.

settings.MENU_DEL_PANEL dice los grupos; lo que aún no está en ninguno va al último, así que una lista
nueva se ve desde el primer día.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.admin import site
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.permisos import Permiso, puede


@dataclass(frozen=True, slots=True)
class Entrada:
    nombre: str
    explicacion: str
    url: str
    url_agregar: str | None


@dataclass(frozen=True, slots=True)
class Pagina:
    texto: str | Promise
    url: str
    es_esta: bool


@dataclass(frozen=True, slots=True)
class Grupo:
    titulo: str | Promise
    entradas: tuple[Entrada, ...]


def menu(apps: Iterable[dict[str, Any]]) -> list[Grupo]:
    """`apps` es lo que el admin ya decidió que esta persona ve."""
    disponibles = {
        modelo["model"]._meta.label_lower: modelo for una in apps for modelo in una["models"]
    }
    grupos = []
    for titulo, etiquetas in settings.MENU_DEL_PANEL:
        suyas = tuple(_entrada(disponibles.pop(e)) for e in etiquetas if e in disponibles)
        if suyas:
            grupos.append(Grupo(titulo, suyas))
    if disponibles:
        grupos.append(Grupo(_("Lo demás"), tuple(_entrada(m) for m in disponibles.values())))
    return grupos


def paginas(request: HttpRequest) -> list[Pagina]:
    """Las páginas que van siempre arriba, si quien mira las puede abrir."""
    hechas = []
    for texto, vista, permiso in settings.PAGINAS_DEL_PANEL:
        if permiso and not puede(request.user, Permiso(permiso)):
            continue
        url = reverse(vista)
        hechas.append(Pagina(texto, url, request.path == url))
    return hechas


def _entrada(modelo: dict[str, Any]) -> Entrada:
    lista = site.get_model_admin(modelo["model"])
    return Entrada(
        nombre=str(modelo["name"]),
        explicacion=_primera_oracion(str(getattr(lista, "explicacion", ""))),
        url=modelo["admin_url"] or "",
        url_agregar=modelo["add_url"],
    )


def _primera_oracion(texto: str) -> str:
    return texto.partition(". ")[0].rstrip(".:") + "." if texto else ""
