"""Los formularios de acceso, en palabras nuestras y con el teclado que conviene."""

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.codigos import gastar

_CODIGO = _("Código de seis dígitos")


def _rotular(form: forms.BaseForm, textos: dict[str, tuple[Any, Any]]) -> None:
    """Etiqueta y ayuda a la vista; los textos dentro de la caja desaparecen al escribir."""
    for nombre, (etiqueta, ayuda) in textos.items():
        campo = form.fields[nombre]
        campo.label, campo.help_text = etiqueta, ayuda
        campo.widget.attrs.pop("placeholder", None)


def _teclado_de_numeros(campo: forms.Field) -> None:
    campo.widget.attrs |= {
        "inputmode": "numeric",
        "autocomplete": "one-time-code",
        "maxlength": "12",
    }


class EntrarForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _rotular(self, {"login": (_("Usuario o correo"), ""), "password": (_("Contraseña"), "")})


class ConfirmarContrasenaForm(ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _rotular(self, {"password": (_("Tu contraseña"), "")})


_CONTRASENA_NUEVA = {
    "password1": (
        _("Contraseña nueva"),
        # Dice en una oración lo que exige AUTH_PASSWORD_VALIDATORS.
        _(
            "Doce caracteres o más; que no sea común, ni solo números, ni se parezca a tu usuario "
            "o tu correo. Tres o cuatro palabras sueltas funcionan bien."
        ),
    ),
    "password2": (_("Repite la contraseña nueva"), ""),
}


class CambiarContrasenaForm(ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _rotular(self, {"oldpassword": (_("Contraseña actual"), "")} | _CONTRASENA_NUEVA)


class NuevaContrasenaForm(ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _rotular(self, _CONTRASENA_NUEVA)


class OlvidoForm(ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _rotular(self, {"email": (_("Correo institucional"), _("El que tiene tu cuenta."))})


class _CodigoDeUnSoloUso:
    def clean_code(self) -> str:
        codigo: str = super().clean_code()  # type: ignore[misc]
        if not gastar(self.authenticator, codigo):  # type: ignore[attr-defined]
            raise get_adapter().validation_error("incorrect_code")
        return codigo


class CodigoForm(_CodigoDeUnSoloUso, AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ayuda = _("Lo muestra la aplicación de tu teléfono. También sirve un código de respaldo.")
        _rotular(self, {"code": (_CODIGO, ayuda)})
        _teclado_de_numeros(self.fields["code"])


class ConfirmarCodigoForm(_CodigoDeUnSoloUso, ReauthenticateCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ayuda = _("Uno que no hayas usado; cambia cada 30 segundos. También sirve uno de respaldo.")
        _rotular(self, {"code": (_CODIGO, ayuda)})
        _teclado_de_numeros(self.fields["code"])


class ActivarForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _rotular(
            self, {"code": (_CODIGO, _("El que muestra la aplicación después de leer el cuadro."))}
        )
        _teclado_de_numeros(self.fields["code"])
