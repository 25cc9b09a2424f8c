"""Avisos de allauth que no tienen otro gancho: solo dejan constancia, no deciden nada."""

from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from axes.utils import reset as olvidar_intentos
from django.dispatch import receiver

from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario


@receiver(authenticator_added)
def _activado(user: Usuario, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        registrar("segundo_factor.activado", user, por=user)


@receiver(authenticator_removed)
def _retirado(user: Usuario, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        registrar("segundo_factor.retirado", user, por=user)


@receiver(authentication_failed)
def _codigo_rechazado(user: Usuario, **_: Any) -> None:
    registrar("sesion.codigo_rechazado", user, por=None, cuenta=user.username)


@receiver(password_changed)
def _contrasena_cambiada(user: Usuario, **_: Any) -> None:
    registrar("cuenta.contrasena_cambiada", user, por=user)


@receiver(password_reset)
def _contrasena_repuesta(user: Usuario, **_: Any) -> None:
    """Quien abrió el enlace de su correo demostró que la cuenta es suya: se le quita el bloqueo."""
    olvidar_intentos(username=user.username)
    registrar("cuenta.contrasena_repuesta", user, por=user)
