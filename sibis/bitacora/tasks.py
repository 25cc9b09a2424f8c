"""Lo que la máquina hace con la bitácora."""

from celery import shared_task

from sibis.bitacora import sellado


@shared_task(name="sibis.bitacora.tasks.sellar")
def sellar() -> int:
    """Encadena los eventos nuevos. Se puede repetir: lo ya sellado no se toca."""
    return sellado.sellar()
