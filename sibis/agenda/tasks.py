"""El timbre de la agenda: las tareas no llevan datos, y repetirlas no hace nada dos veces."""

from celery import shared_task
from django.utils import timezone

from sibis.agenda import cumplimiento, generacion, lecturas, reparto


@shared_task(name="sibis.agenda.tasks.poner_al_dia")
def poner_al_dia() -> int:
    """Qué se debe y qué se cumplió, según los hechos de ahora. Cuántos cambiaron."""
    hoy = timezone.localdate()
    hecho = generacion.generar(hoy=hoy)
    cumplidos = cumplimiento.poner_al_dia(hoy=hoy)
    lecturas.asentar()
    return hecho.nuevos + hecho.movidos + hecho.sin_efecto + cumplidos


@shared_task(name="sibis.agenda.tasks.recordar")
def recordar() -> int:
    """Antes de recordar mira los hechos: lo que se cumplió hace un minuto ya no se recuerda."""
    poner_al_dia()
    return reparto.recordar(hoy=timezone.localdate())
