"""Las oraciones de la bitácora para lo de esta aplicación."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FRASES: dict[str, Promise] = {
    "obligacion.agregada": _("{por} agregó la obligación «{obligacion}»"),
    "obligacion.corregida": _("{por} cambió la obligación «{obligacion}»"),
    "prorroga.pedir": _("{por} pidió prórroga al {hasta} de «{plazo}»: {motivo}"),
    "prorroga.conceder": _("{por} concedió la prórroga al {hasta} de «{plazo}»"),
    "prorroga.negar": _("{por} negó la prórroga al {hasta} de «{plazo}»: {razon}"),
    "prorroga.retirar": _("{por} retiró la prórroga que pedía para «{plazo}»"),
    "vencimiento.anotar": _("{por} anotó que «{plazo}» se cumplió el {dia}: {que}"),
    "vencimiento.desanotar": _(
        "{por} quitó lo que se había anotado de «{plazo}» ({que}): {motivo}"
    ),
    "agenda.direccion_creada": _("{por} abrió la dirección de su agenda para su calendario"),
    "agenda.direccion_cerrada": _("{por} cerró la dirección de su agenda"),
}
