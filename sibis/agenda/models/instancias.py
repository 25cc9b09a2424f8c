"""Quién no puede decidir sobre un plazo: en un solo lugar, para el servicio y para las colas."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso


def impedimentos(*, por: Usuario) -> list[tuple[Q, Promise]]:
    """(condición sobre Vencimiento, motivo). Decide la rectora; sobre lo suyo, EVALÚA.

    Basta ejercer la función desde otro órgano que el que debe.
    """
    desde = [a for a in por.adscripciones_vigentes() if a.concede(Permiso.PRORROGA_DECIDIR)]
    suyas = {a.dependencia_id for a in desde}
    casos: list[tuple[Q, Promise]] = []
    if len(suyas) == 1:
        casos.append(
            (
                Q(dependencia__in=suyas),
                _(
                    "Este plazo es de tu propia dependencia: lo debe decidir una instancia distinta."
                ),
            )
        )
    rectora = settings.DEPENDENCIA_RECTORA
    if all(a.dependencia.clave != rectora for a in desde):
        casos.append(
            (
                ~Q(dependencia__clave=rectora),
                _("Sobre este plazo decide la dependencia que coordina la política social."),
            )
        )
    return casos
