"""La regla de operación en el panel: se captura por secciones y se mueve con botones."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from programas import requisitos
from programas.admin.secciones import INLINES
from programas.estados import EN_CURSO, EstadoRegla
from programas.forms.regla import SECCIONES, ReglaForm, ReglaNuevaForm
from programas.materia import REGLA
from programas.models import Exigencia, Programa, ReglaOperacion
from programas.servicios import captura
from programas.views import panel as vistas
from sibis.cuentas.models import Dependencia
from sibis.cuentas.permisos import Permiso, ambito, puede
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.panel.bases import AdminBase
from sibis.revision.consultas.botones import botones_de


@admin.register(ReglaOperacion)
class ReglaAdmin(AdminBase):
    permiso_ver = Permiso.REGLA_VER
    permiso_cambiar = Permiso.REGLA_CAPTURAR
    campo_dependencia = "dependencia"
    form = ReglaForm
    inlines = INLINES
    change_form_template = "admin/programas/regla_form.html"
    list_display = ("nombre", "ejercicio", "version", "etiqueta", "siglas", "actualizado_en")
    explicacion = _(
        "Las reglas de operación de cada año: en qué van y desde cuándo. Abre una para escribirla o "
        "revisarla."
    )
    list_filter = (
        "estado",
        "ejercicio",
        "programa__tipo",
        ("dependencia", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("dependencia", "programa")
    ordering = ("-ejercicio", "nombre", "-version")
    show_facets = admin.ShowFacets.ALWAYS  # unas tres mil en una década: contar no cuesta
    search_fields = ("nombre", "programa__nombre", "clave_oficial")
    search_help_text = _("Nombre de la regla o del programa, o clave oficial.")
    fieldsets = tuple(
        (titulo, {"fields": campos, "classes": (f"seccion-{ancla}",)})
        for ancla, titulo, campos in SECCIONES
    )

    @admin.display(description=_("estado"), ordering="estado")
    def etiqueta(self, regla: ReglaOperacion) -> str:
        return format_html(
            '<span class="etiqueta etiqueta-{}">{}</span>', regla.estado, regla.get_estado_display()
        )

    @admin.display(description=_("dependencia"), ordering="dependencia__siglas")
    def siglas(self, regla: ReglaOperacion) -> str:
        return regla.dependencia.siglas

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Solo se edita en captura; lo publicado se corrige con otra versión."""
        if isinstance(obj, ReglaOperacion) and not obj.es_editable:
            return False
        return super().has_change_permission(request, obj)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is None:
            kwargs["form"] = ReglaNuevaForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ((None, {"fields": ReglaNuevaForm.Meta.fields}),)
        if not self.has_change_permission(request, obj):
            return tuple((t, {**o, "fields": _sin_edicion(o["fields"])}) for t, o in self.fieldsets)
        return self.fieldsets

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.inlines if obj else ()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Al abrir una regla solo se eligen programas y dependencias de su ámbito."""
        donde = ambito(request.user, Permiso.REGLA_CAPTURAR)
        if db_field.name == "programa":
            kwargs["queryset"] = Programa.objects.del_ambito(donde)
        if db_field.name == "dependencia":
            kwargs["queryset"] = Dependencia.objects.filter(donde.filtro("pk"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: ReglaOperacion, form: Any, change: bool
    ) -> None:
        """El guardado pasa por el servicio: ámbito, estado y que nadie haya guardado antes."""
        if not change:
            nueva = captura.iniciar(
                obj.programa,
                ejercicio=obj.ejercicio,
                nombre=obj.nombre,
                dependencia=obj.dependencia,
                por=request.user,
            )
            obj.pk, obj._state.adding = nueva.pk, False
            obj.refresh_from_db()
            return
        captura.guardar(
            obj,
            edicion=form.cleaned_data["edicion_abierta"],
            por=request.user,
            escribir=lambda: obj.save(
                update_fields=[c for c in form.changed_data if _es_columna(c)]
            ),
        )

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        contexto = extra_context or {}
        if object_id is not None and (regla := self.get_object(request, object_id)) is not None:
            contexto |= self._contexto(request, regla)
        try:
            return super().changeform_view(request, object_id, form_url, contexto)
        except ErrorDeNegocio as error:
            self.message_user(request, error.mensaje, messages.ERROR)
            return redirect(request.path)

    def _contexto(self, request: HttpRequest, regla: ReglaOperacion) -> dict[str, Any]:
        """Qué puede hacer esta persona ahora, y qué falta para el siguiente paso."""
        momento = Exigencia.Momento.ENVIAR if regla.es_editable else Exigencia.Momento.PUBLICAR
        return {
            "regla": regla,
            "botones": botones_de(REGLA, regla, request.user) if regla.expediente_id else (),
            "faltantes": requisitos.faltantes(regla, momento) if regla.estado in EN_CURSO else [],
            "puede_abrir_version": regla.estado in {EstadoRegla.PUBLICADO, EstadoRegla.SUSPENDIDO}
            and puede(request.user, Permiso.REGLA_CAPTURAR, en=regla.dependencia_id),
            "title": str(regla),
        }

    def get_urls(self) -> list[URLPattern]:
        vista = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/paso/<slug:nombre>/",
                vista(vistas.paso),
                {"modelo_admin": self},
                name="programas_regla_paso",
            ),
            path(
                "<int:pk>/version/",
                vista(vistas.abrir_version),
                {"modelo_admin": self},
                name="programas_regla_version",
            ),
            *super().get_urls(),
        ]

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: Any = None
    ) -> HttpResponse:
        """Al abrir una regla se pasa directo a escribirla."""
        self.message_user(request, _("Borrador abierto. Escribe sus secciones."), messages.SUCCESS)
        return redirect(reverse("admin:programas_reglaoperacion_change", args=[obj.pk]))


def _sin_edicion(campos: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(c for c in campos if c != "edicion_abierta")


def _es_columna(campo: str) -> bool:
    """Los campos de muchos los guarda Django después; los del formulario no son columnas."""
    nombres = {c.name for c in ReglaOperacion._meta.concrete_fields}
    return campo in nombres
