"""El archivo histórico en el panel: sus documentos, y los enlaces que citan."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from programas.consultas.colas_historico import enlaces_rotos
from programas.forms.documento import DocumentoForm
from programas.models import Documento, Enlace, Programa
from programas.servicios import documentos
from sibis.cuentas.models import Dependencia
from sibis.cuentas.permisos import Ambito, Permiso, ambito
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.panel.bases import AdminBase


@admin.register(Documento)
class DocumentoAdmin(AdminBase):
    """Cada dependencia guarda los suyos; los que no son de ninguna, quien tiene toda la ciudad."""

    permiso_ver = Permiso.REGLA_VER
    permiso_cambiar = Permiso.DOCUMENTO_EDITAR
    campo_dependencia = "dependencia"
    form = DocumentoForm
    explicacion = _(
        "Reglas, convocatorias, evaluaciones e informes de cada año. Los visibles se leen y se "
        "buscan en el portal."
    )
    list_display = ("titulo", "clase", "ejercicio", "siglas", "texto_estado", "visible")
    list_filter = ("clase", "texto_estado", "visible", "origen", "ejercicio")
    list_select_related = ("dependencia",)
    search_fields = ("titulo", "gaceta_numero", "programa__nombre", "clave")
    search_help_text = _("Título, programa, número de Gaceta o clave.")
    date_hierarchy = "fecha"
    al_empezar = _(
        "Agrega el primero con el botón de arriba: puedes subir el archivo o solo citarlo."
    )
    readonly_fields = ("guardado", "en_el_portal")
    fieldsets = (
        (None, {"fields": ("titulo", "clase", ("ejercicio", "fecha", "anio_publicacion"))}),
        (_("De quién es"), {"fields": ("programa", "dependencia")}),
        (_("El documento"), {"fields": ("contenido", "guardado", "resumen")}),
        (_("De dónde sale"), {"fields": ("fuente", "enlace", "gaceta_numero")}),
        (_("Portal"), {"fields": ("visible", "en_el_portal")}),
    )

    @admin.display(description=_("dependencia"), ordering="dependencia__siglas")
    def siglas(self, documento: Documento) -> str:
        return documento.dependencia.siglas if documento.dependencia else "—"

    @admin.display(description=_("archivo guardado"))
    def guardado(self, documento: Documento) -> str:
        archivo = documento.archivo
        if archivo is None:
            return "—"
        return format_html(
            "{}, {} bytes<br>SHA-256 <code>{}</code><br>{}",
            *(archivo.tipo, archivo.bytes, archivo.sha256),
            documento.get_texto_estado_display(),
        )

    @admin.display(description=_("dirección"))
    def en_el_portal(self, documento: Documento) -> str:
        if documento.pk is None:
            return "—"
        return format_html('<a href="{0}">{0}</a>', documento.get_absolute_url())

    def dependencia_de(self, objeto: models.Model) -> int | None:
        return objeto.dependencia_id if isinstance(objeto, Documento) else None

    def _permite(
        self, request: HttpRequest, permiso: Permiso | None, objeto: models.Model | None
    ) -> bool:
        """Un documento de toda la ciudad lo toca quien tiene ese alcance."""
        if permiso is not None and objeto is not None and self.dependencia_de(objeto) is None:
            return ambito(request.user, permiso).todas
        return super()._permite(request, permiso, objeto)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).defer("vector", "vector_ficha")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Quien solo consulta no ve dónde subir un archivo."""
        puede_cambiar = (
            self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        )
        if puede_cambiar:
            return self.fieldsets
        return tuple(
            (titulo, {**o, "fields": tuple(c for c in o["fields"] if c != "contenido")})
            for titulo, o in self.fieldsets
        )

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Solo se eligen programas y dependencias de su ámbito."""
        donde = self._donde(request)
        if db_field.name == "programa":
            kwargs["queryset"] = Programa.objects.del_ambito(donde)
        if db_field.name == "dependencia":
            kwargs["queryset"] = Dependencia.objects.filter(donde.filtro("pk"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _donde(self, request: HttpRequest) -> Ambito:
        return ambito(request.user, Permiso.DOCUMENTO_EDITAR)

    def save_model(self, request: HttpRequest, obj: Documento, form: Any, change: bool) -> None:
        """El guardado pasa por el servicio: ámbito, archivo, índice y bitácora."""
        donde = self._donde(request)
        if obj.dependencia_id is None and obj.programa is None and not donde.todas:
            obj.dependencia = Dependencia.objects.filter(donde.filtro("pk")).order_by("pk").first()
        subido = form.cleaned_data.get("contenido")
        documentos.guardar(obj, contenido=subido.file if subido else None, por=request.user)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ErrorDeNegocio as error:
            self.message_user(request, error.mensaje, messages.ERROR)
            return redirect(request.path)


class RotosMios(admin.SimpleListFilter):
    """Los que cita algo de mi dependencia."""

    title = _("de quién")
    parameter_name = "de"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("mios", _("rotos que citamos"))]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        if self.value() != "mios":
            return queryset
        donde = ambito(request.user, Permiso.DOCUMENTO_EDITAR)
        return queryset.filter(pk__in=enlaces_rotos(donde).values("pk"))


@admin.register(Enlace)
class EnlaceAdmin(AdminBase):
    """Los revisa la máquina; aquí solo se miran. Son direcciones públicas: los ve todo el personal."""

    permiso_ver = Permiso.REGLA_VER
    explicacion = _(
        "Direcciones que citan los programas y los documentos. El sistema las revisa solo; las "
        "rotas se corrigen donde se citan."
    )
    list_display = ("url", "estado", "codigo", "motivo", "fallas", "revisado_en")
    list_filter = ("estado", RotosMios)
    search_fields = ("url",)
    search_help_text = _("Una parte de la dirección: «gob.mx», «gaceta».")
    show_facets = admin.ShowFacets.ALWAYS
    al_empezar = _("Aparecen solos cuando un programa o un documento cita una dirección.")
    ordering = ("-fallas", "-revisado_en", "pk")
