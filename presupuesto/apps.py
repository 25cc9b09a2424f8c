"""Presupuesto: claves, momentos, CLC y avance. Su primera pieza llega con el avance presupuestal."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PresupuestoConfig(AppConfig):
    name = "presupuesto"
    verbose_name = _("presupuesto y resultados")
