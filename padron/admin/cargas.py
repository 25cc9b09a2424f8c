"""Las cargas en el panel: se miran aquí; se mueven con sus botones, nunca editando su estado."""

from __future__ import annotations

from django.contrib import admin
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from padron.admin import arreglos
from padron.models import Carga, MapeoRecordado, Pasada, Receta
from sibis.cuentas.permisos import Ambito, Permiso, ambito, puede
from sibis.panel.bases import AdminBase

# Quien carga y quien confirma. Nadie más ve los padrones de una dependencia.
_DEL_PADRON = (Permiso.PADRON_CARGAR, Permiso.PADRON_CONFIRMAR)


class AdminDePadron(AdminBase):
    """La ve quien carga o confirma en esa dependencia; no se agrega ni se edita desde el admin."""

    permiso_ver = Permiso.PADRON_CARGAR
    campo_dependencia = "dependencia"

    def _ambitos(self, request: HttpRequest) -> list[Ambito]:
        return [ambito(request.user, permiso) for permiso in _DEL_PADRON]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return any(puede(request.user, permiso) for permiso in _DEL_PADRON)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return any(self._permite(request, permiso, obj) for permiso in _DEL_PADRON)

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        suyas = Q(pk__in=())
        for donde in self._ambitos(request):
            suyas |= Q(pk__isnull=False) if donde.todas else donde.filtro(self.campo_dependencia)
        return super(AdminBase, self).get_queryset(request).filter(suyas)


class PasadaEnLinea(admin.TabularInline):
    model = Pasada
    extra = 0
    can_delete = False
    fields = ("numero", "motivo", "estado", "paso", "hechas", "total", "segundos", "memoria_mb")
    readonly_fields = fields
    ordering = ("-numero",)

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return True


@admin.register(Carga)
class CargaAdmin(AdminDePadron):
    explicacion = _(
        "Lo que cada dependencia entrega para el padrón: un archivo por programa y periodo, con lo que "
        "se halló en él y en qué va."
    )
    al_empezar = _("Todavía no se ha entregado ningún padrón.")
    list_display = (
        "folio",
        "programa",
        "ejercicio",
        "periodo",
        "etiqueta",
        "filas",
        "validas",
        "con_error",
        "siglas",
        "recibida_en",
    )
    list_filter = ("estado", "ejercicio", "periodo")
    list_select_related = ("programa", "dependencia")
    search_fields = ("folio", "programa__nombre")
    search_help_text = _("Folio o nombre del programa.")
    inlines = (PasadaEnLinea,)
    exclude = ("lectura", "mapeo", "edicion", "consecutivo")

    def get_urls(self) -> list[URLPattern]:
        return [*arreglos.rutas(self), *super().get_urls()]

    @admin.display(description=_("estado"), ordering="estado")
    def etiqueta(self, carga: Carga) -> str:
        return format_html(
            '<span class="etiqueta etiqueta-{}">{}</span>', carga.estado, carga.get_estado_display()
        )

    @admin.display(description=_("dependencia"), ordering="dependencia__siglas")
    def siglas(self, carga: Carga) -> str:
        return carga.dependencia.siglas


@admin.register(Receta)
class RecetaAdmin(AdminDePadron):
    explicacion = _(
        "Correcciones que una dependencia aplicó a muchas filas a la vez y se le ofrecen en su siguiente "
        "carga."
    )
    al_empezar = _("Se guardan solas al corregir muchas filas a la vez.")
    list_display = ("columna", "codigo", "forma", "transformacion", "veces", "dependencia")
    list_filter = ("codigo",)
    list_select_related = ("dependencia",)
    search_fields = ("columna", "codigo", "forma")
    search_help_text = _("Columna, código o forma.")


@admin.register(MapeoRecordado)
class MapeoAdmin(AdminDePadron):
    explicacion = _(
        "Qué es cada columna de los archivos que una dependencia ya entregó: el mismo encabezado se lee "
        "igual sin volver a preguntar."
    )
    al_empezar = _("Se guardan solos al confirmar las columnas de una carga.")
    list_display = ("dependencia", "programa", "confirmado_por", "confirmado_en")
    list_select_related = ("dependencia", "programa", "confirmado_por")
    search_fields = ("programa__nombre",)
    search_help_text = _("Nombre del programa.")
    exclude = ("huella",)
