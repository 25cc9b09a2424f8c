"""Centros y límites en el panel. Su app está por debajo del panel; por eso se registran aquí."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from leaflet.admin import LeafletGeoAdminMixin

from sibis.cuentas.permisos import Permiso
from sibis.panel.bases import AdminBase, AdminDeCatalogo
from sibis.territorio.models import Alcaldia, Centro, Colonia, TipoDeCentro
from sibis.territorio.servicios.teselas import actualizar_mapa


@admin.register(TipoDeCentro)
class TipoDeCentroAdmin(AdminDeCatalogo):
    pass


class MapaAdmin(LeafletGeoAdminMixin, AdminBase):
    """Mapa con nuestras alcaldías de suelo: no hay servidor de teselas que pedir."""

    class Media:
        js = ("js/suelo.js",)


class ConAlcaldia:
    """La lista trae el nombre de la alcaldía sin sus polígonos, que pesan y no se muestran.

    El admin solo aplica `list_select_related` si la consulta no trae ya el suyo: por eso van juntos.
    """

    tambien: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        consulta: Any = super().get_queryset(request)  # type: ignore[misc]
        consulta = consulta.select_related("alcaldia", *self.tambien)
        return consulta.defer("alcaldia__geometria", "alcaldia__punto_interior")


@admin.register(Centro)
class CentroAdmin(ConAlcaldia, MapaAdmin):
    tambien = ("tipo",)
    permiso_ver = Permiso.REGLA_VER
    permiso_cambiar = Permiso.CENTRO_EDITAR
    list_display = ("nombre", "tipo", "alcaldia", "fecha_corte", "vigente_hasta")
    list_filter = ("tipo", "alcaldia", "es_demostracion")
    search_fields = ("nombre", "direccion", "clave")
    search_help_text = _("Nombre, dirección o clave.")
    date_hierarchy = "fecha_corte"
    ordering = ("nombre", "pk")
    explicacion = _(
        "Dónde se atiende: comedores, PILARES, albergues y demás. Lo que cambies aquí se ve en el "
        "mapa."
    )
    readonly_fields = ("es_demostracion",)
    prepopulated_fields = {"slug": ("nombre",)}

    def save_model(self, request: HttpRequest, obj: Centro, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        actualizar_mapa()


@admin.register(Alcaldia)
class AlcaldiaAdmin(MapaAdmin):
    """Los límites se consultan; cambian con `cargar_territorio`, no a mano."""

    permiso_ver = Permiso.REGLA_VER
    modifiable = False
    list_display = ("nombre", "clave")
    search_fields = ("nombre", "clave")
    search_help_text = _("Nombre o clave INEGI.")
    ordering = ("nombre",)


@admin.register(Colonia)
class ColoniaAdmin(ConAlcaldia, MapaAdmin):
    permiso_ver = Permiso.REGLA_VER
    modifiable = False
    list_display = ("nombre", "alcaldia", "clave")
    list_filter = ("alcaldia",)
    search_fields = ("nombre", "clave")
    search_help_text = _("Nombre o clave.")
    ordering = ("nombre", "pk")
