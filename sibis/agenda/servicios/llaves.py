"""La dirección secreta del calendario de cada quien: hacerla, cambiarla y cerrarla."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone

from sibis.agenda.consultas.llaves import huella
from sibis.agenda.models import LlaveDeAgenda
from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso

BYTES = 32  # 256 bits al azar


@transaction.atomic
def renovar(*, por: Usuario) -> str:
    """Una llave nueva; la anterior deja de abrir. Se dice aquí y nunca más: solo queda su huella."""
    usuario = Usuario.objects.select_for_update(of=("self",)).get(pk=por.pk)
    if not puede(usuario, Permiso.AGENDA_VER):
        raise SinPermiso("Tu función no permite ver la agenda.")
    usuario.llaves_de_agenda.vivas().update(revocada_en=timezone.now())
    llave = secrets.token_urlsafe(BYTES)
    nueva = LlaveDeAgenda.objects.create(usuario=usuario, huella=huella(llave))
    registrar("agenda.direccion_creada", nueva, por=por)
    return llave


@transaction.atomic
def revocar(*, por: Usuario) -> LlaveDeAgenda:
    viva = por.llaves_de_agenda.vivas().select_for_update(of=("self",)).first()
    if viva is None:
        raise ErrorDeNegocio("No tienes una dirección abierta.")
    viva.revocada_en = timezone.now()
    viva.save(update_fields=["revocada_en"])
    registrar("agenda.direccion_cerrada", viva, por=por)
    return viva
