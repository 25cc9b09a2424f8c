"""Catálogos del programa en el panel."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from programas import proyeccion
from programas.models import (
    Apartado,
    DerechoSocial,
    Exigencia,
    GrupoPrioritario,
    Leyenda,
    Sinonimo,
    TipoDeApoyo,
)
from sibis.cuentas.permisos import Permiso
from sibis.panel.bases import AdminBase, AdminDeCatalogo


@admin.register(DerechoSocial, GrupoPrioritario, TipoDeApoyo, Leyenda)
class CatalogoAdmin(AdminDeCatalogo):
    pass


@admin.register(Apartado)
class ApartadoAdmin(AdminDeCatalogo):
    list_display = ("numeral", "nombre", "aplica_a", "vigente_desde", "vigente_hasta")
    list_filter = ("aplica_a",)


@admin.register(Exigencia)
class ExigenciaAdmin(AdminDeCatalogo):
    list_display = ("nombre", "momento", "aplica_a", "norma", "articulo", "vigente_desde")
    list_filter = ("momento", "aplica_a")


@admin.register(Sinonimo)
class SinonimoAdmin(AdminBase):
    """Al guardar, la búsqueda pública lo usa desde la siguiente consulta."""

    permiso_ver = Permiso.REGLA_VER
    permiso_cambiar = Permiso.CATALOGO_EDITAR
    list_display = ("termino", "equivalencias")
    search_fields = ("termino",)

    @admin.display(description="equivale a")
    def equivalencias(self, sinonimo: Sinonimo) -> str:
        return ", ".join(sinonimo.equivale_a)

    def save_model(self, request: HttpRequest, obj: Sinonimo, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        proyeccion.rehacer_vocabulario()
