"""Rutas de la cuenta del personal. Conservan los nombres de allauth, que las busca por ellos."""

from allauth.account import views as cuenta
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as respaldo
from django.urls import path, re_path

from sibis.cuentas.acceso import sin_segundo_factor
from sibis.cuentas.views import ActivarView, CambiarTelefonoView

urlpatterns = [
    path("entrar/", cuenta.login, name="account_login"),
    path("salir/", sin_segundo_factor(cuenta.logout), name="account_logout"),
    path("suspendida/", cuenta.account_inactive, name="account_inactive"),
    path("confirmar/", sin_segundo_factor(cuenta.reauthenticate), name="account_reauthenticate"),
    # Contraseña
    path("contrasena/", cuenta.password_change, name="account_change_password"),
    path("contrasena/olvidada/", cuenta.password_reset, name="account_reset_password"),
    path(
        "contrasena/olvidada/enviada/",
        cuenta.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^contrasena/nueva/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        cuenta.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "contrasena/lista/",
        cuenta.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # Segundo factor
    path("codigo/", mfa.authenticate, name="mfa_authenticate"),
    path("segundo-factor/", mfa.index, name="mfa_index"),
    path("segundo-factor/confirmar/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path(
        "segundo-factor/activar/",
        sin_segundo_factor(ActivarView.as_view()),
        name="mfa_activate_totp",
    ),
    path(
        "segundo-factor/cambiar-telefono/",
        CambiarTelefonoView.as_view(),
        name="mfa_deactivate_totp",
    ),
    path("codigos-de-respaldo/", respaldo.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "codigos-de-respaldo/nuevos/",
        respaldo.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
]
