"""Poner en el portal la versión que rige: lo usan quien publica y el reloj."""

from __future__ import annotations

from functools import partial

import structlog
from django.db import transaction
from django.utils import timezone

from programas import proyeccion
from programas.consultas import impresos
from programas.estados import EstadoRegla
from programas.materia import REGLA
from programas.models import ReglaOperacion
from sibis.documentos import servicios as documentos
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.revision.servicios import pasos

registro = structlog.get_logger(__name__)


def poner_en_vigor_las_de_hoy() -> int:
    """Las publicadas cuyo día ya llegó, aunque haya sido hace varios. Devuelve cuántas entraron.

    Cada una en su transacción: una que no puede no detiene a las demás, y se dice cuál fue.
    """
    entraron = 0
    for regla in _por_regir():
        try:
            entraron += entrar_en_vigor(regla).estado == EstadoRegla.PUBLICADO
        except ErrorDeNegocio as error:
            registro.error("no_entro_en_vigor", regla=regla.pk, causa=str(error))
    return entraron


def _por_regir() -> list[ReglaOperacion]:
    """En el orden en que debieron entrar: de dos del mismo año, al final rige la última."""
    return list(
        ReglaOperacion.objects.filter(
            estado=EstadoRegla.POR_REGIR, vigente_desde__lte=timezone.localdate()
        ).order_by("vigente_desde", "version", "pk")
    )


@transaction.atomic
def entrar_en_vigor(regla: ReglaOperacion) -> ReglaOperacion:
    """Llegó el día de una que ya se publicó: sustituye a la anterior. Repetirlo no hace nada."""
    regla = REGLA.bloquear(regla)
    if regla.estado != EstadoRegla.POR_REGIR or regla.vigente_desde > timezone.localdate():
        return regla
    sustituir_a_la_anterior(regla)
    regla = pasos.dar(REGLA, regla, "entrar-en-vigor", por=None)
    llevar_al_portal(regla)
    return regla


def sustituir_a_la_anterior(regla: ReglaOperacion) -> None:
    """La que el portal muestra de ese ejercicio, si la hay. Va dentro de una transacción."""
    anterior = (
        ReglaOperacion.objects.select_for_update(of=("self",))
        .filter(programa=regla.programa, ejercicio=regla.ejercicio)
        .filter(estado__in=[EstadoRegla.PUBLICADO, EstadoRegla.SUSPENDIDO])
        .first()
    )
    if anterior is not None:
        pasos.dar(REGLA, anterior, "sustituir", por=None)


def llevar_al_portal(regla: ReglaOperacion) -> None:
    _poner_nombre_actual(regla)
    proyeccion.proyectar(regla.programa)
    transaction.on_commit(partial(_preparar_documentos, regla.pk))


def _preparar_documentos(regla: int) -> None:
    """Quien llegue primero ya los encuentra hechos. Si la cola no está, se harán al pedirlos."""
    for clave in impresos.TODOS:
        documentos.preparar(clave, {"regla": regla})


def _poner_nombre_actual(regla: ReglaOperacion) -> None:
    """El programa se llama hoy, y lo opera quien lo opera, como en su último ejercicio publicado."""
    programa = regla.programa
    ultimo = programa.reglas.publicadas().order_by("-ejercicio").values_list("ejercicio", flat=True)
    igual = (programa.nombre, programa.dependencia_id) == (regla.nombre, regla.dependencia_id)
    if igual or ultimo[0] != regla.ejercicio:
        return
    if programa.nombre not in (regla.nombre, *programa.otros_nombres):
        programa.otros_nombres = [*programa.otros_nombres, programa.nombre]
    programa.nombre, programa.dependencia = regla.nombre, regla.dependencia
    programa.save(update_fields=["nombre", "dependencia", "otros_nombres"])
