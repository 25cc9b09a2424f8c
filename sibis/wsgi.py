"""Punto de entrada del servidor web."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sibis.settings.produccion")

application = get_wsgi_application()

# Las rutas traen las vistas: cargarlas ya evita que lo pague la primera visita.
import_module(settings.ROOT_URLCONF)
if not settings.DEBUG:
    # Y lo demás que se hace una vez por proceso y no toca la base. Con un módulo por nombre: las
    # aplicaciones ya tienen que estar cargadas.
    import_module("sibis.portal.arranque").calentar()
