"""Renglón por renglón, con su número, aunque unas comillas abran y nunca cierren.

Lo que trae las comillas mal puestas se separa sin contarlas y se señala: un renglón malo no se lleva a
los demás.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple, TextIO

from padron.lectura.modelo import Limites
from sibis.nucleo.errores import ArchivoIlegible

LARGO_DE_LINEA = 1 << 20


class Renglon(NamedTuple):
    numero: int
    celdas: list[str]
    comillas_sueltas: bool


class Renglones:
    """Recorre un texto. La memoria no pasa de un renglón (o de lo que unas comillas alcancen a abrir)."""

    def __init__(self, archivo: TextIO, separador: str, limites: Limites) -> None:
        self._archivo = archivo
        self._separador = separador
        self._limites = limites
        self._pendientes: deque[str] = deque()
        self._gastadas: list[str] = []

    @classmethod
    def de_texto(cls, texto: str, separador: str, limites: Limites) -> Renglones:
        return cls(io.StringIO(texto, newline=""), separador, limites)

    def __iter__(self) -> Iterator[Renglon]:
        csv.field_size_limit(self._limites.caracteres_por_celda)
        numero = 0
        lector = self._lector()
        gastadas = self._gastadas
        while True:
            try:
                for celdas in lector:
                    numero += 1
                    gastadas.clear()
                    yield Renglon(numero, celdas, False)
                return
            except csv.Error:
                numero += 1
                yield Renglon(numero, self._sin_comillas(numero), True)
                lector = self._lector()

    def _lector(self) -> Iterator[list[str]]:
        return csv.reader(self._lineas(), delimiter=self._separador, strict=True)

    def _lineas(self) -> Iterator[str]:
        """Las devueltas primero. Se anota lo gastado, por si hay que devolverlo."""
        while self._pendientes:
            linea = self._pendientes.popleft()
            self._gastadas.append(linea)
            yield linea
        leer, anotar = self._archivo.readline, self._gastadas.append
        while linea := leer(LARGO_DE_LINEA):
            if len(linea) == LARGO_DE_LINEA:
                raise ArchivoIlegible(
                    "El archivo tiene un renglón de más de un millón de caracteres: está dañado o no es "
                    "una tabla. No se cargó nada."
                )
            anotar(linea)
            yield linea

    def _sin_comillas(self, numero: int) -> list[str]:
        """La primera línea del renglón que falló, separada tal cual; las demás vuelven a leerse."""
        primera, *otras = self._gastadas
        self._pendientes.extendleft(reversed(otras))
        self._gastadas.clear()
        celdas = primera.rstrip("\r\n").split(self._separador)
        if any(len(c) > self._limites.caracteres_por_celda for c in celdas):
            raise ArchivoIlegible(
                f"La fila {numero} tiene una celda de más de {self._limites.caracteres_por_celda:,} "
                "caracteres. No se cargó nada."
            )
        return [_sin_las_de_afuera(c) for c in celdas]


def _sin_las_de_afuera(celda: str) -> str:
    if len(celda) > 1 and celda[0] == celda[-1] == '"':
        return celda[1:-1].replace('""', '"')
    return celda
