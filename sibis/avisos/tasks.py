"""El timbre: las tareas no llevan datos, y repetirlas no hace nada dos veces."""

from celery import shared_task

from sibis.avisos.reparto import entrega, limpieza, preparacion


@shared_task(name="sibis.avisos.tasks.repartir")
def repartir() -> int:
    """Junta lo que haya en un correo por persona y lleva los que tocan."""
    preparacion.juntar()
    cuenta = entrega.repartir()
    if cuenta.quedan:
        repartir.delay()
    return cuenta.entregados


@shared_task(name="sibis.avisos.tasks.resumir")
def resumir() -> int:
    """Un resumen al día para quien así lo eligió."""
    hechos = preparacion.resumir()
    if hechos:
        repartir.delay()
    return hechos


@shared_task(name="sibis.avisos.tasks.purgar")
def purgar() -> int:
    """Borra lo leído hace mucho."""
    return limpieza.purgar()
