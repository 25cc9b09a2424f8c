"""Renglón por renglón, con su número, aunque unas comillas abran y nunca cierren.

Lo que trae las comillas mal puestas se separa sin contarlas y se señala: un renglón malo no se lleva a
los demás.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import TextIO

from padron.lectura.modelo import Limites
from sibis.nucleo.errores import ArchivoIlegible

LINEAS = 4_096

# Su número en la hoja, sus celdas, y si sus comillas estaban mal puestas.
Renglon = tuple[int, list[str], bool]


def recorrer(archivo: TextIO, separador: str, limites: Limites) -> Iterator[Renglon]:
    """Los renglones de un texto abierto con `newline=""`, por tandas de líneas.

    Un renglón con saltos entre comillas es uno solo. Si sus comillas no cierran (o cierran mal), se vuelve
    a su primera línea, se separa tal cual y se sigue en la siguiente.
    """
    csv.field_size_limit(limites.caracteres_por_celda)
    numero, lineas = 0, []
    while True:
        nuevas = list(islice(archivo, LINEAS))
        lineas += nuevas
        if not lineas:
            return
        lugar = 0
        while lugar < len(lineas):
            lector = csv.reader(lineas[lugar:], delimiter=separador, strict=True)
            base = lugar
            try:
                for celdas in lector:
                    numero += 1
                    lugar = base + lector.line_num
                    yield numero, celdas, False
            except csv.Error as error:
                if nuevas and "unexpected end of data" in str(error):
                    break  # quizá cierran en la tanda que sigue
                numero += 1
                yield numero, _sin_contar_comillas(lineas[lugar], numero, separador, limites), True
                lugar += 1
        lineas = lineas[lugar:]


def recorrer_texto(texto: str, separador: str, limites: Limites) -> Iterator[Renglon]:
    return recorrer(io.StringIO(texto, newline=""), separador, limites)


def _sin_contar_comillas(linea: str, numero: int, separador: str, limites: Limites) -> list[str]:
    celdas = linea.rstrip("\r\n").split(separador)
    if any(len(c) > limites.caracteres_por_celda for c in celdas):
        raise ArchivoIlegible(
            f"La fila {numero} tiene una celda de más de {limites.caracteres_por_celda:,} "
            "caracteres. No se cargó nada."
        )
    return [_sin_las_de_afuera(c) for c in celdas]


def _sin_las_de_afuera(celda: str) -> str:
    if len(celda) > 1 and celda[0] == celda[-1] == '"':
        return celda[1:-1].replace('""', '"')
    return celda
