"""Llevar una pasada de paso en paso. Se puede llamar cuantas veces sea y desde varios procesos a la vez.

Solo uno la mueve (el turno); cada paso termina en lo mismo aunque se repita, y lo que lo detuvo queda
escrito en una oración. El estado está en la base: un proceso que muere no se lleva nada.
"""

from __future__ import annotations

import datetime
import resource
import time
from collections.abc import Callable
from decimal import Decimal

import duckdb
import psycopg
import structlog
from django.db import (
    DatabaseError,
    InterfaceError,
    OperationalError,
    close_old_connections,
    transaction,
)
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from padron.estados import EN_MARCHA, EstadoPasada, PasoDePasada
from padron.importacion import fallas, pasadas, trabajo
from padron.importacion.cerrar import cerrar
from padron.importacion.conexiones import Turno
from padron.importacion.escribir import escribir
from padron.importacion.fallas import BaseNoDisponible, FallaDePasada
from padron.importacion.indexar import indexar
from padron.importacion.leer import leer
from padron.importacion.revisar import revisar
from padron.models import Pasada
from padron.validacion.motor import Interrumpida
from sibis.archivos.servicios import ArchivoPerdido
from sibis.bitacora.registro import Via, por_via
from sibis.nucleo.errores import ArchivoIlegible

registro = structlog.get_logger(__name__)

SEGUNDOS_POR_LLAMADA = 20
SIN_SENAL = datetime.timedelta(seconds=60)
# Si muere tantas veces seguidas en el mismo paso sin avanzar, no es mala suerte.
INTENTOS = 12

PASOS: dict[str, Callable[[Pasada, Turno], bool]] = {
    PasoDePasada.LEER: leer,
    PasoDePasada.REVISAR: revisar,
    PasoDePasada.ESCRIBIR: escribir,
    PasoDePasada.INDEXAR: indexar,
    PasoDePasada.CERRAR: cerrar,
}


def avanzar(pasada_id: int, *, segundos: float = SEGUNDOS_POR_LLAMADA) -> bool:
    """Da pasos hasta que pase el tiempo. Verdadero si quedó alguno por dar."""
    fin = time.monotonic() + segundos
    try:
        with por_via(Via.TAREA), Turno(pasada_id) as turno:
            while turno.es_mio and (pasada := _apartar(pasada_id)) is not None:
                if not _dar(pasada, turno):
                    return False
                if time.monotonic() >= fin:
                    return True
    except (BaseNoDisponible, psycopg.OperationalError, OperationalError, InterfaceError) as falla:
        # El reloj vuelve a tocar; el texto del error se queda aquí, puede traer renglones.
        registro.warning("padron_sin_base", pasada=pasada_id, causa=type(falla).__name__)
        close_old_connections()
    return False


def detenidas() -> list[int]:
    """Las que van en marcha y llevan rato sin dar señal: murió quien las movía, o nadie oyó el timbre."""
    hace = timezone.now() - SIN_SENAL
    en_marcha = Pasada.objects.filter(estado=EstadoPasada.EN_MARCHA)
    calladas = en_marcha.filter(Q(latido__isnull=True) | Q(latido__lt=hace))
    return list(calladas.order_by("pk").values_list("pk", flat=True))


def _apartar(pasada_id: int) -> Pasada | None:
    """La pasada con un intento más anotado. None si no hay nada que hacer."""
    with transaction.atomic():
        carga, pasada = pasadas.bloquear(pasada_id)
        de_prueba = pasada.motivo == Pasada.Motivo.SOMBRA
        if not pasadas.en_marcha(pasada) or not (de_prueba or carga.estado in EN_MARCHA):
            return None
        pasada.intentos += 1
        pasada.latido = timezone.now()
        pasada.save(update_fields=["intentos", "latido"])
    if pasada.intentos <= INTENTOS:
        return pasada
    pasadas.detener(
        pasada_id,
        _(
            "El sistema se detuvo varias veces seguidas en el mismo paso. Lo hecho se conserva: avisa a "
            "quien opera el sistema y reanuda la carga."
        ),
    )
    return None


def _dar(pasada: Pasada, turno: Turno) -> bool:
    """Un paso. Lo que una persona puede arreglar queda en pausa con su porqué; lo demás se levanta."""
    empezo = time.monotonic()
    try:
        if _sin_renglones(pasada, turno):
            return True
    except Interrumpida:
        pass  # alguien la pausó o la canceló: lo de a medias se tira
    except (ArchivoIlegible, ArchivoPerdido) as falla:
        pasadas.no_se_lee(pasada.pk, str(falla))
    except FallaDePasada as falla:
        registro.warning("padron_detenida", pasada=pasada.pk, paso=pasada.paso)
        pasadas.detener(pasada.pk, str(falla))
    finally:
        _anotar_costo(pasada.pk, time.monotonic() - empezo)
    if _la_cancelaron(pasada):
        trabajo.tirar(pasada)
    return False


def _sin_renglones(pasada: Pasada, turno: Turno) -> bool:
    """Los errores de la base, del motor y del disco citan renglones: se cambian por una oración."""
    try:
        return PASOS[pasada.paso](pasada, turno)
    except ArchivoIlegible as error:
        if isinstance(error.__cause__, OSError) and (falla := fallas.de_disco(error.__cause__)):
            raise falla from None
        raise
    except duckdb.InterruptException:
        return False
    except duckdb.Error as error:
        raise fallas.del_motor(error) from None
    except (psycopg.Error, DatabaseError) as error:
        raise fallas.de_base(error) from None
    except OSError as error:
        if (falla := fallas.de_disco(error)) is not None:
            raise falla from None
        if _la_cancelaron(pasada):  # y se llevaron su carpeta
            return False
        raise


def _la_cancelaron(pasada: Pasada) -> bool:
    return Pasada.objects.filter(pk=pasada.pk, estado=EstadoPasada.CANCELADA).exists()


def _anotar_costo(pasada_id: int, segundos: float) -> None:
    try:
        memoria = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        pasada = Pasada.objects.filter(pk=pasada_id)
        pasada.update(segundos=F("segundos") + Decimal(f"{segundos:.3f}"))
        pasada.filter(memoria_mb__lt=memoria).update(memoria_mb=memoria)
    except (
        DatabaseError,
        InterfaceError,
    ):  # la base se fue: el paso ya dijo lo suyo, y esto es solo la cuenta
        registro.warning("padron_sin_cuenta", pasada=pasada_id)
