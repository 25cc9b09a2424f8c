"""Con qué se prueban los arreglos sin base: una regla, una persona y una celda."""

from __future__ import annotations

import datetime
from decimal import Decimal

from padron.validacion.columnas.fechas import Ordenes
from padron.validacion.recetas import POR_IDENTIFICADOR, Caso, Renglon
from padron.validacion.regla import ApoyoDeRegla, Regla
from sibis.nucleo.identificadores import formar_curp

REGLA = Regla(
    "p",
    "Programa",
    2025,
    edad_min_meses=18 * 12,
    alcaldias=("09007",),
    apoyos=(ApoyoDeRegla("Apoyo mensual", maximo=Decimal(1200)),),
    hoy="2025-11-01",
)
CURP = formar_curp(
    nombres="Rosa",
    primer_apellido="Luna",
    segundo_apellido="Vega",
    nacimiento=datetime.date(1958, 3, 15),
    sexo="M",
    entidad="OC",
    homoclave="0",
)
SUYA = {"curp": CURP, "nombres": "Rosa", "primer_apellido": "Luna", "segundo_apellido": "Vega"}


def hacer(receta, texto, *, columna, otras=None, evidencia=None, **parametros):
    evidencias = {} if evidencia is None else {columna: evidencia}
    renglon = Renglon({**(otras or {}), columna: texto}, REGLA, evidencias, columna)
    return POR_IDENTIFICADOR[receta].aplicar(texto, renglon, parametros)


def caso(codigo, columna, forma="", columnas=("curp", "nombres", "fecha_nacimiento")):
    return Caso(codigo, columna, forma, REGLA, frozenset((*columnas, columna)))


DIA = Ordenes(dia_primero=True)
