"""Cambiar una obligación: vale desde la siguiente puesta al día, para lo que aún no vence."""

from __future__ import annotations

from django.db import transaction

from sibis.agenda import tasks
from sibis.agenda.models import Obligacion
from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.errores import SinPermiso
from sibis.vigencia.restricciones import con_mensajes, validar


@transaction.atomic
def guardar(obligacion: Obligacion, *, por: Usuario) -> Obligacion:
    if not puede(por, Permiso.AGENDA_EDITAR):
        raise SinPermiso("Tu función no permite cambiar las obligaciones.")
    nueva = obligacion.pk is None
    validar(obligacion)
    with con_mensajes(), transaction.atomic():
        obligacion.save()
    registrar(
        "obligacion.agregada" if nueva else "obligacion.corregida",
        obligacion,
        por=por,
        obligacion=obligacion.nombre,
    )
    # Sin Redis no falla lo guardado: el reloj vuelve a tocar en unos minutos.
    transaction.on_commit(tasks.poner_al_dia.delay, robust=True)
    return obligacion
