"""Los informes trimestrales en el panel, y con qué se juzgan."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from presupuesto.models import ExigenciaDeInforme, InformeDeAvance, RangoDeSemaforo
from presupuesto.views import abrir_informes, informes
from sibis.cuentas.permisos import Permiso
from sibis.panel.bases import AdminBase, AdminDeCatalogo


@admin.register(InformeDeAvance)
class InformeAdmin(AdminBase):
    """La lista es la del admin; el informe se escribe y se lee en sus propias páginas."""

    permiso_ver = Permiso.PRESUPUESTO_VER
    permiso_cambiar = Permiso.AVANCE_CAPTURAR
    campo_dependencia = "dependencia"
    explicacion = _(
        "Lo que cada programa informa por trimestre: metas y dinero, acumulados desde enero. Al "
        "aprobarse, sus cifras pasan al portal."
    )
    al_empezar = _("Abre el primero: la portada del panel dice de qué programas falta.")
    list_display = (
        "programa",
        "ejercicio",
        "trimestre",
        "version",
        "etiqueta",
        "siglas",
        "actualizado_en",
    )
    list_filter = ("estado", "ejercicio", "trimestre")
    list_select_related = ("programa", "dependencia")
    search_fields = ("programa__nombre",)
    search_help_text = _("Nombre del programa.")

    @admin.display(description=_("estado"), ordering="estado")
    def etiqueta(self, informe: InformeDeAvance) -> str:
        return format_html(
            '<span class="etiqueta etiqueta-{}">{}</span>',
            informe.estado,
            informe.get_estado_display(),
        )

    @admin.display(description=_("dependencia"), ordering="dependencia__siglas")
    def siglas(self, informe: InformeDeAvance) -> str:
        return informe.dependencia.siglas

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        if object_id is None:
            if not self.has_add_permission(request):
                raise Http404(_("Solo el enlace de una dependencia abre informes."))
            return abrir_informes.abrir(request, modelo_admin=self)
        if not object_id.isdecimal() or len(object_id) > 18:
            raise Http404(_("No hay un informe con ese número en tu ámbito."))
        return informes.informe(request, pk=int(object_id), modelo_admin=self)

    def get_urls(self) -> list[URLPattern]:
        vista, suyo = self.admin_site.admin_view, {"modelo_admin": self}
        return [
            path(
                "<int:pk>/corregir/",
                vista(abrir_informes.corregir),
                suyo,
                name="presupuesto_informe_corregir",
            ),
            path(
                "<int:pk>/evidencia/<int:evidencia>/",
                vista(informes.evidencia),
                suyo,
                name="presupuesto_informe_evidencia",
            ),
            *super().get_urls(),
        ]


@admin.register(RangoDeSemaforo)
class RangoAdmin(AdminDeCatalogo):
    explicacion = _(
        "De qué color se ve cada índice. Vale el primer rango que lo incluye, por su orden: pasarse de "
        "la meta también puede ser rojo."
    )
    list_display = ("indice", "color", "desde", "hasta", "norma", "vigente_desde", "vigente_hasta")
    list_filter = ("indice",)
    ordering = ("orden",)


@admin.register(ExigenciaDeInforme)
class ExigenciaDeInformeAdmin(AdminDeCatalogo):
    explicacion = _(
        "Qué se comprueba en un informe antes de enviarlo, con qué tolerancia, y si detiene o avisa."
    )
    list_display = ("nombre", "severidad", "tolerancia", "solo_trimestre", "norma", "vigente_hasta")
    list_filter = ("severidad", "comprobacion")
