"""Los expedientes en el panel: solo se consultan; cada asunto abre el suyo."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.permisos import Permiso
from sibis.expedientes.models import Expediente
from sibis.panel.bases import AdminBase


@admin.register(Expediente)
class ExpedienteAdmin(AdminBase):
    permiso_ver = Permiso.REGLA_VER
    campo_dependencia = "dependencia"
    list_display = ("titulo", "clase", "dependencia", "creado_en")
    list_filter = ("clase",)
    list_select_related = ("dependencia",)
    search_fields = ("titulo",)
    search_help_text = _("Título del asunto.")
    ordering = ("-creado_en", "pk")
    date_hierarchy = "creado_en"

    def has_module_permission(self, request: object) -> bool:
        """No es un lugar al que se entre por el menú: se llega desde el asunto."""
        return False
