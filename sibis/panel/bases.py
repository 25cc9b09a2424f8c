"""Base de las páginas del panel: permisos por función, ámbito por adscripción, nada se borra."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IS_POPUP_VAR
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, ambito, puede
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.panel.celdas import de_archivo
from sibis.panel.forms import AccionForm
from sibis.panel.lotes import AccionEnLote, acciones_de
from sibis.panel.servicios import lotes
from sibis.panel.servicios.catalogos import guardar_renglon
from sibis.vigencia.models import CatalogoFechado


class AdminBase(admin.ModelAdmin):
    """La dependencia la dice el objeto; el permiso, la función vigente de quien entra.

    `campo_dependencia` es la ruta hacia la dependencia («programa__dependencia»); None significa
    que el dato es de toda la ciudad y solo lo cambia quien tiene ese alcance.
    """

    permiso_ver: ClassVar[Permiso]
    permiso_cambiar: ClassVar[Permiso | None] = None
    campo_dependencia: ClassVar[str | None] = None
    # Qué es esta lista y qué se hace con ella; se lee arriba de la tabla.
    explicacion: ClassVar[str | Promise] = ""
    # (ruta, texto): lo que se manda hacer a toda la lista. Solo lo ve quien puede cambiarla.
    botones_de_lista: ClassVar[tuple[tuple[str, str | Promise], ...]] = ()
    # Qué hacer cuando la lista está vacía sin filtros.
    al_empezar: ClassVar[str | Promise] = ""
    # Con datos de personas: solo la descarga quien tiene esa facultad.
    tiene_datos_personales: ClassVar[bool] = False
    # Campos que salen y entran en archivo, y cuál dice de qué renglón se trata. Vacío: no se intercambia.
    columnas_de_intercambio: ClassVar[tuple[str, ...]] = ()
    clave_de_intercambio: ClassVar[str] = "clave"
    action_form = AccionForm
    list_per_page = 50
    show_full_result_count = False

    def dependencia_de(self, objeto: models.Model) -> int | None:
        """Llave de la dependencia dueña del objeto."""
        if self.campo_dependencia is None:
            return None
        actual: Any = objeto
        for parte in self.campo_dependencia.split("__"):
            actual = getattr(actual, parte)
        return int(actual.pk)

    def _permite(
        self, request: HttpRequest, permiso: Permiso | None, objeto: models.Model | None
    ) -> bool:
        if permiso is None:
            return False
        donde = ambito(request.user, permiso)
        if self.campo_dependencia is None:
            return donde.todas
        if objeto is None:
            return bool(donde)
        dependencia = self.dependencia_de(objeto)
        return dependencia is not None and donde.incluye(dependencia)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return puede(request.user, self.permiso_ver)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        if self.campo_dependencia is None:
            return puede(request.user, self.permiso_ver)
        return self._permite(request, self.permiso_ver, obj)

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self._permite(request, self.permiso_cambiar, None)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self._permite(request, self.permiso_cambiar, obj)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Nada se borra desde el panel: se cierra con fecha, se retira o se sustituye."""
        return False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Las de siempre y las que se hacen por lotes, si esta persona puede alguna."""
        suyas = super().get_actions(request)
        if self.actions is None or IS_POPUP_VAR in request.GET:
            return suyas
        for clase in acciones_de(self.model, request.user):
            nombre = f"lote:{clase.clave}"
            suyas[nombre] = (_preparar(clase), nombre, str(clase.nombre))
        return suyas

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """«Toda la lista» vale sin marcar nada: el admin pide al menos una casilla."""
        if request.method == "POST" and request.POST.get("select_across") == "1":
            elegido = request.POST.copy()
            elegido.setdefault(ACTION_CHECKBOX_NAME, "")
            request.POST = elegido  # type: ignore[assignment]
        return super().changelist_view(request, extra_context)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Directo a su página: el rodeo del admin abriría también lo que no es de su ámbito."""
        if obj is None or not self.view_on_site or not hasattr(obj, "get_absolute_url"):
            return None
        return str(obj.get_absolute_url())

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """La historia se lee en oraciones, con lo que cambió (sibis/expedientes)."""
        if "/" in object_id:
            raise Http404(_("No hay nada con esa dirección en tu ámbito."))
        return redirect("historia:objeto", self.opts.label_lower, object_id)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Solo lo de su ámbito: lo ajeno no se ve, no se busca y no se adivina (responde 404)."""
        consulta = super().get_queryset(request)
        if self.campo_dependencia is None:
            return consulta
        return consulta.filter(
            ambito(request.user, self.permiso_ver).filtro(self.campo_dependencia)
        )


def _preparar(clase: type[AccionEnLote]) -> Callable[..., HttpResponse | None]:
    """La acción del admin que no hace nada todavía: guarda la selección y lleva a su vista previa."""

    def preparar(
        lista: AdminBase, request: HttpRequest, elegidos: models.QuerySet
    ) -> HttpResponse | None:
        consulta = request.META.get("QUERY_STRING", "")
        try:
            lote = lotes.preparar(clase, elegidos, por=request.user, volver_a=consulta)
        except ErrorDeNegocio as error:
            lista.message_user(request, error.mensaje, messages.ERROR)
            return None
        return redirect("admin:panel_lote", pk=lote.pk)

    return preparar


class Rige(admin.SimpleListFilter):
    """De un catálogo casi siempre interesa lo que hoy rige."""

    title = _("si rige hoy")
    parameter_name = "rige"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("si", _("rige")), ("no", _("cerrado o por empezar"))]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        vigentes = queryset.model._default_manager.vigentes().values("pk")
        if self.value() == "si":
            return queryset.filter(pk__in=vigentes)
        return queryset.exclude(pk__in=vigentes) if self.value() == "no" else queryset


class AdminDeCatalogo(AdminBase):
    """Catálogo con vigencia: lo ve quien consulta reglas, lo cambia quien mantiene catálogos."""

    permiso_ver = Permiso.REGLA_VER
    permiso_cambiar = Permiso.CATALOGO_EDITAR
    list_display = ("nombre", "clave", "vigente_desde", "vigente_hasta")
    list_filter = (Rige,)
    search_fields = ("nombre", "clave")
    search_help_text = _("Nombre o clave.")
    show_facets = admin.ShowFacets.ALWAYS  # son listas cortas: contar no cuesta

    def __init__(self, model: type[models.Model], admin_site: admin.AdminSite) -> None:
        """Si no dice cuáles, salen y entran en archivo todas sus columnas, la clave primero."""
        super().__init__(model, admin_site)
        self.columnas_de_intercambio = self.columnas_de_intercambio or de_archivo(model)  # type: ignore[misc]

    def guardar_de_intercambio(self, objeto: CatalogoFechado, *, por: Usuario) -> None:
        """Lo que entra por archivo también queda en la bitácora, renglón por renglón."""
        guardar_renglon(objeto, por=por)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        guardar_renglon(obj, por=request.user)

    def get_readonly_fields(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> tuple[str, ...]:
        """La clave no cambia después de nacer: otros datos la citan."""
        return (*super().get_readonly_fields(request, obj), "clave") if obj else ()
