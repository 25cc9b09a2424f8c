"""Quién puede confirmar una carga, y por qué no quien la hizo."""

from __future__ import annotations

from django.utils.translation import gettext as _

from padron.models import Carga, Correccion
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede


def por_que_no_confirma(carga: Carga, *, quien: Usuario) -> str:
    """Vacío si puede; si no, la oración que lo explica."""
    if quien.pk == carga.cargada_por_id:
        return _("Tú entregaste esta carga: la confirma otra persona.")
    if carga.presentada_por_id is not None and quien.pk == carga.presentada_por_id:
        return _("Tú la presentaste: la confirma otra persona.")
    if not puede(quien, Permiso.PADRON_CONFIRMAR, en=carga.dependencia_id):
        return _("Confirma quien firma por la dependencia; tu función no lo incluye.")
    if Correccion.objects.filter(carga=carga, por=quien).exists():
        return _("Tú corregiste renglones de esta carga: la confirma otra persona.")
    return ""
