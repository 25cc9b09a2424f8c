"""La operación de los correos al personal: cuáles salieron, cuáles no y por qué. No se lee ninguno."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _texto
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from sibis.avisos.models import CorreoDeAviso
from sibis.avisos.servicios.operar import repetir_agotados
from sibis.cuentas.permisos import Permiso
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.panel.bases import AdminBase


class QueNoSalieron(admin.SimpleListFilter):
    title = _("atorados")
    parameter_name = "atorados"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("si", _("no salieron, o no al primer intento"))]

    def queryset(self, request: HttpRequest, correos: QuerySet) -> QuerySet:
        return correos & CorreoDeAviso.objects.atorados() if self.value() else correos


@admin.register(CorreoDeAviso)
class CorreoDeAvisoAdmin(AdminBase):
    explicacion = _(
        "Cada correo al personal y cómo le fue; aquí no se lee lo que dice. Lo que falla se vuelve a "
        "intentar solo durante dos días; después queda como agotado, y con el botón vuelve a la fila."
    )
    permiso_ver = Permiso.SISTEMA_OPERAR
    change_list_template = "avisos/correos_de_aviso.html"
    list_display = (
        "__str__",
        "para",
        "clase",
        "estado",
        "intentos",
        "falla",
        "toca_en",
        "enviado_en",
    )
    list_filter = (QueNoSalieron, "estado", "clase")
    list_select_related = ("para",)
    search_fields = ("para__username",)
    search_help_text = _("La cuenta a la que iba.")
    fields = (
        "uid",
        "para",
        "clase",
        "dia",
        "estado",
        "intentos",
        "falla",
        "creado_en",
        "toca_en",
        "enviado_en",
    )

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        repetir = self.admin_site.admin_view(self.repetir)
        return [path("repetir/", repetir, name="avisos_repetir"), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        agotados = CorreoDeAviso.objects.agotados().count()
        return super().changelist_view(request, {"agotados": agotados, **(extra_context or {})})

    @method_decorator(require_POST)
    def repetir(self, request: HttpRequest) -> HttpResponse:
        try:
            cuantos = repetir_agotados(por=request.user)
        except ErrorDeNegocio as error:
            messages.error(request, error.mensaje)
            return redirect("admin:index")
        hecho = ngettext(
            "Un correo volvió a la fila; se intenta en un minuto.",
            "%(n)s correos volvieron a la fila; se intentan en un minuto.",
            cuantos,
        )
        nada = _texto("No había correos agotados.")
        messages.success(request, hecho % {"n": cuantos} if cuantos else nada)
        return redirect("admin:avisos_correodeaviso_changelist")
