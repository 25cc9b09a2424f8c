"""Las vistas de acceso que difieren de las de allauth."""

from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from axes.helpers import get_cool_off
from django.contrib.auth import update_session_auth_hash
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sibis.cuentas.codigos import gastar


class ActivarView(ActivateTOTPView):
    """Al activar queda probado que el teléfono es suyo: la sesión ya cuenta con segundo factor."""

    def form_valid(self, form: Form) -> HttpResponse:
        respuesta = super().form_valid(form)
        autenticador = Authenticator.objects.get(
            user=self.request.user, type=Authenticator.Type.TOTP
        )
        gastar(autenticador, form.cleaned_data["code"])
        post_authentication(self.request, autenticador)
        return respuesta


class CambiarTelefonoView(DeactivateTOTPView):
    """Retira el segundo factor y lleva a activar otro; las demás sesiones de la cuenta terminan."""

    def form_valid(self, form: Form) -> HttpResponse:
        respuesta = super().form_valid(form)
        registros = self.request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
        self.request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            registro for registro in registros if registro["method"] != "mfa"
        ]
        self.request.user.cerrar_sesiones()
        update_session_auth_hash(self.request, self.request.user)
        return respuesta

    def get_success_url(self) -> str:
        return reverse("mfa_activate_totp")


def bloqueada(
    request: HttpRequest, respuesta: Any = None, credenciales: dict[str, Any] | None = None
) -> HttpResponse:
    """La cuenta está bloqueada por intentos: cuánto esperar y a quién acudir."""
    minutos = int(get_cool_off(request).total_seconds() // 60)
    return render(request, "cuentas/bloqueada.html", {"minutos": minutos}, status=429)
