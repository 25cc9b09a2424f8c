"""Preguntarle a clamd por un archivo, a trozos, sin escribirlo en ningún lado.

Habla su protocolo (INSTREAM, man clamd): un socket y veinte renglones, en vez de una biblioteca
abandonada. Sin `SIBIS_CLAMD` no hay antivirus y se dice; con él y sin respuesta, nada pasa.
"""

from __future__ import annotations

import socket
import struct
from enum import StrEnum
from typing import BinaryIO

import structlog
from django.conf import settings

registro = structlog.get_logger(__name__)

_TROZO = 1 << 16
_ESPERA = 15  # segundos por operación


class Veredicto(StrEnum):
    SIN_ANTIVIRUS = "sin_antivirus"
    LIMPIO = "limpio"
    INFECTADO = "infectado"
    SIN_RESPUESTA = "sin_respuesta"


def revisar(archivo: BinaryIO) -> Veredicto:
    """Lee el archivo entero y lo deja al principio."""
    if not settings.CLAMD:
        return Veredicto.SIN_ANTIVIRUS
    archivo.seek(0)
    try:
        respuesta = _preguntar(archivo)
    except OSError as error:  # caído, lleno o sin contestar a tiempo
        registro.warning("antivirus_sin_respuesta", clase=type(error).__name__)
        return Veredicto.SIN_RESPUESTA
    finally:
        archivo.seek(0)
    if respuesta.endswith(b" OK"):
        return Veredicto.LIMPIO
    if respuesta.endswith(b" FOUND"):
        return Veredicto.INFECTADO
    registro.warning("antivirus_con_error", respuesta=respuesta[:80].decode("ascii", "replace"))
    return Veredicto.SIN_RESPUESTA


def _preguntar(archivo: BinaryIO) -> bytes:
    with _conectar(settings.CLAMD) as enchufe:
        enchufe.sendall(b"zINSTREAM\0")
        while trozo := archivo.read(_TROZO):
            enchufe.sendall(struct.pack("!I", len(trozo)) + trozo)
        enchufe.sendall(struct.pack("!I", 0))
        respuesta = b""
        while not respuesta.endswith(b"\0") and len(respuesta) < 4096:
            parte = enchufe.recv(1024)
            if not parte:
                break
            respuesta += parte
    return respuesta.rstrip(b"\0\n")


def _conectar(donde: str) -> socket.socket:
    """«/run/clamav/clamd.ctl», o «anfitrion:3310»."""
    if donde.startswith("/"):
        enchufe = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        enchufe.settimeout(_ESPERA)
        try:
            enchufe.connect(donde)
        except OSError:
            enchufe.close()
            raise
        return enchufe
    anfitrion, _dos_puntos, puerto = donde.rpartition(":")
    return socket.create_connection((anfitrion, int(puerto)), timeout=_ESPERA)
