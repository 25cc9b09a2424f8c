"""Una carga revisada de verdad, con lo que se le quiera descomponer."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from padron.consultas.arreglos import Arreglo, caso_de
from padron.consultas.filas import contexto_de
from padron.models import Carga
from padron.servicios import recetas
from padron.validacion.recetas import POR_IDENTIFICADOR
from tests.fabricas.cuentas import entrar
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


def siglo(carga, cual="1900"):
    return arreglo(carga, "fecha_con_siglo", **SIGLO, siglo=cual)


def aplicar(carga, el_arreglo, por, **mas):
    cuantas = recetas.aplicar(carga, el_arreglo, por=por, en_cola=False, **mas)
    return cuantas, de_nuevo(carga)


def repetidas(entregada):
    filas = personas(10)
    filas += [list(f) for f in filas[:3]]
    return entregada(filas)


def fuera(carga):
    return arreglo(carga, "dejar_fuera", codigo="fila_repetida", columna="", forma="")


def descompuesta(malas: int = 3, cuantas: int = 12, *, semilla: int = 1) -> list[list[str]]:
    """Las primeras traen una alcaldía que no es de aquí."""
    filas = personas(cuantas, semilla=semilla)
    for fila in filas[:malas]:
        fila[ALCALDIA] = "Ecatepec"
    return filas


@pytest.fixture
def carga(entregada: Callable[..., Carga]) -> Carga:
    return entregada(descompuesta())


@pytest.fixture
def enlace(client: Client, casa: SimpleNamespace) -> Client:
    entrar(client, casa.enlace)
    return client
