"""Avisos al personal: una bandeja en el panel y un correo. Ninguno se pierde, ninguno se repite."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AvisosConfig(AppConfig):
    name = "sibis.avisos"
    label = "avisos"
    verbose_name = _("avisos al personal")
