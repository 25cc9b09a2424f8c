"""Acceso del personal: quién entra, con qué contraseña y con qué segundo factor."""

from datetime import timedelta

from sibis.settings import entorno

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # primero: una cuenta bloqueada no llega al siguiente
    "sibis.cuentas.backend.RolesBackend",
]

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

_VALIDADORES = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{_VALIDADORES}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "first_name", "last_name", "email")},
    },
    {"NAME": f"{_VALIDADORES}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDADORES}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDADORES}.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/panel/"
LOGOUT_REDIRECT_URL = "/"

# La dependencia que opera el sistema: a ella pertenece quien lo administra (clave, no nombre).
DEPENDENCIA_RECTORA = "SEBIEN"
# Qué permiso responde a cada permiso de modelo del panel. Cada ruta es un diccionario.
PERMISOS_DE_MODELO = [
    "sibis.cuentas.permisos_de_modelo.PERMISOS_DE_MODELO",
    "sibis.avisos.permisos.PERMISOS_DE_MODELO",
    "ciudadania.permisos.PERMISOS_DE_MODELO",
]
# De cada tipo de evento, su oración. Cada ruta es un diccionario.
FRASES_DE_BITACORA = [
    "sibis.archivos.frases.FRASES",
    "sibis.cuentas.frases.FRASES",
    "sibis.avisos.frases.FRASES",
    "sibis.panel.frases.FRASES",
    "sibis.calendario.frases.FRASES",
    "sibis.revision.frases.FRASES",
    "sibis.agenda.frases.FRASES",
    "sibis.mensajes.frases.FRASES",
    "programas.frases.FRASES",
    "presupuesto.frases.FRASES",
    "padron.frases.FRASES",
    "ciudadania.frases.FRASES",
]

# --- allauth: sin registro abierto; las cuentas las da de alta la administración técnica
ACCOUNT_ADAPTER = "sibis.cuentas.adaptadores.AdaptadorDeCuentas"
ACCOUNT_FORMS = {
    "login": "sibis.cuentas.forms.EntrarForm",
    "reauthenticate": "sibis.cuentas.forms.ConfirmarContrasenaForm",
    "change_password": "sibis.cuentas.forms.CambiarContrasenaForm",
    "reset_password": "sibis.cuentas.forms.OlvidoForm",
    "reset_password_from_key": "sibis.cuentas.forms.NuevaContrasenaForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[SIBIS] "
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no se escribe a direcciones ajenas al sistema
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    # Muchas cuentas desde una dirección; la cuenta sola la cuida axes, más abajo.
    "contrasena_fallida": "20/m/ip",
    # Con la contraseña ya en la mano, adivinar el código: cinco intentos cada media hora.
    "login_failed": "5/30m/key",
}
# Cuántos intermediarios propios hay delante (0: la dirección es la de quien se conecta).
ALLAUTH_TRUSTED_PROXY_COUNT = entorno.entero("SIBIS_INTERMEDIARIOS", 0)

# --- Segundo factor, obligatorio en el panel
MFA_ADAPTER = "sibis.cuentas.adaptadores.AdaptadorDeSegundoFactor"
MFA_FORMS = {
    "authenticate": "sibis.cuentas.forms.CodigoForm",
    "reauthenticate": "sibis.cuentas.forms.ConfirmarCodigoForm",
    "activate_totp": "sibis.cuentas.forms.ActivarForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "SIBIS"
MFA_TOTP_TOLERANCE = 1  # medio minuto de desfase del reloj; `codigos.gastar` impide repetir
MFA_RECOVERY_CODES_SHOW_ONCE = True

# --- axes: por cuenta sola (un ataque desde muchas direcciones) y por cuenta y dirección
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "username"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # insistir no alarga el bloqueo ajeno
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "sibis.cuentas.acceso.cuenta_de_los_intentos"
AXES_CLIENT_IP_CALLABLE = "sibis.cuentas.acceso.direccion"
AXES_LOCKOUT_CALLABLE = "sibis.cuentas.views.bloqueada"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login", "password", "code", "oldpassword"]
AXES_DISABLE_ACCESS_LOG = True  # los accesos van a la bitácora
AXES_ENABLE_ADMIN = False  # se desbloquea desde la cuenta
AXES_VERBOSE = False

# --- Sesión: ocho horas sin uso; la renueva SesionDelPersonalMiddleware
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Los avisos de una vez viajan en su cookie firmada: así mostrar una página pública no lee la sesión.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
# La historia anota quién en lo que escribe; un GET no escribe, y preguntar quién es leería la sesión.
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
