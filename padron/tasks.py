"""Timbres de las pasadas y de los lotes de entregas. El estado está en la base: si un timbre se pierde, el reloj vuelve a tocar."""

from __future__ import annotations

import structlog
from celery import shared_task
from kombu.exceptions import OperationalError

from padron.importacion import avance, barrido, capturas_olvidadas, lotes_de_entregas
from padron.importacion.recibo import producir_recibo, recibos_pendientes

registro = structlog.get_logger(__name__)

# Un millón y medio de renglones en una máquina ocupada pasa de los límites de las demás tareas. Si la
# cola la entrega otra vez mientras corre, la segunda no tiene el turno y no hace nada.
LIMITE = 3_600
SE_VUELVE_A_PEDIR = 110  # segundos: antes de que el reloj lo pida otra vez


@shared_task(name="padron.tasks.avanzar_pasada", soft_time_limit=LIMITE - 60, time_limit=LIMITE)
def avanzar_pasada(pasada_id: int) -> bool:
    """Los pasos que quepan; si queda alguno, se vuelve a llamar. Se puede repetir y correr a la vez."""
    queda = avance.avanzar(pasada_id)
    if queda:
        tocar_timbre(pasada_id)
    return queda


@shared_task(name="padron.tasks.empujar_pasadas")
def empujar_pasadas() -> int:
    """Las que se quedaron calladas: murió el trabajador, o se perdió su timbre."""
    calladas = avance.detenidas()
    for pasada_id in calladas:
        tocar_timbre(pasada_id)
    return len(calladas)


@shared_task(name="padron.tasks.barrer")
def barrer() -> int:
    return barrido.barrer()


@shared_task(name="padron.tasks.hacer_recibo")
def hacer_recibo(recibo: int) -> None:
    """Hace y firma el PDF de un recibo, si aún no lo tiene."""
    producir_recibo(recibo)


@shared_task(name="padron.tasks.hacer_los_recibos_que_faltan")
def hacer_los_recibos_que_faltan() -> int:
    """Los que se emitieron sin trabajador, o cuyo trabajo murió a la mitad; cada uno en su tarea."""
    pendientes = recibos_pendientes()
    for recibo in pendientes:
        hacer_recibo.apply_async((recibo,), expires=SE_VUELVE_A_PEDIR)
    return len(pendientes)


@shared_task(name="padron.tasks.olvidar_capturas")
def olvidar_capturas() -> int:
    """Avisa de las que se van a borrar y borra las que ya se avisaron."""
    capturas_olvidadas.avisar_de_las_que_vencen()
    return capturas_olvidadas.olvidar()


def tocar_timbre(pasada_id: int) -> None:
    """Si no hay quien lo oiga, nadie espera: en un minuto la empuja el reloj."""
    try:
        avanzar_pasada.delay(pasada_id)
    except OperationalError as error:
        registro.warning("sin_cola", tarea="avanzar_pasada", causa=type(error).__name__)


@shared_task(name="padron.tasks.anotar_lote_de_entregas")
def anotar_lote_de_entregas(lote_id: int) -> bool:
    return lotes_de_entregas.aplicar(lote_id)


@shared_task(name="padron.tasks.empujar_lotes_de_entregas")
def empujar_lotes_de_entregas() -> int:
    callados = lotes_de_entregas.callados()
    for lote_id in callados:
        tocar_timbre_de_entregas(lote_id)
    return len(callados)


def tocar_timbre_de_entregas(lote_id: int) -> None:
    """Si no hay quien lo oiga, nadie espera: en un minuto lo empuja el reloj."""
    try:
        anotar_lote_de_entregas.delay(lote_id)
    except OperationalError as error:
        registro.warning("sin_cola", tarea="anotar_lote_de_entregas", causa=type(error).__name__)
