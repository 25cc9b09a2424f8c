"""Los días que cuentan y los que no: inhábiles, y vedas en que no se difunde."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CalendarioConfig(AppConfig):
    name = "sibis.calendario"
    label = "calendario"
    verbose_name = _("calendario de días")
