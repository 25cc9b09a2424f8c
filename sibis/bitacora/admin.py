"""La bitácora en el panel: se lee y se filtra; nada más."""

from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from sibis.bitacora.models import Evento
from sibis.bitacora.presentadores import frase, tipos_conocidos
from sibis.bitacora.registro import Via


class PorTipo(admin.SimpleListFilter):
    """Los tipos salen del catálogo de frases: un DISTINCT sobre la bitácora la recorrería entera."""

    title = _("tipo")
    parameter_name = "tipo"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(tipo, tipo) for tipo in tipos_conocidos()]

    def queryset(self, request: HttpRequest, eventos: QuerySet[Evento]) -> QuerySet[Evento]:
        return eventos.filter(tipo=self.value()) if self.value() else eventos


class PorVia(admin.SimpleListFilter):
    title = _("por dónde")
    parameter_name = "via"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(via.value, via.value) for via in Via if via]

    def queryset(self, request: HttpRequest, eventos: QuerySet[Evento]) -> QuerySet[Evento]:
        return eventos.filter(via=self.value()) if self.value() else eventos


class PaginadorAcotado(Paginator):
    """Contar millones de renglones para numerar páginas no le sirve a nadie: se cuenta hasta un tope."""

    TOPE = 10_000

    @cached_property
    def count(self) -> int:
        eventos: Any = self.object_list
        return len(eventos.order_by().values_list("pk")[: self.TOPE])


@admin.register(Evento)
class EventoAdmin(admin.ModelAdmin):
    """Ver lo decide `has_perm`, que responde desde las funciones de cada cuenta."""

    list_display = ["momento", "que_paso", "por", "dependencia", "via"]
    list_display_links = ["momento", "que_paso"]
    list_filter = [PorTipo, PorVia]
    search_fields = ["=objeto_id", "=por", "=tipo", "=dependencia"]
    search_help_text = _("Identificador del objeto, cuenta, tipo de evento o clave de dependencia.")
    explicacion = _(
        "Quién hizo qué y cuándo. No se cambia ni se borra; se sella cada cinco minutos."
    )
    ordering = ["-id"]
    list_per_page = 50
    show_full_result_count = False
    paginator = PaginadorAcotado

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Evento | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Evento | None = None) -> bool:
        return False

    @admin.display(description=_("qué pasó"))
    def que_paso(self, evento: Evento) -> str:
        return frase(evento)
