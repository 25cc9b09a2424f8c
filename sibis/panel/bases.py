"""Base de las páginas del panel: permisos por función, ámbito por adscripción, nada se borra."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.functional import Promise

from sibis.cuentas.permisos import Permiso, ambito, puede


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

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Solo lo de su ámbito: lo ajeno no se ve, no se busca y no se adivina (responde 404)."""
        consulta = super().get_queryset(request)
        if self.campo_dependencia is None:
            return consulta
        return consulta.filter(
            ambito(request.user, self.permiso_ver).filtro(self.campo_dependencia)
        )


class AdminDeCatalogo(AdminBase):
    """Catálogo con vigencia: lo ve quien consulta reglas, lo cambia quien mantiene catálogos."""

    permiso_ver = Permiso.REGLA_VER
    permiso_cambiar = Permiso.CATALOGO_EDITAR
    list_display = ("nombre", "clave", "vigente_desde", "vigente_hasta")
    search_fields = ("nombre", "clave")

    def get_readonly_fields(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> tuple[str, ...]:
        """La clave no cambia después de nacer: otros datos la citan."""
        return (*super().get_readonly_fields(request, obj), "clave") if obj else ()
