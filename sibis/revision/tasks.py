"""Lo que hace la máquina: el PDF de los dictámenes y los recordatorios. Repetirlo no duplica nada."""

from celery import shared_task

from sibis.revision.importacion.dictamen import dictamenes_pendientes, producir_dictamen
from sibis.revision.importacion.recordatorios import recordar

SE_VUELVE_A_PEDIR = 110  # segundos: antes de que el reloj lo pida otra vez


@shared_task(name="sibis.revision.tasks.hacer_dictamen")
def hacer_dictamen(dictamen: int) -> None:
    """Hace y firma el PDF de un dictamen, si aún no lo tiene."""
    producir_dictamen(dictamen)


@shared_task(name="sibis.revision.tasks.hacer_los_que_faltan")
def hacer_los_que_faltan() -> int:
    """Los que se emitieron cuando no había trabajador, o cuyo trabajo murió a la mitad.

    Cada uno en su tarea: uno que no se puede hacer no detiene a los demás.
    """
    pendientes = dictamenes_pendientes()
    for dictamen in pendientes:
        hacer_dictamen.apply_async((dictamen,), expires=SE_VUELVE_A_PEDIR)
    return len(pendientes)


@shared_task(name="sibis.revision.tasks.recordar_plazos")
def recordar_plazos() -> int:
    """Lo que vence mañana y lo que ya venció, dicho una vez por estancia."""
    return recordar()
