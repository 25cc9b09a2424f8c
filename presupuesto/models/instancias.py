"""Quién no puede decidir sobre un informe: en un solo lugar, para el servicio y para las colas."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso

DECIDE_LA_RECTORA = frozenset({Permiso.AVANCE_REVISAR})


def impedimentos(permiso: Permiso, *, por: Usuario) -> list[tuple[Q, Promise]]:
    """Qué informes no puede decidir esa persona, y por qué: (condición, motivo).

    Decide otra persona, de otro órgano: la dependencia rectora; sobre lo de ella, EVALÚA.
    """
    desde = [a for a in por.adscripciones_vigentes() if a.concede(permiso)]
    casos: list[tuple[Q, Promise]] = [
        (
            Q(capturado_por=por.pk) | Q(enviado_por=por.pk),
            _("Capturaste o enviaste este informe: lo debe decidir otra persona."),
        )
    ]
    suyas = {a.dependencia_id for a in desde}
    if len(suyas) == 1:
        casos.append(
            (
                Q(dependencia__in=suyas),
                _("Este informe es de tu propia dependencia: lo decide una instancia distinta."),
            )
        )
    rectora = settings.DEPENDENCIA_RECTORA
    if permiso in DECIDE_LA_RECTORA and all(a.dependencia.clave != rectora for a in desde):
        casos.append(
            (
                ~Q(dependencia__clave=rectora),
                _("Sobre este informe decide la dependencia que coordina la política social."),
            )
        )
    return casos
