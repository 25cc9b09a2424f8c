"""Las oraciones de la bitácora para los avisos al personal."""

from django.utils.translation import gettext_lazy as _

FRASES = {
    "avisos.correos_repetidos": _("Pidió otro intento para {cuantos} correos que no habían salido"),
}
