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
    "podar-documentos": {
        "task": "sibis.documentos.tasks.podar",
        "schedule": crontab(hour=3, minute=40),  # los que nadie pide se pueden rehacer
    },
    # Cada hora del día, por si a la anterior algo estaba caído; a nadie le llega más de un correo.
    "preparar-avisos": {
        "task": "ciudadania.tasks.preparar_avisos",
        "schedule": crontab(hour="7-20", minute=10),
    },
    "repartir-avisos": {"task": "ciudadania.tasks.repartir_avisos", "schedule": 60},
    "limpiar-avisos": {
        "task": "ciudadania.tasks.limpiar_avisos",
        "schedule": crontab(hour=3, minute=20),
    },
    # Al personal. El resumen también se intenta después de las 8, por si a esa hora no había quien.
    "repartir-avisos-al-personal": {"task": "sibis.avisos.tasks.repartir", "schedule": 60},
    "resumir-avisos-al-personal": {
        "task": "sibis.avisos.tasks.resumir",
        "schedule": crontab(hour="8-20", minute=0),
    },
    "purgar-avisos-al-personal": {
        "task": "sibis.avisos.tasks.purgar",
        "schedule": crontab(hour=3, minute=30),
    },
    # Los hechos a cada rato; recordar, en horas en que alguien puede hacer algo.
    "poner-al-dia-la-agenda": {"task": "sibis.agenda.tasks.poner_al_dia", "schedule": 600},
    "recordar-plazos": {
        "task": "sibis.agenda.tasks.recordar",
        "schedule": crontab(hour="7-20", minute=25),
    },
    "actualizar-mapa": {"task": "sibis.territorio.tasks.actualizar_celdas", "schedule": 120},
    "empujar-lotes": {"task": "sibis.panel.tasks.empujar_lotes", "schedule": 30},
    "olvidar-lotes": {
        "task": "sibis.panel.tasks.olvidar_lotes",
        "schedule": crontab(hour=3, minute=30),  # vistas previas que nadie confirmó
    },
    "empujar-padrones": {"task": "padron.tasks.empujar_pasadas", "schedule": 30},
    "empujar-lotes-de-entregas": {
        "task": "padron.tasks.empujar_lotes_de_entregas",
        "schedule": 60,
    },
    "barrer-padrones": {
        "task": "padron.tasks.barrer",
        "schedule": crontab(hour=4, minute=5),  # lo que dejaron pasadas que ya nadie sigue
    },
    "olvidar-capturas": {
        "task": "padron.tasks.olvidar_capturas",
        "schedule": crontab(hour=4, minute=20),  # lo tecleado que nadie entregó
    },
    "sellar-bitacora": {"task": "sibis.bitacora.tasks.sellar", "schedule": 300},
    "refrescar-denominaciones": {
        "task": "sibis.cuentas.tasks.refrescar_denominaciones",
        "schedule": crontab(hour=0, minute=5),  # un nombre puede empezar a regir hoy
    },
    "marcar-hilos-vencidos": {
        "task": "sibis.mensajes.tasks.marcar_vencidos",
        "schedule": crontab(hour=2, minute=50),
    },
    "revisar-adjuntos": {"task": "sibis.mensajes.tasks.revisar_adjuntos", "schedule": 300},
    "sin-resultado": {
        "task": "programas.tasks.asentar_sin_resultado",
        "schedule": crontab(minute=17),
    },
    "poner-en-vigor": {
        "task": "programas.tasks.poner_en_vigor",
        "schedule": crontab(minute=10),  # a las 00:10, y cada hora por si no hubo quien
    },
    "hacer-dictamenes": {"task": "sibis.revision.tasks.hacer_los_que_faltan", "schedule": 120},
    "hacer-recibos": {"task": "padron.tasks.hacer_los_recibos_que_faltan", "schedule": 120},
    "recordar-plazos-de-revision": {
        "task": "sibis.revision.tasks.recordar_plazos",
        "schedule": crontab(hour="8-19", minute=25),
    },
    "leer-textos": {"task": "programas.tasks.leer_textos", "schedule": 60},
    "revisar-enlaces": {"task": "programas.tasks.revisar_enlaces", "schedule": 900},
}
