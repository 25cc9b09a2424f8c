"""Secciones de la regla como listas dentro de su página."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from programas.models import (
    Alineacion,
    Apoyo,
    Compatibilidad,
    Fuente,
    MetaFisica,
    Poblacion,
    ReglaOperacion,
    Requisito,
    TextoApartado,
)
from sibis.cuentas.permisos import Permiso, puede


class SeccionInline(admin.StackedInline):
    """Sus permisos son los de la regla: se cambia solo en captura y por su dependencia."""

    extra = 0
    ancla: str

    def has_view_permission(self, request: HttpRequest, obj: ReglaOperacion | None = None) -> bool:
        # Django pregunta también sin objeto, al armar la consulta: un «no» la dejaría vacía.
        if obj is None:
            return puede(request.user, Permiso.REGLA_VER)
        return puede(request.user, Permiso.REGLA_VER, en=obj.dependencia_id)

    def has_change_permission(
        self, request: HttpRequest, obj: ReglaOperacion | None = None
    ) -> bool:
        return (
            obj is not None
            and obj.es_editable
            and puede(request.user, Permiso.REGLA_CAPTURAR, en=obj.dependencia_id)
        )

    has_add_permission = has_change_permission  # type: ignore[assignment]
    has_delete_permission = has_change_permission

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """La fuente de una cifra se elige entre las de esta regla, no de otra."""
        self._regla = obj
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "fuente":
            kwargs["queryset"] = Fuente.objects.filter(regla=self._regla)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class TablaInline(SeccionInline, admin.TabularInline):
    template = admin.TabularInline.template  # SeccionInline va antes y traería la de ficha


class FuenteInline(TablaInline):
    model = Fuente
    ancla = "fuentes"
    fields = ("orden", "clave", "texto", "url", "fecha", "clase")


class ApoyoInline(SeccionInline):
    model = Apoyo
    ancla = "apoyos"
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("modalidad", "tipo", "para"),
                    ("monto_minimo", "monto_maximo", "base"),
                    ("periodicidad", "ministraciones", "personas"),
                    "descripcion",
                    ("fuente", "orden"),
                )
            },
        ),
    )


class RequisitoInline(TablaInline):
    model = Requisito
    ancla = "requisitos"
    fields = ("orden", "clase", "numeral", "texto")


class PoblacionInline(SeccionInline):
    model = Poblacion
    ancla = "poblaciones"
    max_num = 3
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("clase", "total", "mujeres", "hombres"),
                    ("edad_min_meses", "edad_max_meses", "territorio"),
                    "descripcion",
                    "fuente",
                )
            },
        ),
    )


class MetaInline(TablaInline):
    model = MetaFisica
    ancla = "metas"
    fields = ("orden", "cantidad", "unidad", "descripcion", "fuente")


class CompatibilidadInline(TablaInline):
    model = Compatibilidad
    ancla = "compatibilidades"
    fields = ("orden", "clase", "programa", "nombre", "condicion")


class AlineacionInline(TablaInline):
    model = Alineacion
    ancla = "alineaciones"
    fields = ("orden", "instrumento", "texto")


class TextoInline(SeccionInline):
    model = TextoApartado
    ancla = "textos"
    fields = ("apartado", "texto")


INLINES = (
    FuenteInline,
    ApoyoInline,
    RequisitoInline,
    PoblacionInline,
    MetaInline,
    CompatibilidadInline,
    AlineacionInline,
    TextoInline,
)
