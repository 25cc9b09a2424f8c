"""Qué se debe, quién y para cuándo: obligaciones, vencimientos, prórrogas y recordatorios."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgendaConfig(AppConfig):
    name = "sibis.agenda"
    label = "agenda"
    verbose_name = _("agenda")
