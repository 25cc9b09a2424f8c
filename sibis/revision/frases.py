"""Las oraciones de la bitácora para lo que pasa en una revisión."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FRASES: dict[str, Promise] = {
    "observacion.observada": _("{por} escribió una observación en «{campo}»"),
    "observacion.contestada": _("{por} contestó la observación de «{campo}»"),
    "observacion.resolver": _("{por} dio por resuelta la observación de «{campo}»"),
    "observacion.reabrir": _("{por} reabrió la observación de «{campo}»"),
    "observacion.descartar": _("{por} descartó la observación de «{campo}»"),
    "dictamen.firmado": _("El dictamen {folio} quedó firmado y guardado"),
    "veda.excepcion_pedida": _(
        "{por} puso la primera firma a una excepción a la veda: {fundamento}"
    ),
    "veda.excepcion_firmada": _(
        "{por} puso la segunda firma a la excepción a la veda: {fundamento}"
    ),
}
