"""Las cargas en el panel: se miran aquí; se mueven con sus botones, nunca editando su estado."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from padron.admin import arreglos
from padron.consultas.periodos import TODOS, en_palabras, opciones
from padron.models import Carga, MapeoRecordado, Receta
from padron.views import cargas, entregas_de_padron
from padron.views.columnas import columnas
from padron.views.confirmar import confirmar
from sibis.cuentas.permisos import Ambito, Permiso, ambito, puede
from sibis.panel.bases import AdminBase

# Quien carga y quien confirma. Nadie más ve los padrones de una dependencia.
_DEL_PADRON = (Permiso.PADRON_CARGAR, Permiso.PADRON_CONFIRMAR)


class AdminDePadron(AdminBase):
    """La ve quien carga o confirma en esa dependencia; no se agrega ni se edita desde el admin."""

    permiso_ver = Permiso.PADRON_CARGAR
    campo_dependencia = "dependencia"

    def _ambitos(self, request: HttpRequest) -> list[Ambito]:
        return [ambito(request.user, permiso) for permiso in _DEL_PADRON]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return any(puede(request.user, permiso) for permiso in _DEL_PADRON)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return any(self._permite(request, permiso, obj) for permiso in _DEL_PADRON)

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """El admin manda a la portada con un mensaje que repite la llave; aquí lo ajeno no existe."""
        raise Http404(_("No hay una carga con ese número en tu ámbito."))

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        suyas = Q(pk__in=())
        for donde in self._ambitos(request):
            suyas |= Q(pk__isnull=False) if donde.todas else donde.filtro(self.campo_dependencia)
        return super(AdminBase, self).get_queryset(request).filter(suyas)


class PorPeriodo(admin.SimpleListFilter):
    """En palabras: «t2» no le dice nada a nadie."""

    title = _("periodo")
    parameter_name = "periodo"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        hay = set(model_admin.get_queryset(request).values_list("periodo", flat=True))
        return opciones(p for p in TODOS if p in hay)

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        elegido = self.value()
        return queryset.filter(periodo=elegido) if elegido in TODOS else queryset


@admin.register(Carga)
class CargaAdmin(AdminDePadron):
    """La lista es la del admin; una carga se entrega, se mira y se mueve en sus propias páginas."""

    explicacion = _(
        "Lo que cada dependencia entrega para el padrón: un archivo por programa y periodo, con lo que "
        "se halló en él y en qué va."
    )
    al_empezar = _("Todavía no se ha entregado ningún padrón. Se empieza en «Entregar un padrón».")
    list_display = (
        "folio",
        "programa",
        "ejercicio",
        "de_cuando",
        "etiqueta",
        "cuantas",
        "entran",
        "esperan",
        "siglas",
        "recibida_en",
    )
    list_filter = ("estado", "ejercicio", PorPeriodo)
    list_select_related = ("programa", "dependencia")
    search_fields = ("folio", "programa__nombre")
    search_help_text = _("Folio o nombre del programa.")
    change_list_template = "admin/padron/cargas.html"

    @admin.display(description=_("estado"), ordering="estado")
    def etiqueta(self, carga: Carga) -> str:
        return format_html(
            '<span class="etiqueta etiqueta-{}">{}</span>', carga.estado, carga.get_estado_display()
        )

    @admin.display(description=_("dependencia"), ordering="dependencia__siglas")
    def siglas(self, carga: Carga) -> str:
        return carga.dependencia.siglas

    @admin.display(description=_("periodo"), ordering="periodo")
    def de_cuando(self, carga: Carga) -> str:
        return en_palabras(carga.periodo)

    @admin.display(description=_("renglones"), ordering="filas")
    def cuantas(self, carga: Carga) -> str:
        return f"{carga.filas:,}" if carga.filas else "—"

    @admin.display(description=_("pueden entrar"), ordering="validas")
    def entran(self, carga: Carga) -> str:
        return f"{carga.validas:,}" if carga.filas else "—"

    @admin.display(description=_("esperan"), ordering="con_error")
    def esperan(self, carga: Carga) -> str:
        return f"{carga.con_error:,}" if carga.filas else "—"

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return puede(request.user, Permiso.PADRON_CARGAR)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        if object_id is None:
            if not self.has_add_permission(request):
                raise Http404(_("Solo el enlace de una dependencia entrega padrones."))
            return entregas_de_padron.subir(request, modelo_admin=self)
        if not object_id.isdecimal() or len(object_id) > 18:
            raise Http404(_("No hay una carga con ese número en tu ámbito."))
        return cargas.carga(request, pk=int(object_id), modelo_admin=self)

    def get_urls(self) -> list[URLPattern]:
        vista, suyo = self.admin_site.admin_view, {"modelo_admin": self}
        return [
            path("entregar/", vista(entregas_de_padron.entrada), suyo, name="padron_entregar"),
            path("<int:pk>/columnas/", vista(columnas), suyo, name="padron_carga_columnas"),
            path("<int:pk>/avance/", vista(cargas.avance), suyo, name="padron_carga_avance"),
            path("<int:pk>/confirmar/", vista(confirmar), suyo, name="padron_carga_confirmar"),
            path("<int:pk>/acto/<slug:acto>/", vista(cargas.acto), suyo, name="padron_carga_acto"),
            *arreglos.rutas(self),
            *super().get_urls(),
        ]


@admin.register(Receta)
class RecetaAdmin(AdminDePadron):
    explicacion = _(
        "Correcciones que una dependencia aplicó a muchas filas a la vez y se le ofrecen en su siguiente "
        "carga."
    )
    al_empezar = _("Se guardan solas al corregir muchas filas a la vez.")
    list_display = ("columna", "codigo", "forma", "transformacion", "veces", "dependencia")
    list_filter = ("codigo",)
    list_select_related = ("dependencia",)
    search_fields = ("columna", "codigo", "forma")
    search_help_text = _("Columna, código o forma.")


@admin.register(MapeoRecordado)
class MapeoAdmin(AdminDePadron):
    explicacion = _(
        "Qué es cada columna de los archivos que una dependencia ya entregó: el mismo encabezado se lee "
        "igual sin volver a preguntar."
    )
    al_empezar = _("Se guardan solos al confirmar las columnas de una carga.")
    list_display = ("dependencia", "programa", "confirmado_por", "confirmado_en")
    list_select_related = ("dependencia", "programa", "confirmado_por")
    search_fields = ("programa__nombre",)
    search_help_text = _("Nombre del programa.")
    exclude = ("huella",)
