"""Dónde se escribe: CSV o libro de Excel, renglón por renglón y sin dejar archivos a medias."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TextIO

import xlsxwriter

from sibis.nucleo.errores import ErrorDeNegocio

RENGLONES_DE_EXCEL = 1_048_576
_DIA_FIJO = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)


class Escritor(Protocol):
    def escribir(self, lineas: Iterable[Sequence[object]]) -> None: ...


class _Csv:
    def __init__(self, archivo: TextIO, separador: str) -> None:
        self._escritor = csv.writer(archivo, delimiter=separador)

    def escribir(self, lineas: Iterable[Sequence[object]]) -> None:
        self._escritor.writerows(lineas)


class _Libro:
    """Todo como texto, también lo que empieza con «=»: así lo guarda quien pega desde otro sistema."""

    def __init__(self, hoja: xlsxwriter.worksheet.Worksheet) -> None:
        self._hoja = hoja
        self._fila = 0

    def escribir(self, lineas: Iterable[Sequence[object]]) -> None:
        for linea in lineas:
            if self._fila >= RENGLONES_DE_EXCEL:
                raise ErrorDeNegocio(
                    f"Una hoja de Excel no pasa de {RENGLONES_DE_EXCEL:,} renglones: pide un .csv."
                )
            for columna, celda in enumerate(linea):
                if celda != "":
                    self._hoja.write_string(self._fila, columna, str(celda))
            self._fila += 1


@contextmanager
def escritor(
    ruta: Path, *, separador: str = ",", codificacion: str = "utf-8"
) -> Iterator[Escritor]:
    """El archivo aparece con su nombre solo cuando está completo."""
    parcial = ruta.with_name(f".{ruta.name}.parcial")
    ruta.parent.mkdir(parents=True, exist_ok=True)
    try:
        if ruta.suffix.lower() == ".xlsx":
            with _libro(parcial) as salida:
                yield salida
        else:
            with parcial.open("w", encoding=codificacion, errors="replace", newline="") as archivo:
                yield _Csv(archivo, separador)
        parcial.replace(ruta)
    finally:
        parcial.unlink(missing_ok=True)


@contextmanager
def _libro(ruta: Path) -> Iterator[Escritor]:
    libro = xlsxwriter.Workbook(str(ruta), {"constant_memory": True, "strings_to_urls": False})
    try:
        libro.set_properties({"created": _DIA_FIJO})  # la misma semilla, los mismos bytes
        yield _Libro(libro.add_worksheet("Padrón"))
    finally:
        libro.close()
