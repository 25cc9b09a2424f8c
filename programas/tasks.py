"""Lo que la máquina hace sola con documentos y búsquedas. El estado está en la base; esto solo toca el timbre."""

from __future__ import annotations

import structlog
from celery import shared_task
from kombu.exceptions import OperationalError

from programas import vigor
from programas.importacion import enlaces, sin_resultado, texto_de_documentos

registro = structlog.get_logger(__name__)

# Una lectura dura a lo más un minuto y la tarea minuto y medio: después de esto no se empieza otra.
SEGUNDOS_PARA_EMPEZAR = 20


@shared_task(name="programas.tasks.leer_textos")
def leer_textos() -> int:
    """Lee los PDF que faltan. Se puede repetir y correr a la vez: cada uno toma documentos distintos."""
    leidos = texto_de_documentos.leer_pendientes(segundos=SEGUNDOS_PARA_EMPEZAR)
    if leidos and texto_de_documentos.quedan_por_leer():
        avisar_que_hay_textos()
    return leidos


@shared_task(name="programas.tasks.revisar_enlaces")
def revisar_enlaces() -> int:
    """Visita los enlaces que llevan más sin revisarse."""
    return enlaces.revisar()


def avisar_que_hay_textos() -> None:
    """Toca el timbre; si no hay quien lo oiga, el reloj vuelve a tocar en un minuto."""
    try:
        leer_textos.delay()
    except OperationalError as error:
        registro.warning("sin_cola", tarea="leer_textos", causa=type(error).__name__)


def avisar_que_hay_enlaces() -> None:
    """Lo mismo para los enlaces que alguien pidió revisar: el reloj pasa cada cuarto de hora."""
    try:
        revisar_enlaces.delay()
    except OperationalError as error:
        registro.warning("sin_cola", tarea="revisar_enlaces", causa=type(error).__name__)


@shared_task(name="programas.tasks.asentar_sin_resultado")
def asentar_sin_resultado() -> dict[str, int]:
    """Lo que la gente no halló, por día. Se puede repetir: asienta la cuenta, no la suma."""
    return sin_resultado.poner_al_dia()


@shared_task(name="programas.tasks.poner_en_vigor")
def poner_en_vigor() -> int:
    """Las reglas cuyo día llegó, aunque el trabajador haya estado caído. Se puede repetir."""
    return vigor.poner_en_vigor_las_de_hoy()
