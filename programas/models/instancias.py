"""Quién no puede decidir sobre una regla: en un solo lugar, para el servicio y para las colas."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso

# EVALÚA observa cualquier regla, pero solo decide sobre las de la dependencia rectora.
DECIDE_LA_RECTORA = frozenset({Permiso.REGLA_VALIDAR, Permiso.REGLA_PUBLICAR})


def impedimentos(permiso: Permiso, *, por: Usuario) -> list[tuple[Q, Promise]]:
    """Qué reglas no puede decidir esa persona, y por qué: (condición sobre ReglaOperacion, motivo).

    Quien decide no capturó ni envió, y pertenece a otro órgano que el que presenta. Decide la
    dependencia rectora; sobre lo suyo, EVALÚA (settings.DEPENDENCIA_RECTORA).
    """
    desde = [a for a in por.adscripciones_vigentes() if a.concede(permiso)]
    casos: list[tuple[Q, Promise]] = [
        (
            Q(capturado_por=por.pk) | Q(enviado_por=por.pk),
            _("Capturaste o enviaste esta regla: la debe decidir otra persona."),
        )
    ]
    if permiso == Permiso.REGLA_DICTAMINAR:
        casos.append(
            (Q(validado_por=por.pk), _("Validaste esta regla: la debe dictaminar otra persona."))
        )
    suyas = {a.dependencia_id for a in desde}
    if len(suyas) == 1:
        casos.append(
            (
                Q(dependencia__in=suyas),
                _(
                    "Esta regla es de tu propia dependencia: la debe decidir una instancia distinta."
                ),
            )
        )
    rectora = settings.DEPENDENCIA_RECTORA
    if permiso in DECIDE_LA_RECTORA and all(a.dependencia.clave != rectora for a in desde):
        casos.append(
            (
                ~Q(dependencia__clave=rectora),
                _("Sobre esta regla decide la dependencia que coordina la política social."),
            )
        )
    return casos
