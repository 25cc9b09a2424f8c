"""Emitir un dictamen: el renglón queda con el paso; su PDF firmado lo hace el trabajador."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.utils import timezone

from sibis.cuentas.models import Dependencia, Usuario
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.revision import tasks
from sibis.revision.materias import Materia
from sibis.revision.models import Dictamen, Paso


def emitir(materia: Materia, asunto: Any, *, paso: Paso, sentido: str, por: Usuario) -> Dictamen:
    """El dictamen sobre la última remisión, con folio corrido del órgano en el año."""
    if paso.remision is None or paso.organo is None:
        raise ErrorDeNegocio("No hay una versión remitida sobre la cual dictaminar.")
    dictamen = Dictamen.objects.create(
        expediente=asunto.expediente,
        remision=paso.remision,
        folio=_siguiente_folio(paso.organo),
        sentido=sentido,
        consideraciones=paso.motivo,
        organo=paso.organo,
        emitido_en=paso.dado_en,
        emitido_por=por,
    )
    tasks.hacer_dictamen.delay_on_commit(dictamen.pk)
    return dictamen


def _siguiente_folio(organo: Dependencia) -> str:
    """«EVALUA/2026/0007». El candado hace que dos emitidos a la vez no tomen el mismo."""
    anio = timezone.localdate().year
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), %s)", ["dictamen", organo.pk])
    inicio = f"{organo.clave}/{anio}/"
    ultimo = (
        Dictamen.objects.filter(folio__startswith=inicio)
        .order_by("-folio")
        .values_list("folio", flat=True)
        .first()
    )
    numero = int(ultimo.rpartition("/")[2]) + 1 if ultimo else 1
    return f"{inicio}{numero:04d}"
