from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BitacoraConfig(AppConfig):
    name = "sibis.bitacora"
    label = "bitacora"
    verbose_name = _("bitácora")
