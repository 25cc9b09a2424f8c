"""El armazón público: portada, páginas de servicio, errores y componentes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "sibis.portal"
    label = "portal"
    verbose_name = _("portal público")
