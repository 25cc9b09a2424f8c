"""El timbre: las tareas no llevan datos, y repetirlas no hace nada dos veces."""

from celery import shared_task
from django.utils import timezone

from ciudadania.reparto import entrega, limpieza, preparacion


@shared_task(name="ciudadania.tasks.preparar_avisos")
def preparar_avisos() -> int:
    """Ve qué hay que contar hoy y lo deja listo para salir."""
    hechos = preparacion.preparar(hoy=timezone.localdate())
    repartir_avisos.delay()
    return hechos


@shared_task(name="ciudadania.tasks.repartir_avisos")
def repartir_avisos() -> int:
    """Lleva lo que ya toca. Si no acabó en su tiempo, vuelve a tocar."""
    cuenta = entrega.repartir()
    if cuenta.quedan:
        repartir_avisos.delay()
    return cuenta.entregados


@shared_task(name="ciudadania.tasks.limpiar_avisos")
def limpiar_avisos() -> int:
    """Borra lo que ya no hace falta."""
    return limpieza.limpiar()
