"""Cómo es el padrón de cada programa, y qué columnas lleva cada año."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from padron.models import ColumnaDePadron, DisposicionDePadron
from sibis.cuentas.permisos import Permiso
from sibis.panel.bases import AdminBase, AdminDeCatalogo


@admin.register(DisposicionDePadron)
class DisposicionAdmin(AdminBase):
    """La escribe quien escribe la regla: es parte de cómo opera el programa."""

    permiso_ver = Permiso.REGLA_VER
    permiso_cambiar = Permiso.REGLA_CAPTURAR
    campo_dependencia = "programa__dependencia"
    explicacion = _(
        "Lo que la regla no dice con un campo: si el padrón admite que entre una parte, a qué fecha se "
        "mide la edad, a quién admite y cada cuánto se entrega."
    )
    al_empezar = _(
        "Sin ella valen los valores de omisión: admite parcial y se entrega una vez al año."
    )
    list_display = ("programa", "ejercicio", "admite_parcial", "fecha_de_la_edad", "periodicidad")
    list_filter = ("ejercicio", "admite_parcial", "periodicidad")
    list_select_related = ("programa__dependencia",)
    autocomplete_fields = ("programa",)
    search_fields = ("programa__nombre",)
    search_help_text = _("Nombre del programa.")


@admin.register(ColumnaDePadron)
class ColumnaAdmin(AdminDeCatalogo):
    explicacion = _(
        "Las columnas del formato de padrón y desde cuándo se piden. Una obligatoria detiene el archivo "
        "que no la trae; las demás solo se recomiendan."
    )
    list_display = (
        "nombre",
        "identificador",
        "obligatoria",
        "norma",
        "vigente_desde",
        "vigente_hasta",
    )
    list_filter = ("obligatoria",)
    search_fields = ("nombre", "identificador")
    search_help_text = _("Título o identificador.")
