"""El programa en el panel: su identidad, y cuándo y dónde se atiende."""

from __future__ import annotations

from django.contrib import admin
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from programas.models import Convocatoria, DireccionAnterior, FechaDeEntrega, Programa, Sede
from programas.servicios.vocabulario import guardar_programa
from sibis.cuentas.permisos import Permiso, puede
from sibis.panel.bases import AdminBase


class AtencionInline(admin.TabularInline):
    """Lo que la dependencia mantiene al día sin abrir otra versión de la regla."""

    extra = 0
    exclude = ("es_demostracion",)

    def _permite(self, request: HttpRequest, permiso: Permiso, programa: Programa | None) -> bool:
        en = programa.dependencia_id if programa else None
        return puede(request.user, permiso, en=en)

    def has_view_permission(self, request: HttpRequest, obj: Programa | None = None) -> bool:
        return self._permite(request, Permiso.REGLA_VER, obj)

    def has_change_permission(self, request: HttpRequest, obj: Programa | None = None) -> bool:
        return self._permite(request, Permiso.REGLA_CAPTURAR, obj)

    has_add_permission = has_change_permission  # type: ignore[assignment]
    has_delete_permission = has_change_permission


class ConvocatoriaInline(AtencionInline):
    model = Convocatoria
    fields = ("ejercicio", "nombre", "abre", "cierra", "modo", "cupo", "como", "enlace")


class FechaDeEntregaInline(AtencionInline):
    model = FechaDeEntrega
    fields = ("ejercicio", "concepto", "desde", "hasta", "lugar")


class SedeInline(AtencionInline):
    model = Sede
    fields = ("ejercicio", "centro")
    autocomplete_fields = ("centro",)


class DireccionAnteriorInline(admin.TabularInline):
    """Las de antes siguen llevando aquí. Las que deja un cambio de dirección se apuntan solas."""

    model = DireccionAnterior
    extra = 0
    fields = ("clase", "valor")

    def _permite(self, request: HttpRequest, obj: Programa | None = None) -> bool:
        return puede(request.user, Permiso.CATALOGO_EDITAR)

    has_view_permission = has_add_permission = _permite  # type: ignore[assignment]
    has_change_permission = has_delete_permission = _permite  # type: ignore[assignment]


@admin.register(Programa)
class ProgramaAdmin(AdminBase):
    """La identidad la cuida quien mantiene catálogos; la atención, su dependencia."""

    permiso_ver = Permiso.REGLA_VER
    permiso_cambiar = Permiso.REGLA_CAPTURAR
    campo_dependencia = "dependencia"
    list_display = ("nombre", "tipo", "dependencia")
    explicacion = _(
        "La identidad de cada programa y acción a través de los años, y cuándo y dónde se atiende."
    )
    list_filter = ("tipo", ("dependencia", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("dependencia",)
    ordering = ("nombre", "pk")
    show_facets = admin.ShowFacets.ALWAYS
    search_fields = ("nombre", "clave", "otros_nombres")
    search_help_text = _("Nombre, otros nombres con que se conoce, o clave.")
    inlines = (ConvocatoriaInline, FechaDeEntregaInline, SedeInline, DireccionAnteriorInline)
    fieldsets = (
        (
            None,
            {"fields": ("nombre", "clave", "slug", "tipo", "dependencia")},
        ),
        ("Cómo lo busca la gente", {"fields": ("otros_nombres", "palabras_clave")}),
    )
    _de_identidad = ("nombre", "clave", "slug", "tipo", "dependencia", "otros_nombres")

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Dar identidad a un programa nuevo es de quien mantiene el padrón único de programas."""
        return puede(request.user, Permiso.CATALOGO_EDITAR)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return super().has_change_permission(request, obj) or puede(
            request.user, Permiso.CATALOGO_EDITAR
        )

    def save_model(
        self, request: HttpRequest, obj: Programa, form: ModelForm, change: bool
    ) -> None:
        """El portal lo busca por lo nuevo desde la consulta siguiente."""
        guardar_programa(obj, por=request.user, campos=form.changed_data)

    def get_readonly_fields(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> tuple[str, ...]:
        if puede(request.user, Permiso.CATALOGO_EDITAR):
            return ("clave",) if obj else ()
        return self._de_identidad
