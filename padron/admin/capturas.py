"""Las capturas a mano en el panel: la lista es del admin; se escriben y se entregan en sus páginas."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from padron.consultas.periodos import en_palabras
from padron.models import Captura
from padron.views import captura as pagina
from padron.views import captura_fin
from sibis.cuentas.permisos import Permiso, puede
from sibis.panel.bases import AdminBase


@admin.register(Captura)
class CapturaAdmin(AdminBase):
    """Solo de quien carga padrones en esa dependencia; nadie más ve lo que aún no se entrega."""

    permiso_ver = Permiso.PADRON_CARGAR
    campo_dependencia = "dependencia"
    explicacion = _(
        "Los padrones chicos que se teclean aquí, renglón por renglón o pegados de una hoja, y se entregan "
        "como cualquier archivo. Lo que nadie entrega se borra."
    )
    al_empezar = _("Todavía no se ha capturado ninguno. Se empieza con «Agregar captura a mano».")
    list_display = (
        "programa",
        "ejercicio",
        "de_cuando",
        "etiqueta",
        "cuantos",
        "tocada_por",
        "tocada_el",
        "su_carga",
    )
    list_filter = ("estado", "ejercicio")
    list_select_related = ("programa", "dependencia", "tocada_por", "carga")
    search_fields = ("programa__nombre", "carga__folio")
    search_help_text = _("Nombre del programa o folio de su carga.")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        puestos = Count("renglones", filter=Q(renglones__quitado_en__isnull=True))
        return super().get_queryset(request).annotate(puestos=puestos)

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return puede(request.user, Permiso.PADRON_CARGAR)

    @admin.display(description=_("periodo"), ordering="periodo")
    def de_cuando(self, captura: Captura) -> str:
        return en_palabras(captura.periodo)

    @admin.display(description=_("estado"), ordering="estado")
    def etiqueta(self, captura: Captura) -> str:
        return format_html(
            '<span class="etiqueta etiqueta-{}">{}</span>',
            captura.estado,
            captura.get_estado_display(),
        )

    @admin.display(description=_("renglones"), ordering="puestos")
    def cuantos(self, captura: Any) -> str:
        return f"{captura.puestos:,}"

    @admin.display(description=_("carga"), ordering="carga__folio")
    def su_carga(self, captura: Captura) -> str:
        if captura.carga is None:
            return "—"
        url = reverse("admin:padron_carga_change", args=[captura.carga_id])
        return format_html('<a href="{}">{}</a>', url, captura.carga.folio)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        if object_id is None:
            return captura_fin.nueva(request, modelo_admin=self)
        if not object_id.isdecimal() or len(object_id) > 18:
            raise Http404(_("No hay una captura con ese número en tu ámbito."))
        return redirect("admin:padron_captura_hoja", pk=int(object_id))

    def get_urls(self) -> list[URLPattern]:
        vista, suyo = self.admin_site.admin_view, {"modelo_admin": self}
        return [
            path("nueva/", vista(captura_fin.nueva), suyo, name="padron_captura_nueva"),
            path(
                "nueva/<int:programa>/<int:ejercicio>/",
                vista(captura_fin.nueva),
                suyo,
                name="padron_capturar",
            ),
            path("<int:pk>/hoja/", vista(pagina.captura), suyo, name="padron_captura_hoja"),
            path(
                "<int:pk>/entregar/",
                vista(captura_fin.entregar),
                suyo,
                name="padron_captura_entregar",
            ),
            path(
                "<int:pk>/reabrir/",
                vista(captura_fin.reabrir),
                suyo,
                name="padron_captura_reabrir",
            ),
            path(
                "<int:pk>/descartar/",
                vista(captura_fin.descartar),
                suyo,
                name="padron_captura_descartar",
            ),
            *super().get_urls(),
        ]
