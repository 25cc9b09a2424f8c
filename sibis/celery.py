"""La aplicación de Celery y su horario.

Celery es el timbre; el estado de cada trabajo vive en PostgreSQL. Por eso el horario vuelve
a tocar lo que quedó a medias, y perder Redis no pierde nada.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sibis.settings.local")

app = Celery("sibis")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# nombre → {"task": ruta de la tarea, "schedule": segundos o crontab}
app.conf.beat_schedule = {}
