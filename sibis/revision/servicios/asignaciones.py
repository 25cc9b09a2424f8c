"""Pasar un asunto a otra persona de la misma instancia."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from sibis.revision.materias import Materia
from sibis.revision.models import Asignacion
from sibis.revision.servicios.pasos import exigir_otra_instancia


@transaction.atomic
def reasignar(materia: Materia, asunto: Any, *, a: Usuario, por: Usuario) -> Asignacion:
    """Lo pasa a otra persona que también pueda decidirlo. Levanta SinPermiso o ErrorDeNegocio."""
    asunto = materia.bloquear(asunto)
    viva = (
        Asignacion.objects.select_for_update()
        .filter(expediente=asunto.expediente_id, hasta__isnull=True)
        .filter(instancia=materia.esta_en(asunto.estado))
        .first()
    )
    if viva is None:
        raise ErrorDeNegocio(_("Nadie lo ha tomado todavía: basta con tomarlo."))
    permiso = permiso_de_la_instancia(materia, asunto)
    for persona, que in (
        (por, _("Tu función no reasigna este asunto.")),
        (a, _("Esa persona no puede decidir este asunto.")),
    ):
        if not puede(persona, permiso, en=asunto.dependencia_id):
            raise SinPermiso(que)
    exigir_otra_instancia(materia, asunto, permiso, por=a)
    viva.hasta = timezone.now()
    viva.save(update_fields=["hasta"])
    nueva = Asignacion.objects.create(
        expediente=asunto.expediente, instancia=viva.instancia, revisor=a
    )
    registrar(
        f"{materia.clase}.reasignada",
        asunto,
        por=por,
        dependencia=asunto.dependencia.clave,
        cuenta=a.get_username(),
    )
    return nueva


def permiso_de_la_instancia(materia: Materia, asunto: Any) -> Permiso:
    """Con el que se decide en el estado en que está."""
    for transicion in materia.flujo.desde(asunto.estado):
        if transicion.exige_otra_persona:
            return Permiso(transicion.permiso)
    raise ErrorDeNegocio(_("En este estado el asunto no está en revisión."))
