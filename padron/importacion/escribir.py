"""Paso 3: copiar a la base lo revisado, por pedazos. Cada pedazo y su marca, en una transacción.

Lo grande va por dos conexiones a la vez; lo chico, por la de Django. Da igual en qué momento muera el
proceso: el pedazo que no quedó marcado no quedó escrito.
"""

from __future__ import annotations

import queue
import threading
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import Sum
from psycopg import sql

from padron.estados import PasoDePasada
from padron.importacion import conexiones, pasadas, revisar, tabla, trabajo
from padron.importacion.conexiones import Turno
from padron.models import Pasada, Tramo

CONEXIONES = 2
# Desde cuántos bytes conviene abrir dos conexiones.
EN_PARALELO = 8_000_000
TROZO = 1 << 18

_HALLAZGOS = sql.SQL(
    "COPY padron_hallazgo (fila, columna, codigo, severidad, detalle, forma) FROM STDIN "
    "WITH (FORMAT csv, NULL '', FORCE_NOT_NULL (columna, detalle, forma))"
)
_ESPERA = sql.SQL(
    "COPY padron_filaenespera (fila, bloqueada, celdas) FROM STDIN WITH (FORMAT csv, NULL '')"
)


def escribir(pasada: Pasada, turno: Turno) -> bool:
    """Verdadero si se copió todo. Si la carpeta se perdió, regresa a revisar."""
    nota = trabajo.anotado(trabajo.carpeta(pasada), revisar.NOTA)
    if nota is None:
        return _volver_a_revisar(pasada)
    pendientes: queue.SimpleQueue[tuple[Tramo, Path]] = queue.SimpleQueue()
    bytes_ = 0
    for tramo in pasada.tramos.filter(hecho=False):
        ruta = Path(nota["tramos"][tramo.clase][tramo.numero])
        bytes_ += ruta.stat().st_size
        pendientes.put((tramo, ruta))
    if bytes_ < EN_PARALELO:
        _por_la_de_django(pasada, pendientes, turno)
    else:
        _por_varias(pasada, pendientes, turno)
    with transaction.atomic():
        _carga, pasada = pasadas.bloquear(pasada.pk)
        if not pasadas.en_marcha(pasada) or pasada.tramos.filter(hecho=False).exists():
            return False
        pasadas.pasar(pasada, PasoDePasada.INDEXAR, total=pasada.total)
    return True


def _volver_a_revisar(pasada: Pasada) -> bool:
    with transaction.atomic():
        _carga, pasada = pasadas.bloquear(pasada.pk)
        if not pasadas.en_marcha(pasada):
            return False
        pasadas.pasar(pasada, PasoDePasada.REVISAR)
    return True


def _por_la_de_django(
    pasada: Pasada, pendientes: queue.SimpleQueue[tuple[Tramo, Path]], turno: Turno
) -> None:
    while not pendientes.empty() and turno.sigue():
        tramo, ruta = pendientes.get()
        with transaction.atomic(), connection.cursor() as cursor:
            _copiar(cursor, pasada, tramo, ruta)
        turno.va(_copiadas(pasada), pasada.total)


def _por_varias(
    pasada: Pasada, pendientes: queue.SimpleQueue[tuple[Tramo, Path]], turno: Turno
) -> None:
    parar = threading.Event()

    def copiar_los_que_haya() -> None:
        with conexiones.conexion() as suya:
            while not parar.is_set() and turno.sigue():
                try:
                    tramo, ruta = pendientes.get_nowait()
                except queue.Empty:
                    return
                with suya.transaction(), suya.cursor() as cursor:
                    _copiar(cursor, pasada, tramo, ruta)

    with ThreadPoolExecutor(CONEXIONES) as hilos:
        copiando = {hilos.submit(copiar_los_que_haya) for _ in range(CONEXIONES)}
        while copiando:
            listos, copiando = wait(copiando, timeout=0.5, return_when=FIRST_EXCEPTION)
            if any(listo.exception() for listo in listos):
                parar.set()
            turno.va(_copiadas(pasada), pasada.total)
            for listo in listos:
                listo.result()


def _copiar(cursor: Any, pasada: Pasada, tramo: Tramo, ruta: Path) -> None:
    """Va en una transacción. Si alguien ya lo copió, no hace nada."""
    cursor.execute(
        "SET LOCAL synchronous_commit = off"
    )  # lo asegura el cambio de paso, que sí espera
    cursor.execute("SELECT set_config('sibis.pasada', %s, true)", [str(pasada.pk)])
    cursor.execute("SELECT hecho FROM padron_tramo WHERE id = %s FOR UPDATE", [tramo.pk])
    fila = cursor.fetchone()
    if fila is None or fila[0]:
        return
    with ruta.open("rb") as archivo, cursor.copy(_orden(pasada, tramo)) as copia:
        while trozo := archivo.read(TROZO):
            copia.write(trozo)
    cursor.execute(
        "UPDATE padron_tramo SET hecho = true, filas = %s WHERE id = %s",
        [cursor.rowcount, tramo.pk],
    )


def _orden(pasada: Pasada, tramo: Tramo) -> sql.Composable:
    if tramo.clase == Tramo.Clase.REGISTROS:
        return sql.SQL("COPY {} ({}) FROM STDIN WITH (FORMAT csv, NULL '')").format(
            sql.Identifier(pasada.tabla), tabla.COLUMNAS
        )
    return _HALLAZGOS if tramo.clase == Tramo.Clase.HALLAZGOS else _ESPERA


def _copiadas(pasada: Pasada) -> int:
    suma = pasada.tramos.filter(clase=Tramo.Clase.REGISTROS, hecho=True).aggregate(n=Sum("filas"))
    return suma["n"] or 0
