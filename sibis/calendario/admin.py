"""El calendario de días en el panel."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sibis.calendario import servicios
from sibis.calendario.models import DiaInhabil, PeriodoDeVeda
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso
from sibis.panel.bases import AdminBase, AdminDeCatalogo


@admin.register(DiaInhabil)
class DiaInhabilAdmin(AdminBase):
    permiso_ver = Permiso.AGENDA_VER
    permiso_cambiar = Permiso.AGENDA_EDITAR
    explicacion = _(
        "Los días entre semana que no cuentan en un plazo; sábados y domingos nunca cuentan. Uno sin "
        "confirmar no mueve nada: cotéjalo con su Gaceta y márcalo."
    )
    list_display = ("fecha", "nombre", "ambito", "confirmado", "norma")
    list_filter = ("confirmado", "ambito")
    search_fields = ("nombre", "norma")
    search_help_text = _("Nombre del día o su norma.")
    date_hierarchy = "fecha"

    def save_model(self, request: HttpRequest, obj: DiaInhabil, form: Any, change: bool) -> None:
        servicios.guardar_dia(obj, por=request.user)  # type: ignore[arg-type]


@admin.register(PeriodoDeVeda)
class PeriodoDeVedaAdmin(AdminDeCatalogo):
    permiso_ver = Permiso.AGENDA_VER
    permiso_cambiar = Permiso.AGENDA_EDITAR
    explicacion = _(
        "Del inicio de las campañas al fin de la jornada electoral. Mientras rige una, el sistema pide "
        "una excepción firmada por dos personas para lo que la norma suspende."
    )
    list_display = ("nombre", "vigente_desde", "vigente_hasta", "norma")
    fields = (
        "clave",
        "nombre",
        "vigente_desde",
        "vigente_hasta",
        "norma",
        "descripcion",
        "que_permite",
    )

    def save_model(self, request: HttpRequest, obj: PeriodoDeVeda, form: Any, change: bool) -> None:
        servicios.guardar_veda(obj, por=request.user)  # type: ignore[arg-type]

    def guardar_de_intercambio(self, objeto: Any, *, por: Usuario) -> None:
        servicios.guardar_veda(objeto, por=por)
