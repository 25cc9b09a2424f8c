"""El timbre: las tareas no llevan datos, y repetirlas no hace nada dos veces."""

from celery import shared_task
from django.utils import timezone

from sibis.mensajes import revision_de_adjuntos, vencimientos


@shared_task(name="sibis.mensajes.tasks.marcar_vencidos")
def marcar_vencidos() -> int:
    """Marca los hilos que cumplieron su plazo de conservación; no quita ninguno."""
    return vencimientos.marcar(hoy=timezone.localdate())


@shared_task(name="sibis.mensajes.tasks.revisar_adjuntos")
def revisar_adjuntos() -> int:
    """Pregunta de nuevo por los adjuntos que el antivirus no contestó."""
    return revision_de_adjuntos.revisar_pendientes()
