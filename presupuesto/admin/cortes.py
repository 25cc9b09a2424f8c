"""Los cortes cargados: se miran, con sus sumas de control; entran solo por la orden."""

from __future__ import annotations

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from presupuesto.models import CorteDeEgresos
from sibis.cuentas.permisos import Permiso
from sibis.panel.bases import AdminBase


@admin.register(CorteDeEgresos)
class CorteAdmin(AdminBase):
    permiso_ver = Permiso.PRESUPUESTO_VER
    list_display = (
        "ejercicio",
        "momento",
        "disposicion",
        "estado",
        "filas",
        "total_aprobado",
        "total_ejercido",
        "cargado_en",
    )
    list_filter = ("estado", "ejercicio", "momento", "disposicion")

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False
