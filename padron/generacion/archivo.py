"""Defectos del archivo: letras que se rompieron, celdas de más y líneas que no son de nadie."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import StrEnum
from random import Random

from padron.generacion.columnas import (
    CURP,
    MONTO,
    NACIMIENTO,
    NOMBRES,
    PRIMERO,
    SEGUNDO,
    TELEFONO,
    TUTOR_NOMBRE,
)
from padron.generacion.defecto import Celdas, Defecto, Mundo, planta, rehacer_curp

DEFECTOS: dict[str, Defecto] = {}
_EL_NOMBRE = {CURP, NOMBRES, PRIMERO, SEGUNDO, NACIMIENTO}
_CON_ENIE = ("PEÑA", "MUÑOZ", "NÚÑEZ", "CASTAÑEDA", "ZÚÑIGA", "GARDUÑO", "ACUÑA")
_DESPUES_DE_TODO = TUTOR_NOMBRE + 1


def _con_enie(celdas: Celdas, dado: Random) -> None:
    """Que haya qué romper: el segundo apellido pasa a uno con Ñ y la CURP se rehace."""
    celdas[SEGUNDO] = dado.choice(_CON_ENIE)
    rehacer_curp(celdas)


@planta(DEFECTOS, usa=_EL_NOMBRE)
def letra_rota(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    """UTF-8 leído como Windows: «CASTAÑEDA» → «CASTAÃ‘EDA». Se puede deshacer con certeza."""
    _con_enie(celdas, dado)
    celdas[SEGUNDO] = celdas[SEGUNDO].encode().decode("cp1252")
    return celdas


@planta(DEFECTOS, usa=_EL_NOMBRE, tambien="curp_nombre")
def letra_perdida(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    """«PE?A»: ya no se sabe qué letra era."""
    _con_enie(celdas, dado)
    celdas[SEGUNDO] = celdas[SEGUNDO].replace("Ñ", dado.choice(("?", "\ufffd", "¥")))
    return celdas


@planta(DEFECTOS, usa={_DESPUES_DE_TODO})
def celdas_de_mas(celdas: Celdas, dado: Random, mundo: Mundo) -> Celdas:
    """Una coma sin comillas recorre lo que sigue: sobran celdas al final."""
    celdas.append(dado.choice(("VER EXPEDIENTE", "ok", "baja")))
    return celdas


# --- Líneas que no son de nadie: entran además de las pedidas


def renglon_de_total(ancho: int, total: Decimal) -> Celdas:
    linea = [""] * ancho
    linea[0], linea[MONTO] = "TOTAL", f"{total:,.2f}"
    return linea


def nota_al_pie(ancho: int) -> Celdas:
    return ["Nota: información proporcionada por las áreas operativas.", *[""] * (ancho - 1)]


def titulos(ancho: int, ejercicio: int) -> list[Celdas]:
    lineas = (
        "GOBIERNO DE LA CIUDAD DE MÉXICO",
        f"Padrón de personas beneficiarias {ejercicio}",
        "",
    )
    return [[linea, *[""] * (ancho - 1)] for linea in lineas]


# --- Formas del archivo entero


class Forma(StrEnum):
    """Cómo viene el archivo completo; se anota en la verdad con fila 0."""

    NORMAL = "normal"
    TITULOS = "titulos"
    SIN_ENCABEZADO = "sin_encabezado"
    COLUMNA_REPETIDA = "columna_repetida"
    COLUMNA_FALTANTE = "columna_faltante"

    @property
    def defecto(self) -> str:
        return "" if self in {Forma.NORMAL, Forma.TITULOS} else self.value


Lineas = Iterable[Celdas]


def como_viene(forma: Forma) -> Callable[[Lineas], Lineas]:
    """Lo que le pasa a cada línea, encabezado incluido."""
    if forma is Forma.COLUMNA_REPETIDA:
        return lambda lineas: [[*li[: TELEFONO + 1], *li[TELEFONO:]] for li in lineas]
    if forma is Forma.COLUMNA_FALTANTE:
        return lambda lineas: [[*li[:NOMBRES], *li[NOMBRES + 1 :]] for li in lineas]
    return lambda lineas: lineas
