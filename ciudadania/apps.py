"""Ciudadanía: lo que una persona pide y sigue. Empieza por los avisos sin cuenta."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CiudadaniaConfig(AppConfig):
    name = "ciudadania"
    verbose_name = _("atención a la ciudadanía")
