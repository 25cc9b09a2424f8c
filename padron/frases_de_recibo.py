"""Las oraciones de la bitácora para los recibos de padrón."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FRASES: dict[str, Promise] = {
    "recibo.emitido": _("Al confirmarse la carga se emitió el recibo {folio}"),
    "recibo.firmado": _("El recibo {folio} quedó firmado y guardado"),
}
