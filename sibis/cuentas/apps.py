from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CuentasConfig(AppConfig):
    name = "sibis.cuentas"
    label = "cuentas"
    verbose_name = _("cuentas y dependencias")

    def ready(self) -> None:
        import_module("sibis.cuentas.avisos")  # conecta los avisos de allauth
