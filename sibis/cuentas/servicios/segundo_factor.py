"""El segundo factor, cuando no lo activa su titular desde su sesión."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction
from django.utils.translation import gettext as _

from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso


def activar_con_secreto(cuenta: Usuario, *, secreto: str = "") -> str:
    """Activa TOTP con un secreto conocido y lo devuelve. Solo para cuentas de demostración y pruebas."""
    secreto = secreto or generate_totp_secret()
    Authenticator.objects.filter(user=cuenta).delete()
    TOTP.activate(cuenta, secreto)
    return secreto


@transaction.atomic
def restablecer(cuenta: Usuario, *, por: Usuario, motivo: str) -> None:
    """Perdió el teléfono y sus códigos: al volver a entrar activará otro."""
    if not puede(por, Permiso.USUARIOS_ADMINISTRAR):
        raise SinPermiso(_("Solo la administración técnica restablece el segundo factor."))
    if cuenta == por:
        raise SinPermiso(_("El tuyo lo restablece otra persona de la administración técnica."))
    if not motivo.strip():
        raise ErrorDeNegocio(_("Escribe cómo comprobaste que es su titular: queda en la bitácora."))
    Authenticator.objects.filter(user=cuenta).delete()
    cuenta.cerrar_sesiones()
    registrar(
        "segundo_factor.restablecido",
        cuenta,
        por=por,
        cuenta=cuenta.username,
        motivo=motivo.strip()[:300],
    )
