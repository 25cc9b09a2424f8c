"""Lo que allauth pregunta al proyecto: textos, límites, cifrado y constancia de cada acceso."""

import base64
import hashlib
import time
from smtplib import SMTPException
from typing import Any

import structlog
from allauth.account import app_settings as ajustes_de_cuenta
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sibis.bitacora.registro import registrar
from sibis.cuentas.acceso import cuenta_escrita, tiene_segundo_factor

registro = structlog.get_logger(__name__)
_NO_COINCIDE = _(
    "El usuario o la contraseña no coinciden. Revísalos; después de varios intentos la cuenta se bloquea "
    "media hora."
)


class AdaptadorDeCuentas(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _NO_COINCIDE,
        "email_password_mismatch": _NO_COINCIDE,
        "too_many_login_attempts": _(
            "Hubo demasiados intentos fallidos. Espera media hora, o pide a la administración técnica "
            "que libere tu cuenta."
        ),
        "rate_limited": _(
            "Hubo demasiados intentos seguidos. Espera media hora y vuelve a probar."
        ),
        "incorrect_password": _("La contraseña no es correcta."),
        "enter_current_password": _("Escribe tu contraseña actual."),
        "incorrect_code": _(
            "El código no es correcto o ya se usó. Espera el siguiente y escríbelo."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Aquí solo se cuenta por dirección; por cuenta lo hace axes, en la base y con su aviso."""
        self._login_failed_rl_usage = ratelimit.consume(
            request, app="allauth.account", action="contrasena_fallida"
        )
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        usuario = cuenta_escrita(credentials.get("username") or credentials.get("email") or "")
        bloqueada = getattr(request, "axes_locked_out", False)
        registrar(
            "sesion.bloqueada" if bloqueada else "sesion.fallida",
            usuario,
            por=None,
            cuenta=usuario.username if usuario else "desconocida",
        )

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        registrar("sesion.iniciada", user, por=user, segundo_factor=tiene_segundo_factor(request))  # type: ignore[arg-type]

    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            registrar("sesion.cerrada", request.user, por=request.user)
        super().logout(request)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """A quien acaba de poner su contraseña no se le pide otra vez para activar su código."""
        if _acaba_de_entrar(self.request):
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Quien tiene segundo factor confirma con él: la contraseña sola no basta para cambiarlo."""
        formas = super().get_reauthentication_methods(user)
        con_codigo = [forma for forma in formas if forma["id"] == "mfa_reauthenticate"]
        return con_codigo or formas

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Un correo que no sale no tira la página: queda en el registro y la persona puede repetirlo."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as error:
            registro.error(
                "correo_no_enviado", plantilla=template_prefix, error=type(error).__name__
            )


def _acaba_de_entrar(request: HttpRequest) -> bool:
    registros = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    limite = time.time() - ajustes_de_cuenta.REAUTHENTICATION_TIMEOUT
    return bool(registros) and registros[-1]["at"] > limite


class AdaptadorDeSegundoFactor(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AdaptadorDeCuentas.error_messages["incorrect_code"],
    }

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return user.get_username()

    def encrypt(self, text: str) -> str:
        """Los secretos no se guardan en claro: quien lea la base no puede generar códigos."""
        return _cifrador().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cifrador().decrypt(encrypted_text.encode()).decode()


def _cifrador() -> MultiFernet:
    """Cifra con la clave secreta de hoy y todavía lee con las anteriores."""
    secretos = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_llave(secreto)) for secreto in secretos])


def _llave(secreto: str) -> bytes:
    return base64.urlsafe_b64encode(
        hashlib.sha256(f"sibis.segundo_factor|{secreto}".encode()).digest()
    )
