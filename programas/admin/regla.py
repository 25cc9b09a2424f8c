"""La regla de operación en el panel: se escribe por secciones y se mueve con botones."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programas.forms.regla import ReglaNuevaForm
from programas.models import Programa, ReglaOperacion
from programas.servicios import captura
from programas.views import captura as escritura
from programas.views import captura_borrador, captura_indice, vista_previa
from programas.views import panel as vistas
from sibis.cuentas.models import Dependencia
from sibis.cuentas.permisos import Permiso, ambito
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.panel.bases import AdminBase


@admin.register(ReglaOperacion)
class ReglaAdmin(AdminBase):
    permiso_ver = Permiso.REGLA_VER
    permiso_cambiar = Permiso.REGLA_CAPTURAR
    campo_dependencia = "dependencia"
    form = ReglaNuevaForm
    list_display = ("nombre", "ejercicio", "version", "etiqueta", "siglas", "actualizado_en")
    explicacion = gettext_lazy(
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
    search_help_text = gettext_lazy("Nombre de la regla o del programa, o clave oficial.")

    @admin.display(description=gettext_lazy("estado"), ordering="estado")
    def etiqueta(self, regla: ReglaOperacion) -> str:
        return format_html(
            '<span class="etiqueta etiqueta-{}">{}</span>', regla.estado, regla.get_estado_display()
        )

    @admin.display(description=gettext_lazy("dependencia"), ordering="dependencia__siglas")
    def siglas(self, regla: ReglaOperacion) -> str:
        return regla.dependencia.siglas

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Solo se edita en captura; lo publicado se corrige con otra versión."""
        if isinstance(obj, ReglaOperacion) and not obj.es_editable:
            return False
        return super().has_change_permission(request, obj)

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
        """Abrir la regla de un año pasa por el servicio: ámbito, y que no haya otra en trabajo."""
        nueva = captura.iniciar(
            obj.programa,
            ejercicio=obj.ejercicio,
            nombre=obj.nombre,
            dependencia=obj.dependencia,
            por=request.user,
        )
        obj.pk, obj._state.adding = nueva.pk, False
        obj.refresh_from_db()

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """La de una regla es su lista de tareas; aquí solo se da de alta."""
        if object_id is not None:
            if not object_id.isdecimal() or len(object_id) > 18:
                raise Http404(_("No hay una regla con ese número en tu ámbito."))
            return captura_indice.indice(request, int(object_id), self)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ErrorDeNegocio as error:
            self.message_user(request, error.mensaje, messages.ERROR)
            return redirect(request.path)

    def get_urls(self) -> list[URLPattern]:
        propias = (
            ("paso/<slug:nombre>/", vistas.paso, "paso"),
            ("version/", vistas.abrir_version, "version"),
            ("seccion/<slug:seccion>/", escritura.seccion, "seccion"),
            ("seccion/<slug:seccion>/borrador/", captura_borrador.borrador, "borrador"),
            ("cambios/", captura_indice.cambios, "cambios"),
            ("vista/", vista_previa.pagina, "vista"),
            ("borrador.<slug:extension>", vista_previa.documento, "documento"),
        )
        return [
            *(
                path(
                    f"<int:pk>/{ruta}",
                    self.admin_site.admin_view(vista),
                    {"modelo_admin": self},
                    name=f"programas_regla_{nombre}",
                )
                for ruta, vista, nombre in propias
            ),
            *super().get_urls(),
        ]

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: Any = None
    ) -> HttpResponse:
        """Al abrir una regla se pasa directo a escribirla."""
        self.message_user(request, _("Borrador abierto. Escribe sus secciones."), messages.SUCCESS)
        return redirect(reverse("admin:programas_reglaoperacion_change", args=[obj.pk]))
