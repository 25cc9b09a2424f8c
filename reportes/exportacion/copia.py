"""De PostgreSQL a la red sin pasar por Python renglón a renglón: COPY escribe el archivo y aquí solo
se juntan sus pedazos.

La memoria es la de un bloque, sea de mil renglones o de un millón. Si quien descarga se va, la
consulta se cancela y la conexión vuelve sana a la reserva.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import cache

from django.conf import settings
from django.db import connection, transaction
from psycopg.abc import PQGen
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGconn
from psycopg.waiting import Wait

BLOQUE = 64 * 1024
MARCA_UTF8 = b"\xef\xbb\xbf"  # sin ella Excel lee mal los acentos
# Segundos para una descarga entera: cuenta también lo que tarda en recibirla quien la pidió.
TIEMPO_MAXIMO = 600
ESPERA = 20  # segundos para que se desocupe un lugar


def csv_de(consulta: str, *, marca: bool = False) -> Iterator[bytes]:
    """La consulta como CSV con encabezado (RFC 4180, UTF-8), en bloques."""
    if marca:
        yield MARCA_UTF8
    yield from _bloques(f"COPY ({consulta}) TO STDOUT WITH (FORMAT csv, HEADER true)")


def geojson_de(consulta: str, encabezado: bytes = b"") -> Iterator[bytes]:
    """Una FeatureCollection con un rasgo por renglón; `encabezado` son sus otros miembros."""
    yield b'{"type":"FeatureCollection",' + encabezado + b'"features":['
    hay = False
    for bloque in _bloques(f"COPY ({consulta}) TO STDOUT"):
        # COPY termina cada renglón con salto y dobla las diagonales; el JSON no trae otros saltos.
        rasgos = bloque.removesuffix(b"\n").replace(b"\\\\", b"\\").replace(b"\n", b",\n")
        yield b",\n" + rasgos if hay else rasgos
        hay = True
    yield b"]}\n"


def _bloques(orden: str) -> Iterator[bytes]:
    """Renglones enteros, juntos hasta llenar un bloque: un bloque nunca parte un renglón."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{TIEMPO_MAXIMO}s"])
        with cursor.copy(orden) as copia:
            bloque, hay_mas = b"", True
            while hay_mas:
                bloque, hay_mas = copia.connection.wait(_siguiente(copia.connection.pgconn))
                if bloque:
                    yield bloque


def _siguiente(conexion: PGconn) -> PQGen[tuple[bytes, bool]]:
    """Un bloque y si falta más. Toma de libpq lo que ya llegó y solo espera cuando no hay nada.

    Recorrer la copia de psycopg hace lo mismo, con una espera por renglón: el doble de procesador.
    """
    bloque = bytearray()
    while len(bloque) < BLOQUE:
        cuantos, renglon = conexion.get_copy_data(1)
        if cuantos > 0:
            bloque += renglon
        elif cuantos == 0:
            yield Wait.R
            conexion.consume_input()
        else:
            _exigir_que_acabara_bien(conexion)
            return bytes(bloque), False
    return bytes(bloque), True


def _exigir_que_acabara_bien(conexion: PGconn) -> None:
    """Si el servidor cortó a la mitad, el archivo no puede parecer entero."""
    malo = None
    while (resultado := conexion.get_result()) is not None:  # hasta el último, o no queda libre
        if resultado.status == ExecStatus.FATAL_ERROR:
            malo = resultado
    if malo is not None:
        raise error_from_result(malo)


class Descarga:
    """Los bloques de un archivo. Ocupa su lugar desde el primero y lo suelta pase lo que pase."""

    def __init__(self, bloques: Iterator[bytes], *, al_completar: Callable[[int], None]) -> None:
        self._bloques = bloques
        self._al_completar = al_completar
        self._bytes = 0
        self._en_su_lugar = False

    def __iter__(self) -> Descarga:
        return self

    def __next__(self) -> bytes:
        if not self._bytes:
            self._ocupar()
        try:
            bloque = next(self._bloques)
        except StopIteration:
            self._al_completar(self._bytes)
            self.close()
            raise
        self._bytes += len(bloque)
        return bloque

    def close(self) -> None:
        """Django la llama al cerrar la respuesta; cancela lo que falte y suelta el lugar."""
        self._bloques.close()  # type: ignore[attr-defined]
        if self._en_su_lugar:
            self._en_su_lugar = False
            _lugares().release()

    def _ocupar(self) -> None:
        """Otra pudo ganar el lugar después de `hay_lugar`: se espera un poco antes de cortar."""
        if not self._en_su_lugar:
            if not _lugares().acquire(timeout=ESPERA):
                raise DemasiadasDescargas
            self._en_su_lugar = True


class DemasiadasDescargas(Exception):
    """Los lugares no se desocuparon a tiempo."""


def hay_lugar() -> bool:
    """Falso si ya hay bastantes descargas: cada una ocupa una conexión y el sitio necesita las demás."""
    hay = _lugares().acquire(blocking=False)
    if hay:
        _lugares().release()
    return hay


@cache
def _lugares() -> threading.BoundedSemaphore:
    return threading.BoundedSemaphore(settings.DATOS_A_LA_VEZ)
