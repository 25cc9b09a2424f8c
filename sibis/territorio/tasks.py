"""Lo que la máquina hace con el mapa."""

from celery import shared_task

from sibis.territorio import proyeccion


@shared_task(name="sibis.territorio.tasks.actualizar_celdas")
def actualizar_celdas() -> int:
    """Vuelve a contar si algo cambió. Se puede repetir: sin cambios no hace nada."""
    return proyeccion.rehacer_celdas() if proyeccion.hace_falta() else 0
