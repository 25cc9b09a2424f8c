"""Archivos guardados por su huella: se escriben una vez, nadie los nombra por su ruta."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArchivosConfig(AppConfig):
    name = "sibis.archivos"
    label = "archivos"
    verbose_name = _("archivos")
