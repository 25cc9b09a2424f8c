"""El expediente: la carpeta de un asunto, de la que cuelgan su revisión, sus plazos y sus mensajes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExpedientesConfig(AppConfig):
    name = "sibis.expedientes"
    label = "expedientes"
    verbose_name = _("expedientes")
