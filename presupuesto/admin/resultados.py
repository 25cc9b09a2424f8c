"""Avance físico e indicadores: los escribe la dependencia que opera el programa."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from presupuesto.models import AvanceFisico, Indicador, Medicion
from presupuesto.servicios import vinculos
from programas.models import Programa
from sibis.cuentas.permisos import Permiso, ambito, puede
from sibis.panel.bases import AdminBase


class _DePrograma(AdminBase):
    """Del ámbito de su dependencia; el programa solo se elige entre los suyos."""

    permiso_ver = Permiso.PRESUPUESTO_VER
    permiso_cambiar = Permiso.REGLA_CAPTURAR
    campo_dependencia = "programa__dependencia"
    list_filter = ("ejercicio",)
    list_select_related = ("programa",)
    search_fields = ("programa__nombre",)
    search_help_text = _("Nombre del programa.")
    show_facets = admin.ShowFacets.ALWAYS

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Casi siempre se captura el año en curso."""
        return {
            "ejercicio": timezone.localdate().year,
            **super().get_changeform_initial_data(request),
        }

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "programa":
            suyos = ambito(request.user, Permiso.REGLA_CAPTURAR)
            kwargs["queryset"] = Programa.objects.del_ambito(suyos)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        vinculos.guardar_avance(obj, por=request.user, programa=obj.programa)


@admin.register(AvanceFisico)
class AvanceAdmin(_DePrograma):
    explicacion = _(
        "Cuánto de la meta del año se ha cumplido, acumulado desde enero: un renglón por "
        "trimestre. El portal lo muestra junto al dinero."
    )
    fieldsets = (
        (None, {"fields": ("programa", ("ejercicio", "trimestre"))}),
        (_("La meta y lo alcanzado"), {"fields": ("unidad", ("meta", "alcanzado"))}),
        (_("De dónde sale"), {"fields": ("fuente", "fuente_url", "nota")}),
    )
    list_display = ("programa", "ejercicio", "trimestre", "unidad", "meta", "alcanzado")
    list_filter = ("ejercicio", "trimestre")
    ordering = ("-ejercicio", "-trimestre", "programa__nombre")


class MedicionInline(admin.TabularInline):
    """Sus permisos son los del indicador."""

    model = Medicion
    extra = 0
    fields = ("desde", "hasta", "valor", "numerador", "denominador", "fuente", "fuente_url")

    def _permite(self, request: HttpRequest, permiso: Permiso, obj: Indicador | None) -> bool:
        return puede(request.user, permiso, en=obj.programa.dependencia_id if obj else None)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self._permite(request, Permiso.PRESUPUESTO_VER, obj)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self._permite(request, Permiso.REGLA_CAPTURAR, obj)

    has_add_permission = has_change_permission  # type: ignore[assignment]

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Una medición mal escrita se corrige; nada se borra desde el panel."""
        return False


@admin.register(Indicador)
class IndicadorAdmin(_DePrograma):
    explicacion = _(
        "La matriz de indicadores (MIR) de cada programa y lo que salió en cada medición."
    )
    formfield_overrides: ClassVar[dict[type[models.Field], Any]] = {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 3})}
    }
    fieldsets = (
        (None, {"fields": ("programa", ("ejercicio", "orden"), ("nivel", "tipo"))}),
        (_("Qué se mide"), {"fields": ("objetivo", "nombre", "definicion", "formula")}),
        (
            _("Cómo se mide"),
            {
                "fields": (
                    ("unidad", "frecuencia", "sentido"),
                    "desagregacion",
                    ("linea_base", "linea_base_anio", "meta"),
                    *("medios", "supuestos", "unidad_responsable"),
                )
            },
        ),
        (_("De dónde sale"), {"fields": ("fuente", "fuente_url")}),
    )
    list_display = ("nombre", "programa", "ejercicio", "nivel", "meta")
    list_filter = ("ejercicio", "nivel")
    search_fields = ("nombre", "programa__nombre")
    search_help_text = _("Nombre del indicador o del programa.")
    ordering = ("-ejercicio", "programa__nombre", "orden", "pk")
    inlines = (MedicionInline,)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Cada medición pasa por el servicio, como el indicador: permiso y bitácora."""
        for medicion in formset.save(commit=False):
            vinculos.guardar_avance(medicion, por=request.user, programa=form.instance.programa)
