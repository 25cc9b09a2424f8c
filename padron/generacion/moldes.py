"""Lo que se calcula una vez para inventar un millón de personas: letras de CURP, pesos y fechas.

Cada molde trae lo que su parte suma al dígito verificador: así una CURP cuesta seis sumas.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Generic, NamedTuple, TypeVar

from padron.generacion import nombres_comunes
from padron.generacion.lugares import ALCALDIAS, codigo_postal
from padron.generacion.reglamento import ApoyoInventado, Reglamento
from sibis.nucleo.edades import edad_en_meses
from sibis.nucleo.entidades import ENTIDADES
from sibis.nucleo.identificadores import raiz_y_consonantes

T = TypeVar("T")

VALOR = {c: i for i, c in enumerate("0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ")}
SEXOS = {"M": "MUJER", "H": "HOMBRE", "X": "X"}
NOMBRES_DE_ENTIDAD = {e.clave: e.nombre.upper() for e in ENTIDADES} | {"MC": "ESTADO DE MÉXICO"}
FECHA = "%d/%m/%Y"

_CERCA_DEL_PRIMERO = 4
_LOS_QUE_SE_JUNTAN = 45
_SIN_SEGUNDO = 0.03
# Hasta esta edad, cuánta gente. Una pirámide creíble, no el censo.
_PIRAMIDE = ((18, 100), (30, 108), (45, 104), (60, 80), (70, 48), (80, 24), (90, 8), (130, 1))
_DE_LA_CIUDAD = {"DF": 620, "MC": 120, "PL": 40, "OC": 36, "VZ": 34, "HG": 30, "GR": 24}
_DE_OTRA_ENTIDAD = 5


class Molde(NamedTuple, Generic[T]):
    """Qué hay y, acumulado, cuánto toca a cada cosa."""

    cosas: Sequence[T]
    pesos: Sequence[float]

    def sacar(self, dado: Random, cuantas: int) -> list[T]:
        return dado.choices(self.cosas, cum_weights=self.pesos, k=cuantas)


class Apellido(NamedTuple):
    texto: str
    letra: str
    vocal: str
    consonante: str
    como_primero: int
    como_segundo: int


class Nombre(NamedTuple):
    texto: str
    letra: str
    consonante: str
    suma: int


class Fecha(NamedTuple):
    dia: datetime.date
    texto: str
    en_curp: str
    suma: int
    es_de_este_siglo: bool


class Lugar(NamedTuple):
    alcaldia: str
    colonia: str
    postal: str
    clave: str


@dataclass(frozen=True, slots=True)
class Moldes:
    mujeres: Molde[Nombre]
    hombres: Molde[Nombre]
    apellidos: Molde[Apellido]
    segundos: Molde[Apellido]
    nacimientos: Molde[Fecha]
    sexos: Molde[str]
    entidades: Molde[str]
    homoclaves: Molde[int]
    lugares: Molde[Lugar]
    apoyos: Molde[tuple[str, str]]
    entregas: Molde[datetime.date]


def moldes_de(reglamento: Reglamento) -> Moldes:
    apellidos = [_apellido(t) for t in nombres_comunes.APELLIDOS]
    compuestos = [_apellido(t) for t in nombres_comunes.APELLIDOS_COMPUESTOS]
    pesos = [*_zipf(len(apellidos)), *(w / 6 for w in _zipf(len(compuestos)))]
    todos = _molde([*apellidos, *compuestos], pesos)
    sin_segundo = todos.pesos[-1] * _SIN_SEGUNDO
    return Moldes(
        mujeres=_nombres(nombres_comunes.MUJERES, nombres_comunes.MUJERES_COMPUESTOS),
        hombres=_nombres(nombres_comunes.HOMBRES, nombres_comunes.HOMBRES_COMPUESTOS),
        apellidos=todos,
        segundos=_molde([*todos.cosas, _sin_apellido()], [*pesos, sin_segundo]),
        nacimientos=_nacimientos(reglamento),
        sexos=_sexos(reglamento),
        entidades=_molde(
            [e.clave for e in ENTIDADES],
            [_DE_LA_CIUDAD.get(e.clave, _DE_OTRA_ENTIDAD) for e in ENTIDADES],
        ),
        homoclaves=_molde([0, 1, 2], [95, 4, 1]),
        lugares=_lugares(reglamento),
        apoyos=_parejo([par for a in reglamento.apoyos for par in _montos(a)]),
        entregas=_parejo(_dias(reglamento.entregas_desde, reglamento.entregas_hasta)),
    )


def _molde(cosas: Sequence[T], pesos: Iterable[float]) -> Molde[T]:
    return Molde(cosas, list(accumulate(pesos)))


def _parejo(cosas: Sequence[T]) -> Molde[T]:
    return _molde(cosas, [1] * len(cosas))


def _zipf(cuantos: int) -> list[float]:
    """El segundo se oye casi la mitad que el primero, el tercero un tercio…"""
    return [1 / (lugar + _CERCA_DEL_PRIMERO) for lugar in range(cuantos)]


def _apellido(texto: str) -> Apellido:
    raiz, consonantes = raiz_y_consonantes("A", texto)
    letra, vocal, consonante = raiz[0], raiz[1], consonantes[0]
    primero = VALOR[letra] * 18 + VALOR[vocal] * 17 + VALOR[consonante] * 5
    segundo = VALOR[letra] * 16 + VALOR[consonante] * 4
    return Apellido(texto, letra, vocal, consonante, primero, segundo)


def _sin_apellido() -> Apellido:
    return Apellido("", "X", "X", "X", 0, VALOR["X"] * 20)


def _nombre(texto: str) -> Nombre:
    raiz, consonantes = raiz_y_consonantes(texto, "A")
    letra, consonante = raiz[3], consonantes[2]
    return Nombre(texto, letra, consonante, VALOR[letra] * 15 + VALOR[consonante] * 3)


def _nombres(sencillos: Sequence[str], compuestos: Sequence[str]) -> Molde[Nombre]:
    """Uno solo, dos juntos o uno hecho; de cada clase, más o menos lo que se ve en una lista."""
    pesos = dict(zip(sencillos, _zipf(len(sencillos)), strict=True))
    comunes = sencillos[:_LOS_QUE_SE_JUNTAN]
    juntos = {f"{a} {b}": pesos[a] * pesos[b] for a in comunes for b in comunes if a != b}
    hechos = dict.fromkeys(compuestos, 1.0)
    todos: dict[str, float] = {}
    for grupo, parte in ((pesos, 0.55), (juntos, 0.38), (hechos, 0.07)):
        entre = sum(grupo.values())
        for texto, peso in grupo.items():
            todos[texto] = todos.get(texto, 0) + parte * peso / entre
    return _molde([_nombre(t) for t in todos], todos.values())


def fecha(dia: datetime.date) -> Fecha:
    en_curp = f"{dia:%y%m%d}"
    suma = sum(int(cifra) * (14 - i) for i, cifra in enumerate(en_curp))
    return Fecha(dia, f"{dia:{FECHA}}", en_curp, suma, dia.year >= 2000)


def _nacimientos(reglamento: Reglamento) -> Molde[Fecha]:
    dias = reglamento.nacimientos()
    pesos = []
    for dia in dias:
        edad = edad_en_meses(dia, al=reglamento.entregas_hasta) // 12
        pesos.append(next(peso for hasta, peso in _PIRAMIDE if edad < hasta))
    return _molde([fecha(dia) for dia in dias], pesos)


def _sexos(reglamento: Reglamento) -> Molde[str]:
    if reglamento.sexo:
        return _parejo([reglamento.sexo])
    return _molde(["M", "H", "X"], [5600, 4395, 5])


def _lugares(reglamento: Reglamento) -> Molde[Lugar]:
    lugares: list[Lugar] = []
    pesos: list[float] = []
    for alcaldia in ALCALDIAS:
        if reglamento.alcaldias and alcaldia.clave not in reglamento.alcaldias:
            continue
        colonias = reglamento.colonias.get(alcaldia.clave) or alcaldia.colonias
        for lugar, colonia in enumerate(colonias):
            postal = codigo_postal(alcaldia, lugar)
            lugares.append(Lugar(alcaldia.nombre, colonia.upper(), postal, alcaldia.clave))
            pesos.append(alcaldia.peso / len(colonias))
    return _molde(lugares, pesos)


def _montos(apoyo: ApoyoInventado) -> list[tuple[str, str]]:
    montos = sorted({m for m in (apoyo.minimo, apoyo.maximo) if m is not None})
    return [(apoyo.modalidad, f"{m:,.2f}") for m in montos] or [(apoyo.modalidad, "")]


def _dias(desde: datetime.date, hasta: datetime.date) -> list[datetime.date]:
    return [desde + datetime.timedelta(days=n) for n in range((hasta - desde).days + 1)]
