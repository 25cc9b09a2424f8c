"""Qué es un defecto plantado: cómo se planta, qué columnas toca y qué otros hallazgos arrastra.

Quien planta se llama como el código del hallazgo que debe encontrarlo. `tambien` son los códigos que el
mismo renglón puede dar sin remedio: una prueba los admite, no los exige.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random

from padron.generacion.columnas import CURP, EDAD, ENTREGA, NACIMIENTO, NOMBRES, PRIMERO, SEGUNDO
from padron.generacion.moldes import FECHA, Moldes
from padron.generacion.reglamento import Reglamento
from sibis.nucleo.edades import edad_en_meses
from sibis.nucleo.identificadores import digito_verificador, formar_curp

Celdas = list[str]
# Nunca la trae un renglón limpio: una CURP rehecha no choca con la de otra persona.
_HOMOCLAVES = {False: "9", True: "Z"}


@dataclass(frozen=True, slots=True)
class Mundo:
    """Lo que hay que saber además del renglón."""

    reglamento: Reglamento
    moldes: Moldes
    ampliado: bool


Plantar = Callable[[Celdas, Random, Mundo], Celdas]
PlantarEnGrupo = Callable[[list[Celdas], Random, Mundo], None]
Cabe = Callable[[Mundo], bool]


def siempre(_: Mundo) -> bool:
    return True


def si_ampliado(mundo: Mundo) -> bool:
    return mundo.ampliado


def si_hay_montos(mundo: Mundo) -> bool:
    return all(apoyo.maximo is not None for apoyo in mundo.reglamento.apoyos)


def si_hay_minimos(mundo: Mundo) -> bool:
    return all((apoyo.minimo or 0) > 1 for apoyo in mundo.reglamento.apoyos)


def si_hay_catalogo_de_colonias(mundo: Mundo) -> bool:
    return mundo.reglamento.hay_catalogo_de_colonias


@dataclass(frozen=True, slots=True)
class Defecto:
    """En un solo renglón. `usa`: las columnas que cambia y las que hacen falta para notarlo."""

    codigo: str
    plantar: Plantar
    usa: frozenset[int]
    tambien: frozenset[str]
    cabe: Cabe


@dataclass(frozen=True, slots=True)
class DefectoDeGrupo:
    """En varios renglones. Con `original`, el primero de la lista es uno limpio que no se toca."""

    codigo: str
    plantar: PlantarEnGrupo
    cuantos: int
    original: bool
    misma_persona: bool
    tambien: frozenset[str]
    cabe: Cabe


def planta(
    tabla: dict[str, Defecto], *, usa: Iterable[int], tambien: str = "", si: Cabe = siempre
) -> Callable[[Plantar], Plantar]:
    """Inscribe la función en la tabla con su propio nombre."""

    def inscribir(plantar: Plantar) -> Plantar:
        codigo = plantar.__name__
        tabla[codigo] = Defecto(codigo, plantar, frozenset(usa), frozenset(tambien.split()), si)
        return plantar

    return inscribir


def planta_en_grupo(
    tabla: dict[str, DefectoDeGrupo],
    *,
    cuantos: int = 1,
    original: bool = True,
    misma_persona: bool = False,
    tambien: str = "",
    si: Cabe = siempre,
) -> Callable[[PlantarEnGrupo], PlantarEnGrupo]:
    def inscribir(plantar: PlantarEnGrupo) -> PlantarEnGrupo:
        codigo = plantar.__name__
        tabla[codigo] = DefectoDeGrupo(
            codigo, plantar, cuantos, original, misma_persona, frozenset(tambien.split()), si
        )
        return plantar

    return inscribir


# --- Lo que varias plantas hacen con un renglón limpio


def dia_de(texto: str) -> datetime.date:
    """De «dd/mm/aaaa», que es como los escribe un renglón limpio."""
    return datetime.date(int(texto[6:]), int(texto[3:5]), int(texto[:2]))


def con_digito(curp: str) -> str:
    """Los 17 primeros y el dígito que les toca: el defecto es otro."""
    return curp[:17] + digito_verificador(curp[:17])


def rehacer_curp(
    celdas: Celdas, *, nacimiento: datetime.date | None = None, sexo: str | None = None
) -> None:
    """La CURP, la fecha y la edad de otra persona con ese nombre: el renglón sigue de acuerdo consigo."""
    anterior = celdas[CURP]
    nacio = nacimiento or dia_de(celdas[NACIMIENTO])
    celdas[CURP] = formar_curp(
        nombres=celdas[NOMBRES],
        primer_apellido=celdas[PRIMERO],
        segundo_apellido=celdas[SEGUNDO],
        nacimiento=nacio,
        sexo=sexo or anterior[10],
        entidad=anterior[11:13],
        homoclave=_HOMOCLAVES[nacio.year >= 2000],
    )
    celdas[NACIMIENTO] = f"{nacio:{FECHA}}"
    if len(celdas) > EDAD:
        celdas[EDAD] = str(edad_en_meses(nacio, al=dia_de(celdas[ENTREGA])) // 12)


def distinto(dado: Random, opciones: Iterable[str], de: str) -> str:
    """Una de las opciones que no sea la que ya está."""
    return dado.choice([opcion for opcion in opciones if opcion != de])


def menos_meses(dia: datetime.date, meses: int) -> datetime.date:
    """El mismo día, o el 28, de tantos meses antes."""
    total = dia.year * 12 + dia.month - 1 - meses
    return datetime.date(total // 12, total % 12 + 1, min(dia.day, 28))
