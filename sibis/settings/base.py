"""Todo lo que es igual en cualquier parte. Lo que cambia lo dicen local, pruebas y produccion."""

from pathlib import Path

import pghistory
from csp.constants import NONCE, NONE, SELF

from sibis.settings import entorno, geo, mapa, registro
from sibis.settings.acceso import *
from sibis.settings.archivos import *
from sibis.settings.avisos import *
from sibis.settings.costuras import *
from sibis.settings.datos import *
from sibis.settings.padron import *
from sibis.settings.panel import *
from sibis.settings.revision import *

RAIZ = Path(__file__).resolve().parents[2]
# Estado de esta instalación (base privada, subidas, registros): nada de esto va a git.
VAR = Path(entorno.texto("SIBIS_VAR", str(RAIZ / "var")))

DEBUG = False
ALLOWED_HOSTS = entorno.lista("SIBIS_ANFITRIONES")
URL_PUBLICA = entorno.texto("SIBIS_URL_PUBLICA", "http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [URL_PUBLICA]
ROOT_URLCONF = "sibis.urls"
WSGI_APPLICATION = "sibis.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "cuentas.Usuario"

INSTALLED_APPS = [
    # Los nuestros van primero: sus plantillas ganan a las de las bibliotecas.
    "sibis.bitacora",
    "sibis.cuentas",
    "sibis.territorio",
    "sibis.archivos",
    "sibis.documentos",
    "sibis.panel",
    "sibis.avisos",
    "sibis.calendario",
    "sibis.expedientes",
    "sibis.revision",
    "sibis.agenda",
    "sibis.mensajes",
    "sibis.portal",
    "programas",
    "padron",
    "presupuesto",
    "ciudadania",
    "reportes",
    "sibis.demo",
    "sibis.panel.apps.PanelAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.contrib.postgres",
    "django.contrib.gis",
    "django.forms",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "leaflet",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "sibis.portal.condicional.PaginaCondicionalMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "sibis.portal.idiomas.IdiomaDeLaRutaMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Todo está cerrado; cada vista pública se abre a mano y una prueba las enumera.
    "sibis.cuentas.acceso.SesionDelPersonalMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [RAIZ / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "sibis.portal.contexto.comun",
            ],
        },
    },
]
# Los campos de formulario usan las plantillas de templates/django/forms/.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

FORMS_URLFIELD_ASSUME_HTTPS = True  # un enlace sin esquema es https (ya será así en Django 6)

# --- Idioma y hora
LANGUAGE_CODE = "es-mx"
# Cada uno se nombra a sí mismo. Otro entra cuando su catálogo está completo (docs/codigo.md).
LANGUAGES = [("es-mx", "Español"), ("en", "English")]
LOCALE_PATHS = [RAIZ / "locale"]
FORMAT_MODULE_PATH = ["sibis.formatos"]
TIME_ZONE = "America/Mexico_City"
USE_TZ = True

# --- Base de datos
GDAL_LIBRARY_PATH, GEOS_LIBRARY_PATH = geo.rutas()
DATABASES = {"default": entorno.base_de_datos("DATABASE_URL")}
DATABASES["default"] |= {"CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 0}
# La reserva duplica las páginas por segundo; la revisión evita el 500 tras reiniciar PostgreSQL.
DATABASES["default"]["OPTIONS"] |= {
    "application_name": "sibis",
    "pool": {
        "min_size": 1,
        "max_size": entorno.entero("SIBIS_CONEXIONES", 6),
        "timeout": 4,
    },
}

# --- Redis: caché y timbre de los trabajos. Sin él las páginas siguen, más lentas.
REDIS_URL = entorno.texto("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "sibis.cache.CacheTolerante",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "sibis",
        "TIMEOUT": 300,
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 1},
    }
}

CELERY_BROKER_URL = entorno.cola_de(REDIS_URL)
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True  # el resultado de un trabajo es un renglón en PostgreSQL
# Un proceso que muere a la mitad devuelve su tarea; por eso toda tarea puede repetirse.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_TASK_TIME_LIMIT = 120
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# La visibilidad debe pasar del límite de una tarea, o se haría dos veces a la vez.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 150,
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 1,
}
# Sin Redis, quien guarda no espera: el renglón ya está y el reloj vuelve a tocar.
CELERY_TASK_PUBLISH_RETRY_POLICY = {
    "max_retries": 1,
    "interval_start": 0,
    "interval_max": 0.2,
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "celery" / "agenda")

# --- Archivos
STATIC_URL = "/static/"
STATIC_ROOT = Path(entorno.texto("SIBIS_ESTATICOS", str(VAR / "estaticos")))
STATICFILES_DIRS = [RAIZ / "static"]
MEDIA_ROOT = VAR / "medios"
# Lo que se va revisando de un padrón; se puede perder y se vuelve a hacer.
PADRON_TRABAJO = Path(entorno.texto("SIBIS_PADRON_TRABAJO", str(VAR / "padron")))
# Donde `empaquetar_validador` deja lo que el panel ofrece descargar.
PADRON_VALIDADORES = Path(entorno.texto("SIBIS_PADRON_VALIDADORES", str(VAR / "validadores")))
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "sibis.estaticos.EstaticosComprimidos"},
    # Por huella (sibis/archivos). Otro almacén, S3 por ejemplo, se pone aquí con sus opciones.
    "archivos": {
        "BACKEND": "sibis.archivos.almacen.AlmacenEnDisco",
        "OPTIONS": {"location": VAR / "archivos"},
    },
}

# --- Cabeceras. Todo se sirve desde aquí: sin CDN, sin marcos ajenos, sin código en línea.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", *mapa.ORIGENES_DE_IMAGENES],
        "connect-src": [SELF, *mapa.ORIGENES_VECTORIALES],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str] | str] = {
    "camera": [],
    "display-capture": [],
    "fullscreen": "self",
    "geolocation": "self",  # «cerca de mí» en el mapa; lo pide la persona
    "microphone": [],
    "midi": [],
    "payment": [],
    "usb": [],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# --- Mapas, del panel y del portal
LEAFLET_CONFIG = mapa.LEAFLET_CONFIG
MAPA_BASE = mapa.BASE

# --- Historia: también lo que se quita queda escrito
PGHISTORY_DEFAULT_TRACKERS = (
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
)

# «2026-07-01»: los plazos anteriores no se cuentan; es cuando esta instalación empezó a llevarlos.
AGENDA_DESDE = entorno.texto("SIBIS_AGENDA_DESDE", "")
# ETag y plazo de lo público. Las pruebas cuentan consultas: ahí se enciende a propósito.
PAGINAS_CONDICIONALES = True
SIBIS_ENTORNO = entorno.texto("SIBIS_ENTORNO", "")  # listón del panel: «demostración», «pruebas»
SIBIS_TEMA = entorno.texto("SIBIS_TEMA", "institucional")  # o «neutro», o «veda» en campaña
SIBIS_NOMBRE = entorno.texto("SIBIS_NOMBRE", "Tu Bienestar")
SIBIS_SUBTITULO = entorno.texto("SIBIS_SUBTITULO", "Ciudad de México")
SIBIS_TELEFONO = entorno.texto("SIBIS_TELEFONO", "LOCATEL, 55 5658 1111")
SIBIS_DEMOSTRACION = entorno.booleano("SIBIS_DEMOSTRACION", False)

LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = registro.configuracion(
    formato=entorno.texto("SIBIS_FORMATO_REGISTRO", "json"),
    nivel=entorno.texto("SIBIS_NIVEL_REGISTRO", "INFO"),
)
