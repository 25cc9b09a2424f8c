"""Las obligaciones en el panel. Los plazos se miran en la agenda, que es de quien entra."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sibis.agenda.forms import ObligacionForm
from sibis.agenda.models import Obligacion
from sibis.agenda.servicios import obligaciones
from sibis.cuentas.permisos import Permiso
from sibis.panel.bases import AdminDeCatalogo


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
