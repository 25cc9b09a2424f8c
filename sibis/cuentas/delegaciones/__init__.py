"""Quién ejerce una función por delegación de otra persona, y cuánto puede durar.

Una delegación es una Adscripcion con `delegada_por`: los permisos no necesitan saber de ella.
"""

from __future__ import annotations

import datetime

from django.conf import settings
from django.utils import timezone

from sibis.cuentas.models import Dependencia, Usuario
from sibis.cuentas.permisos import Permiso


def delegante(
    usuario: Usuario,
    permiso: Permiso,
    dependencia: Dependencia | int,
    fecha: datetime.date | None = None,
) -> Usuario | None:
    """Por delegación de quién ejerce ese permiso ahí; nadie, si también lo tiene por sí."""
    llave = dependencia if isinstance(dependencia, int) else dependencia.pk
    con_el = [
        a
        for a in usuario.adscripciones_vigentes(fecha)
        if a.concede(permiso) and (a.vale_en_toda_la_ciudad or a.dependencia_id == llave)
    ]
    if not con_el or any(a.delegada_por_id is None for a in con_el):
        return None
    quien: Usuario = con_el[0].delegada_por
    return quien


def dias_maximos(fecha: datetime.date | None = None) -> int:
    """Cuántos días naturales se puede delegar, con la regla que vale ese día."""
    fecha = fecha or timezone.localdate()
    return max(
        (datetime.date.fromisoformat(desde), dias)
        for desde, dias in settings.DELEGACION_MAXIMA
        if datetime.date.fromisoformat(desde) <= fecha
    )[1]
