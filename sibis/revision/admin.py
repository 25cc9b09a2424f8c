"""Catálogos de la revisión en el panel: lo que se coteja y cuánto puede tardar. Lo demás es su página."""

from __future__ import annotations

from django.contrib import admin

from sibis.panel.bases import AdminDeCatalogo
from sibis.revision.models import PlazoDeRevision, PuntoDeCotejo


@admin.register(PuntoDeCotejo)
class PuntoDeCotejoAdmin(AdminDeCatalogo):
    list_display = ("nombre", "materia", "instancia", "variante", "orden", "vigente_hasta")
    list_filter = ("materia", "instancia", "variante")


@admin.register(PlazoDeRevision)
class PlazoDeRevisionAdmin(AdminDeCatalogo):
    list_display = ("nombre", "materia", "estado", "dias_habiles", "norma", "vigente_hasta")
    list_filter = ("materia",)
