"""Reportes: servicio de cifras, comparativos y datos abiertos. Lee todo y solo escribe sus cortes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportesConfig(AppConfig):
    name = "reportes"
    verbose_name = _("reportes y datos abiertos")
