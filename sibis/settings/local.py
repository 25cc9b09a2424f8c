"""Esta máquina, por http: `bin/run`, `bin/sibis` y quien programa."""

from sibis.settings import entorno, registro
from sibis.settings.base import *
from sibis.settings.base import STORAGES, URL_PUBLICA, VAR
from sibis.settings.correo import *

# bin/run lo apaga, para que las páginas de error sean las de verdad.
DEBUG = entorno.booleano("SIBIS_DEPURAR", True)
SECRET_KEY = entorno.texto(
    "SIBIS_CLAVE_SECRETA", "solo-para-programar-en-esta-maquina-y-nunca-en-produccion"
)
ALLOWED_HOSTS = entorno.lista("SIBIS_ANFITRIONES", ["127.0.0.1", "localhost", "[::1]"])

if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

# Mientras se programa, una plantilla cambia sin que cambie el proceso.
PAGINAS_CONDICIONALES = not DEBUG

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = URL_PUBLICA.startswith("https://")
# Sin servidor de correo, los correos se escriben en var/correo.
if not entorno.texto("SIBIS_CORREO_ANFITRION", ""):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "correo"
DEFAULT_FROM_EMAIL = entorno.texto("SIBIS_CORREO_REMITENTE", "no-responder@localhost")

LOGGING = registro.configuracion(
    formato=entorno.texto("SIBIS_FORMATO_REGISTRO", "consola"),
    nivel=entorno.texto("SIBIS_NIVEL_REGISTRO", "INFO"),
)
