"""Las obligaciones en el panel; y la entrada a los plazos, que se miran en la agenda de cada quien."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from sibis.agenda.forms import ObligacionForm
from sibis.agenda.models import Obligacion, Vencimiento
from sibis.agenda.servicios import obligaciones
from sibis.cuentas.permisos import Permiso
from sibis.panel.bases import AdminBase, AdminDeCatalogo


@admin.register(Obligacion)
class ObligacionAdmin(AdminDeCatalogo):
    permiso_ver = Permiso.AGENDA_VER
    permiso_cambiar = Permiso.AGENDA_EDITAR
    form = ObligacionForm
    explicacion = _(
        "Lo que la ley manda hacer y para cuándo. Un cambio vale para lo que aún no vence; lo que ya "
        "venció se queda como estaba. Si la ley cambia, cierra esta con su fecha y abre otra."
    )
    list_display = ("nombre", "aplica_a", "norma", "articulo", "vigente_desde", "vigente_hasta")
    list_filter = ("aplica_a", "clase_de_fecha")
    fieldsets = (
        (None, {"fields": ("clave", "nombre", "descripcion", "aplica_a", "orden")}),
        (_("La ley"), {"fields": ("norma", "articulo", "vigente_desde", "vigente_hasta")}),
        (
            _("La fecha"),
            {
                "fields": (
                    "clase_de_fecha",
                    ("dia", "mes", "anio"),
                    ("dias", "habiles"),
                    "trimestres",
                    "gracia_dias",
                )
            },
        ),
        (
            _("Cómo se cumple y a quién se avisa"),
            {"fields": ("cumple", "recordatorios", "recordar_a", "escala_dias", "escala_a")},
        ),
    )

    def save_model(self, request: HttpRequest, obj: Obligacion, form: Any, change: bool) -> None:
        obligaciones.guardar(obj, por=request.user)


@admin.register(Vencimiento)
class VencimientoAdmin(AdminBase):
    """Sin lista propia: el menú lleva a la agenda."""

    permiso_ver = Permiso.AGENDA_VER
    campo_dependencia = "dependencia"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("agenda:agenda")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Quien llega desde la bitácora o la historia ve su página; lo ajeno responde 404 ahí."""
        if not object_id.isdecimal() or len(object_id) > 18:
            return redirect("agenda:agenda")
        return redirect("agenda:vencimiento", pk=int(object_id))
