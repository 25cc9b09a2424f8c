"""Punto de entrada del servidor web."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sibis.settings.produccion")

application = get_wsgi_application()

# Las rutas traen las vistas: cargarlas ya evita que lo pague la primera visita.
import_module(settings.ROOT_URLCONF)
