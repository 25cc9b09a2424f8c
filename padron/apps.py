"""Padrón único: cargas, registros, personas y entregas. Su primera pieza llega con la etapa tres."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PadronConfig(AppConfig):
    name = "padron"
    verbose_name = _("padrón único")
