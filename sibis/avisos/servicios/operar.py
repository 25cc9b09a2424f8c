"""Lo que hace quien opera el sistema con los correos de los avisos."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sibis.avisos import tasks
from sibis.avisos.reparto import entrega
from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.errores import SinPermiso


@transaction.atomic
def repetir_agotados(*, por: Usuario) -> int:
    """Los que se dieron por perdidos vuelven a la fila, con sus intentos en cero."""
    if not puede(por, Permiso.SISTEMA_OPERAR):
        raise SinPermiso(_("Solo quien opera el sistema puede pedir otro intento."))
    cuantos = entrega.repetir_agotados()
    if cuantos:
        registrar("avisos.correos_repetidos", None, por=por, cuantos=cuantos)
        transaction.on_commit(tasks.repartir.delay, robust=True)
    return cuantos
