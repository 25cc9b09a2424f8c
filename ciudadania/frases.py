"""Las oraciones de la bitácora para los avisos. Nunca dicen de quién."""

from django.utils.translation import gettext_lazy as _

FRASES = {
    "avisos.confirmada": _("Una persona confirmó que quiere recibir avisos"),
    "avisos.baja": _("Una persona dejó de recibir avisos y se borró su dirección"),
}
