"""El motor con que se revisa cualquier asunto: remisiones, observaciones, cotejo y dictamen."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RevisionConfig(AppConfig):
    name = "sibis.revision"
    label = "revision"
    verbose_name = _("revisión")
