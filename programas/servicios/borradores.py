"""Lo que una persona lleva escrito y no ha guardado: se conserva, se ofrece y se descarta."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from programas.models import BorradorDeSeccion, ReglaOperacion
from programas.servicios.captura import exigir_captura
from sibis.cuentas.models import Usuario
from sibis.nucleo.errores import EdicionConcurrente, ErrorDeNegocio

LARGO = 400_000


class OtraPestana(EdicionConcurrente):
    """El borrador guardado es de otra pestaña de la misma persona."""


@transaction.atomic
def conservar(
    regla: ReglaOperacion,
    seccion: str,
    *,
    por: Usuario,
    contenido: dict[str, Any],
    base_edicion: int,
    visto: str | None = None,
) -> BorradorDeSeccion:
    """Guarda lo tecleado, sin revisarlo. Vale aunque la regla ya no se edite: lo escrito no se pierde.

    `visto` es la hora del borrador que esa página conoce («» si ninguno); con otro guardado después
    levanta OtraPestana y no lo encima. Sin `visto`, se guarda sin preguntar.
    """
    exigir_captura(regla.dependencia_id, por=por)
    if sum(len(v) for valores in contenido.values() for v in valores) > LARGO:
        raise ErrorDeNegocio(_("Es demasiado texto para una sección. No se guardó el borrador."))
    borrador = (
        BorradorDeSeccion.objects.select_for_update()
        .filter(regla=regla, seccion=seccion, usuario=por)
        .first()
    )
    if visto is not None and borrador is not None and borrador.contenido != contenido:
        _exigir_que_lo_conozca(borrador, visto)
    datos = {"contenido": contenido, "base_edicion": base_edicion, "guardado_en": timezone.now()}
    guardado, _nuevo = BorradorDeSeccion.objects.update_or_create(
        regla=regla, seccion=seccion, usuario=por, defaults=datos
    )
    return guardado


def _exigir_que_lo_conozca(borrador: BorradorDeSeccion, visto: str) -> None:
    if sello(borrador) != visto:
        raise OtraPestana(
            _(
                "Tienes esta sección abierta en otra pestaña, con otro texto sin guardar. Lo de esta "
                "pestaña se queda en este equipo: guarda una de las dos."
            )
        )


def sello(borrador: BorradorDeSeccion | None) -> str:
    """Lo que distingue a un borrador del que se guardó antes o después."""
    return borrador.guardado_en.astimezone(datetime.UTC).isoformat() if borrador else ""


def descartar(regla: ReglaOperacion, seccion: str, *, por: Usuario) -> None:
    """Tira lo tecleado; la regla se queda como estaba."""
    exigir_captura(regla.dependencia_id, por=por)
    BorradorDeSeccion.objects.filter(regla=regla, seccion=seccion, usuario=por).delete()
