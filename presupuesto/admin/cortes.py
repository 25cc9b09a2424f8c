"""Los cortes cargados: se miran, con sus sumas de control; entran solo por la orden."""

from __future__ import annotations

from decimal import Decimal

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from presupuesto.models import CorteDeEgresos
from sibis.cuentas.permisos import Permiso
from sibis.panel.bases import AdminBase


def _pesos(importe: Decimal | None) -> str:
    return "—" if importe is None else f"${importe:,.2f}"


@admin.register(CorteDeEgresos)
class CorteAdmin(AdminBase):
    permiso_ver = Permiso.PRESUPUESTO_VER
    explicacion = _(
        "Cada archivo de egresos que se cargó, con sus sumas. Se cargan con la orden "
        "importar_egresos; aquí se comprueba que estén completos."
    )
    list_display = (
        "ejercicio",
        "momento",
        "disposicion",
        "estado",
        "filas",
        "aprobado",
        "ejercido",
        "cargado_en",
    )
    list_filter = ("estado", "ejercicio", "momento", "disposicion")
    ordering = ("-ejercicio", "-cargado_en")
    show_facets = admin.ShowFacets.ALWAYS
    al_empezar = _("Quien opera el sistema carga los archivos con la orden importar_egresos.")

    @admin.display(description=_("aprobado"), ordering="total_aprobado")
    def aprobado(self, corte: CorteDeEgresos) -> str:
        return _pesos(corte.total_aprobado)

    @admin.display(description=_("ejercido"), ordering="total_ejercido")
    def ejercido(self, corte: CorteDeEgresos) -> str:
        return _pesos(corte.total_ejercido)

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False
