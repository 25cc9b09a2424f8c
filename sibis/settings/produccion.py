"""Producción: detrás de un proxy con TLS. Sin valores por omisión que comprometan."""

from urllib.parse import urlsplit

from sibis.settings import entorno
from sibis.settings.base import *
from sibis.settings.correo import *

URL_PUBLICA = entorno.texto("SIBIS_URL_PUBLICA").rstrip("/")
_ANFITRION = urlsplit(URL_PUBLICA).hostname or ""
SECRET_KEY = entorno.texto("SIBIS_CLAVE_SECRETA")
SECRET_KEY_FALLBACKS = entorno.lista("SIBIS_CLAVES_ANTERIORES")
ALLOWED_HOSTS = entorno.lista("SIBIS_ANFITRIONES") or [_ANFITRION]

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
# El orquestador pregunta por la salud dentro de la red, sin TLS.
SECURE_REDIRECT_EXEMPT = [r"^salud/"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sesion"
CSRF_COOKIE_NAME = "__Host-csrf"

DEFAULT_FROM_EMAIL = SERVER_EMAIL = entorno.texto(
    "SIBIS_CORREO_REMITENTE", f"no-responder@{_ANFITRION}"
)
