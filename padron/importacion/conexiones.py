"""Conexiones propias a la base, fuera de las de Django: para copiar por dos a la vez y para el turno."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from types import TracebackType

import psycopg
from django.db import connection

from padron.estados import EstadoPasada

SEGUNDOS_ENTRE_SENALES = 1.0


def abrir(*, autocommit: bool = False) -> psycopg.Connection:
    """Con los mismos datos que la de Django y sin su reserva."""
    datos = connection.get_connection_params()
    for de_django in ("cursor_factory", "context", "prepare_threshold", "autocommit", "pool"):
        datos.pop(de_django, None)
    datos["application_name"] = "sibis-padron"
    return psycopg.connect(**datos, autocommit=autocommit)


@contextmanager
def conexion() -> Iterator[psycopg.Connection]:
    suya = abrir()
    try:
        yield suya
    finally:
        suya.close()


class Turno:
    """El derecho a mover una pasada, de un proceso a la vez.

    Es un candado de la sesión: si el proceso muere, PostgreSQL lo suelta. Por la misma conexión se da
    señal de vida y se mira si alguien pidió parar, una vez por segundo; sirve desde cualquier hilo.
    """

    def __init__(self, pasada_id: int) -> None:
        self.pasada_id = pasada_id
        self.es_mio = False
        self._una = threading.Lock()
        self._senal = self._mirada = 0.0
        self._sigue = True

    def __enter__(self) -> Turno:
        with ExitStack() as pila:
            self._con = pila.enter_context(closing(abrir(autocommit=True)))
            self._con.execute("SET lock_timeout = '2s'")
            fila = self._con.execute(
                "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))",
                [f"padron.pasada.{self.pasada_id}"],
            ).fetchone()
            self.es_mio = bool(fila and fila[0])
            pila.pop_all()
        return self

    def __exit__(
        self,
        tipo: type[BaseException] | None,
        valor: BaseException | None,
        traza: TracebackType | None,
    ) -> None:
        self._con.close()

    def sigue(self) -> bool:
        """Falso si alguien la pausó o la canceló. No se ve desde fuera mientras no se confirme: sigue."""
        with self._una:
            if time.monotonic() - self._mirada >= SEGUNDOS_ENTRE_SENALES:
                fila = self._con.execute(
                    "SELECT estado FROM padron_pasada WHERE id = %s", [self.pasada_id]
                ).fetchone()
                self._sigue = fila is None or fila[0] == EstadoPasada.EN_MARCHA
                self._mirada = time.monotonic()
            return self._sigue

    def va(self, hechas: int, total: int) -> None:
        """Cuánto lleva. Si el renglón está ocupado no espera: la siguiente señal lo dirá."""
        with self._una:
            if time.monotonic() - self._senal < SEGUNDOS_ENTRE_SENALES:
                return
            self._senal = time.monotonic()
            self._con.execute(
                "UPDATE padron_pasada SET hechas = least(%(hechas)s, %(total)s), total = %(total)s, "
                "latido = now() WHERE id = (SELECT id FROM padron_pasada "
                "WHERE id = %(id)s AND estado = 'en_marcha' FOR UPDATE SKIP LOCKED)",
                {"hechas": hechas, "total": total, "id": self.pasada_id},
            )
