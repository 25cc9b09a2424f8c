"""Defectos que solo se ven al comparar renglones. El primero de la lista es el original, si lo hay."""

from __future__ import annotations

from random import Random

from padron.generacion.columnas import (
    CLABE,
    CURP,
    EDAD,
    ENTIDAD,
    ENTREGA,
    FOLIO,
    NACIMIENTO,
    NUMERO,
    SEXO,
    TELEFONO,
)
from padron.generacion.defecto import Celdas, DefectoDeGrupo, Mundo, planta_en_grupo, si_ampliado
from padron.generacion.moldes import FECHA

DEFECTOS: dict[str, DefectoDeGrupo] = {}
GENTE_CON_UN_TELEFONO = 12


@planta_en_grupo(DEFECTOS, misma_persona=True, tambien="folio_repetido persona_repetida")
def fila_repetida(filas: list[Celdas], dado: Random, mundo: Mundo) -> None:
    """Pegada dos veces: igual hasta en el número."""
    filas[1][:] = filas[0]


@planta_en_grupo(DEFECTOS, misma_persona=True)
def persona_repetida(filas: list[Celdas], dado: Random, mundo: Mundo) -> None:
    """El mismo apoyo, el mismo día, con otro folio y otro teléfono."""
    propio = {lugar: filas[1][lugar] for lugar in (NUMERO, FOLIO, TELEFONO)}
    filas[1][:] = filas[0]
    for lugar, celda in propio.items():
        filas[1][lugar] = celda


@planta_en_grupo(DEFECTOS)
def folio_repetido(filas: list[Celdas], dado: Random, mundo: Mundo) -> None:
    filas[1][FOLIO] = filas[0][FOLIO]


@planta_en_grupo(
    DEFECTOS,
    cuantos=3,
    original=False,
    tambien="curp_nombre",
    si=lambda mundo: len(mundo.moldes.entregas.cosas) >= 3,
)
def curp_de_varias(filas: list[Celdas], dado: Random, mundo: Mundo) -> None:
    """La misma clave en tres nombres, en días distintos para que no sea el mismo apoyo repetido."""
    dias = dado.sample(mundo.moldes.entregas.cosas, len(filas))
    lugares = (CURP, NACIMIENTO, SEXO, ENTIDAD, *((EDAD,) if mundo.ampliado else ()))
    for fila, dia in zip(filas, dias, strict=True):
        fila[ENTREGA] = f"{dia:{FECHA}}"
        for lugar in lugares:
            fila[lugar] = filas[0][lugar]


@planta_en_grupo(DEFECTOS, cuantos=GENTE_CON_UN_TELEFONO, original=False)
def telefono_de_muchas(filas: list[Celdas], dado: Random, mundo: Mundo) -> None:
    for fila in filas[1:]:
        fila[TELEFONO] = filas[0][TELEFONO]


@planta_en_grupo(DEFECTOS, cuantos=2, original=False, si=si_ampliado)
def clabe_de_varias(filas: list[Celdas], dado: Random, mundo: Mundo) -> None:
    filas[1][CLABE] = filas[0][CLABE]
