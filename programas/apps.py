from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgramasConfig(AppConfig):
    name = "programas"
    verbose_name = _("programas y reglas de operación")
