"""Las jornadas de entrega en el panel, y con qué se entrega."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from padron.admin.cargas import AdminDePadron
from padron.models import InstrumentoDeEntrega, JornadaDeEntrega
from padron.views import entregas_lotes, entregas_personas, jornadas
from sibis.cuentas.permisos import Permiso, puede
from sibis.panel.bases import AdminDeCatalogo


@admin.register(JornadaDeEntrega)
class JornadaAdmin(AdminDePadron):
    """La lista es la del admin; lo demás tiene sus propias páginas."""

    explicacion = _(
        "Qué día, en qué lugar y a qué letras se entrega el apoyo de cada programa, y cuántas personas "
        "ya lo recibieron. Lo publicado sale en la página del programa y en su calendario."
    )
    al_empezar = _("Planea la primera: el abecedario se reparte solo en los días que digas.")
    list_display = (
        *("programa", "desde", "letras_", "lugar_", "etiqueta"),
        *("esperadas", "entregadas", "no_recogidas"),
    )
    list_filter = ("estado", "ejercicio", "instrumento")
    list_select_related = ("programa", "dependencia", "centro")
    date_hierarchy = "desde"
    ordering = ("-desde", "letra_desde", "pk")
    search_fields = ("programa__nombre", "centro__nombre", "lugar")
    search_help_text = _("Nombre del programa, del centro o del lugar.")

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return puede(request.user, Permiso.PADRON_CARGAR)

    @admin.display(description=_("letras"))
    def letras_(self, jornada: JornadaDeEntrega) -> str:
        return jornada.letras

    @admin.display(description=_("lugar"))
    def lugar_(self, jornada: JornadaDeEntrega) -> str:
        return jornada.centro.nombre if jornada.centro else jornada.lugar

    @admin.display(description=_("estado"), ordering="estado")
    def etiqueta(self, jornada: JornadaDeEntrega) -> str:
        return format_html(
            '<span class="etiqueta etiqueta-{}">{}</span>',
            jornada.estado,
            jornada.get_estado_display(),
        )

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        if object_id is None:
            if not self.has_add_permission(request):
                raise Http404(_("Solo el enlace de una dependencia planea sus entregas."))
            return jornadas.crear(request, modelo_admin=self)
        if not object_id.isdecimal() or len(object_id) > 18:
            raise Http404(_("No hay una jornada con ese número en tu ámbito."))
        return jornadas.jornada(request, pk=int(object_id), modelo_admin=self)

    def get_urls(self) -> list[URLPattern]:
        vista, suyo = self.admin_site.admin_view, {"modelo_admin": self}
        rutas = (
            ("cambiar/", jornadas.cambiar, "padron_jornada_cambiar"),
            ("paso/<slug:nombre>/", jornadas.paso, "padron_jornada_paso"),
            ("contar/", jornadas.contar, "padron_jornada_contar"),
            ("persona/", entregas_personas.persona, "padron_jornada_persona"),
            ("anotar/", entregas_personas.anotar, "padron_jornada_anotar"),
            ("lista/", entregas_personas.lista, "padron_jornada_lista"),
            ("lote/", entregas_lotes.nuevo, "padron_lote_nuevo"),
            ("lote/<int:numero>/", entregas_lotes.lote, "padron_lote_de_entregas"),
            ("lote/<int:numero>/deshacer/", entregas_lotes.deshacer, "padron_lote_deshacer"),
            ("lote/<int:numero>/<slug:nombre>/", entregas_lotes.acto, "padron_lote_acto"),
        )
        propias = [
            path(f"<int:pk>/{ruta}", vista(pagina), suyo, name=nombre)
            for ruta, pagina, nombre in rutas
        ]
        return [*propias, *super().get_urls()]


@admin.register(InstrumentoDeEntrega)
class InstrumentoAdmin(AdminDeCatalogo):
    explicacion = _("Con qué se entrega un apoyo: tarjeta, efectivo, vales, en especie…")
    list_display = ("nombre", "clave", "lleva_monto", "vigente_desde", "vigente_hasta")
    search_fields = ("nombre", "clave")
    search_help_text = _("Nombre o clave.")
    ordering = ("orden", "nombre")
