"""Las pruebas: rápidas, sin red y sin nada que recuerde la corrida anterior."""

import os

os.environ.setdefault("DATABASE_URL", "postgresql://sibis@/sibis")

from sibis.settings import entorno, registro
from sibis.settings.base import *
from sibis.settings.base import DATABASES, STORAGES

SECRET_KEY = "solo-para-las-pruebas"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Una conexión por proceso, para que la base de pruebas se pueda borrar al final.
del DATABASES["default"]["OPTIONS"]["pool"]
# bin/test deja una base ya migrada; clonarla cuesta décimas, migrar cuesta segundos.
if plantilla := entorno.texto("SIBIS_BD_PLANTILLA", ""):
    DATABASES["default"]["TEST"] = {"TEMPLATE": plantilla}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True

# Sin collectstatic: los estáticos se leen de su carpeta.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Los archivos guardados, en memoria: ninguna prueba deja nada en el disco.
STORAGES["default"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
STORAGES["archivos"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

PAGINAS_CONDICIONALES = False

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
LOGGING = registro.configuracion(formato="consola", nivel="WARNING")
