"""Lo que hace la máquina: el PDF de los dictámenes. Repetirlo no hace nada dos veces."""

from celery import shared_task

from sibis.revision.importacion import dictamenes_pendientes, producir_dictamen


@shared_task(name="sibis.revision.tasks.hacer_dictamen")
def hacer_dictamen(dictamen: int) -> None:
    """Hace y firma el PDF de un dictamen, si aún no lo tiene."""
    producir_dictamen(dictamen)


@shared_task(name="sibis.revision.tasks.hacer_los_que_faltan")
def hacer_los_que_faltan() -> int:
    """Los que se emitieron cuando no había trabajador, o cuyo trabajo murió a la mitad."""
    pendientes = dictamenes_pendientes()
    for dictamen in pendientes:
        producir_dictamen(dictamen)
    return len(pendientes)
