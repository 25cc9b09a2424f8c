"""Alta, suspensión y rescate de cuentas."""

from __future__ import annotations

from allauth.core import ratelimit
from axes.utils import reset as olvidar_intentos
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from sibis.vigencia.carga import en_palabras


@transaction.atomic
def crear(cuenta: Usuario, *, por: Usuario | None) -> Usuario:
    """Da de alta sin contraseña: la pone su titular desde el enlace que recibe por correo."""
    _exigir_administracion(por)
    cuenta.username = cuenta.username.strip().lower()
    cuenta.email = cuenta.email.strip().lower()
    cuenta.set_unusable_password()
    _exigir_valida(cuenta)
    cuenta.save()
    registrar("cuenta.creada", cuenta, por=por, cuenta=cuenta.username)
    return cuenta


@transaction.atomic
def corregir(cuenta: Usuario, *, campos: list[str], por: Usuario) -> Usuario:
    """Guarda el correo o los nombres ya cambiados en `cuenta`. La bitácora dice cuáles, no sus valores."""
    _exigir_administracion(por)
    cuenta.email = cuenta.email.strip().lower()
    _exigir_valida(cuenta)
    cuenta.save(update_fields=["email", "first_name", "last_name"])
    registrar("cuenta.corregida", cuenta, por=por, cuenta=cuenta.username, campos=", ".join(campos))
    return cuenta


@transaction.atomic
def suspender(cuenta: Usuario, *, por: Usuario | None) -> Usuario:
    """Nadie se borra: la cuenta deja de entrar y sus sesiones terminan."""
    _exigir_administracion(por)
    if cuenta == por:
        raise ErrorDeNegocio(_("No puedes suspender tu propia cuenta: pídelo a otra persona."))
    cuenta.is_active = False
    cuenta.save(update_fields=["is_active"])
    cuenta.cerrar_sesiones()
    registrar("cuenta.suspendida", cuenta, por=por, cuenta=cuenta.username)
    return cuenta


@transaction.atomic
def reactivar(cuenta: Usuario, *, por: Usuario | None) -> Usuario:
    _exigir_administracion(por)
    cuenta.is_active = True
    cuenta.save(update_fields=["is_active"])
    registrar("cuenta.reactivada", cuenta, por=por, cuenta=cuenta.username)
    return cuenta


def desbloquear(cuenta: Usuario, *, por: Usuario) -> None:
    """Olvida los intentos fallidos: de contraseña (en la base) y de código (en la caché)."""
    _exigir_administracion(por)
    olvidar_intentos(username=cuenta.username)
    ratelimit.clear(None, action="login_failed", key=f"mfa-auth-user-{cuenta.pk}")
    registrar("cuenta.desbloqueada", cuenta, por=por, cuenta=cuenta.username)


def _exigir_valida(cuenta: Usuario) -> None:
    try:
        cuenta.full_clean()
    except ValidationError as error:
        raise ErrorDeNegocio(en_palabras(error)) from error


def _exigir_administracion(por: Usuario | None) -> None:
    if por is not None and not puede(por, Permiso.USUARIOS_ADMINISTRAR):
        raise SinPermiso(_("Solo la administración técnica da de alta, suspende o libera cuentas."))
