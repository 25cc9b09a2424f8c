"""Los hilos en el panel: una lista para consultar, y los plazos que mantiene quien norma."""

from __future__ import annotations

from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.permisos import Permiso
from sibis.mensajes.alcance import alcance
from sibis.mensajes.models import Hilo, ReglaDeConservacion
from sibis.panel.bases import AdminBase


@admin.register(Hilo)
class HiloAdmin(AdminBase):
    """Se leen y se escriben en su bandeja; aquí se filtran. No se edita ni se borra ninguno."""

    permiso_ver = Permiso.MENSAJE_ESCRIBIR
    explicacion = _("Todos los hilos que puedes ver. Para leer y contestar, abre su página.")
    list_display = ("asunto", "de_que", "creado_por", "creado_en", "ultimo_en", "cerrado_en")
    list_filter = ("expediente__clase", "creado_en", "cerrado_en")
    list_select_related = ("expediente", "creado_por")
    search_fields = ("asunto",)
    search_help_text = _("Asunto del hilo.")

    @admin.display(description=_("sobre"))
    def de_que(self, hilo: Hilo) -> str:
        return hilo.expediente.titulo if hilo.expediente else "—"

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """La regla de siempre, y no la de las dependencias: un hilo lo ven también otros órganos."""
        return Hilo.objects.visibles_para(request.user).defer("vector")

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return bool(alcance(request.user))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        hilo = self.get_object(request, object_id)
        if hilo is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return redirect(hilo.get_absolute_url())


@admin.register(ReglaDeConservacion)
class ReglaDeConservacionAdmin(AdminBase):
    permiso_ver = Permiso.CATALOGO_EDITAR
    permiso_cambiar = Permiso.CATALOGO_EDITAR
    explicacion = _(
        "Cuántos años se guarda un hilo después de cerrado. Al cumplirse solo se marca: decide una "
        "persona. Un plazo «por confirmar» espera el catálogo de disposición documental."
    )
    list_display = ("clase", "anios", "norma", "por_confirmar", "vigente_desde", "vigente_hasta")
