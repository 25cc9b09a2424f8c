"""Las oraciones de la bitácora para lo de esta aplicación."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FRASES: dict[str, Promise] = {
    "dia_inhabil.agregado": _("{por} agregó el día inhábil {dia}: {nombre_del_dia}"),
    "dia_inhabil.corregido": _("{por} corrigió el día inhábil {dia}: {nombre_del_dia}"),
    "veda.declarada": _("{por} registró la veda «{veda}», del {desde} al {hasta}"),
    "veda.corregida": _("{por} corrigió la veda «{veda}», del {desde} al {hasta}"),
}
