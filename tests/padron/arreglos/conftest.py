"""Una carga revisada de verdad, con lo que se le quiera descomponer."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from padron.consultas.arreglos import Arreglo, caso_de
from padron.consultas.filas import contexto_de
from padron.models import Carga
from padron.validacion.recetas import POR_IDENTIFICADOR
from tests.padron.carga.archivos import csv_de, personas
from tests.padron.carga.conftest import _carpeta_de_trabajo, casa, correr, entregar

__all__ = ["_carpeta_de_trabajo", "casa"]

CURP, NOMBRES, PRIMERO, SEGUNDO, NACIO, SEXO, ALCALDIA, FOLIO, MONTO = range(9)


def con_fechas_cortas(cuantas: int, cortas: int, *, semilla: int = 1) -> list[list[str]]:
    """Las primeras traen un año de dos cifras que puede ser de dos siglos, y ninguna CURP que lo diga."""
    filas = personas(cuantas, semilla=semilla)
    for i, fila in enumerate(filas[:cortas]):
        dia, mes, _anio = fila[NACIO].split("/")
        fila[CURP], fila[NACIO] = "", f"{dia}/{mes}/{10 + i:02d}"
    return filas


@pytest.fixture
def entregada(casa: SimpleNamespace) -> Callable[..., Carga]:
    def entrega(filas: list[list[str]], **otros: object) -> Carga:
        return correr(entregar(casa, csv_de(filas), **otros))

    return entrega


def de_nuevo(carga: Carga) -> Carga:
    """La vuelve a revisar hasta el final."""
    return correr(carga)


def arreglo(carga: Carga, receta: str, *, codigo: str, columna: str, forma: str, **parametros: str):
    """(contexto, arreglo) listos para ver o aplicar."""
    contexto = contexto_de(carga)
    assert contexto is not None
    caso = caso_de(contexto, codigo=codigo, columna=columna, forma=forma)
    assert caso is not None
    return contexto, Arreglo(caso, POR_IDENTIFICADOR[receta], parametros)


SIGLO = {"codigo": "fecha_anio_corto", "columna": "fecha_nacimiento", "forma": "99/99/99"}
