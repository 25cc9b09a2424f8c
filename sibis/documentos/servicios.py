"""Pedir un documento: si ya está hecho se entrega; si no, se encarga y se espera un momento.

Para tener un documento nuevo se declara un TipoDeDocumento (tipos.py) en una lista que nombra el
ajuste `DOCUMENTOS`, y la vista contesta con `respuesta.responder(request, "su-clave", …)`. Quien
quiere adelantarse, como al publicar, llama a `preparar` dentro de `transaction.on_commit`.

El proceso web no maqueta ni escribe en la base. Lo hecho vive en el almacenamiento, por huella.
"""

from __future__ import annotations

import datetime
import threading
import time
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.core.cache import cache
from django.core.files import File
from django.core.files.storage import default_storage
from django.utils.translation import get_language
from kombu.exceptions import OperationalError

from sibis.documentos import tasks
from sibis.documentos.encargos import Argumentos, Encargo, encargo

registro = structlog.get_logger(__name__)

ESPERA = 8.0  # segundos que una petición aguarda al trabajador
_CADA = 0.1
_YA_ENCARGADO = 60  # mientras tanto, quien pida lo mismo solo espera
_SIN_TRABAJADOR = 20  # nadie contestó: por un rato no se hace esperar a los demás
_CADUCA = 180  # un encargo que nadie tomó no se queda en la cola
_SENA_SIN_TRABAJADOR = "documentos:sin-trabajador"
# A lo más dos peticiones esperan a la vez en cada proceso, o las demás páginas se quedarían sin hilos.
_TURNOS = threading.BoundedSemaphore(2)


@dataclass(frozen=True, slots=True)
class Documento:
    """Uno ya hecho, con lo que se necesita para entregarlo."""

    ruta: str
    huella: str
    mime: str
    tamano: int
    hecho_en: datetime.datetime

    def abrir(self) -> File:
        return default_storage.open(self.ruta)


def solicitar(clave: str, argumentos: Argumentos) -> Encargo:
    """El encargo en el idioma de quien lo pide, aunque todavía no esté hecho."""
    return encargo(clave, argumentos, idioma=get_language() or settings.LANGUAGE_CODE)


def preparar(clave: str, argumentos: Argumentos) -> bool:
    """Lo deja encargado sin esperar. Falso si no hay cola donde dejarlo: se hará al pedirlo."""
    return _encolar(clave, argumentos, idioma=settings.LANGUAGE_CODE)


def entregar(pedido: Encargo, *, espera: float = ESPERA) -> Documento | None:
    """El documento, o None si en ese tiempo nadie lo hizo."""
    if pedido.esta_hecho:
        return _hecho(pedido)
    aviso = f"documentos:encargado:{pedido.huella}"
    if cache.add(aviso, 1, timeout=_YA_ENCARGADO) and not _encolar(
        pedido.tipo.clave, pedido.argumentos, idioma=pedido.idioma
    ):
        cache.delete(aviso)
        return None
    return _hecho(pedido) if _aguardar(pedido, espera) else None


def _encolar(clave: str, argumentos: Argumentos, *, idioma: str) -> bool:
    try:
        tasks.hacer.apply_async((clave, argumentos, idioma), expires=_CADUCA)
    except OperationalError as error:
        registro.error("documento_sin_cola", documento=clave, clase=type(error).__name__)
        return False
    return True


def _aguardar(pedido: Encargo, espera: float) -> bool:
    if pedido.esta_hecho:
        return True
    if cache.get(_SENA_SIN_TRABAJADOR) or not _TURNOS.acquire(blocking=False):
        return False
    try:
        limite = time.monotonic() + espera
        while time.monotonic() < limite:
            time.sleep(_CADA)
            if pedido.esta_hecho:
                return True
    finally:
        _TURNOS.release()
    cache.set(_SENA_SIN_TRABAJADOR, 1, timeout=_SIN_TRABAJADOR)
    registro.warning("documento_sin_trabajador", documento=pedido.tipo.clave)
    return False


def _hecho(pedido: Encargo) -> Documento:
    return Documento(
        ruta=pedido.ruta,
        huella=pedido.huella,
        mime=pedido.tipo.mime,
        tamano=default_storage.size(pedido.ruta),
        hecho_en=default_storage.get_modified_time(pedido.ruta),
    )
