"""La aplicación de Celery y su horario.

Celery es el timbre; el estado de cada trabajo vive en PostgreSQL. Por eso el horario vuelve
a tocar lo que quedó a medias, y perder Redis no pierde nada.
"""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sibis.settings.local")

app = Celery("sibis")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# nombre → {"task": ruta de la tarea, "schedule": segundos o crontab}
app.conf.beat_schedule = {
    "sellar-bitacora": {"task": "sibis.bitacora.tasks.sellar", "schedule": 300},
    "refrescar-denominaciones": {
        "task": "sibis.cuentas.tasks.refrescar_denominaciones",
        "schedule": crontab(hour=0, minute=5),  # un nombre puede empezar a regir hoy
    },
}
