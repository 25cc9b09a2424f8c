"""Lo publicado, en memoria de cada proceso y en bits: filtrar y contar es intersecar conjuntos.

La regla n de la lista es el bit n de cada conjunto. Con 5,000 reglas un conjunto son 625 bytes, así
que contar todas las facetas cuesta décimas de milisegundo. Lo que se busca con palabras lo sigue
encontrando PostgreSQL (consultas/busqueda.py).

Nunca enseña algo viejo: los disparadores de la migración 0006 cambian `RevisionDelPortal` en la
misma transacción que cambia una ficha, una convocatoria o un catálogo, y cada petición la pregunta.
"""

from __future__ import annotations

import datetime
import zlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db import connection

from programas.consultas.ventanas import Llave, Plazo, Ventana, plazos, proximo_cambio, ventana
from programas.models import FichaPublica

Conjunto = int  # el bit n dice si la regla n está
_BITS_DE_HUELLA: Final = 1024

_SQL_NOMBRES = """
    SELECT 'derecho', clave, nombre FROM programas_derechosocial
    UNION ALL SELECT 'grupo', clave, nombre FROM programas_grupoprioritario
    UNION ALL SELECT 'apoyo', clave, nombre FROM programas_tipodeapoyo
    UNION ALL SELECT 'alcaldia', clave, nombre FROM territorio_alcaldia
    UNION ALL SELECT 'dependencia', clave, nombre FROM cuentas_dependencia
"""
_COLUMNAS = (
    "regla_id",
    "programa_id",
    "ejercicio",
    "es_ultima",
    "nombre_comparable",
    "tipo",
    "dependencia",
    "derechos",
    "grupos",
    "apoyos",
    "alcaldias",
)


@dataclass(frozen=True, slots=True)
class Estados:
    """Qué reglas están hoy en cada estado, hasta el siguiente momento en que algo abre o cierra."""

    conjuntos: Mapping[str, Conjunto]
    vale_hasta: datetime.datetime | None
    calculado: datetime.datetime

    def vale(self, ahora: datetime.datetime) -> bool:
        return self.calculado <= ahora and (self.vale_hasta is None or ahora < self.vale_hasta)


@dataclass(slots=True)
class Indice:
    """Las fichas públicas de una revisión. De la más reciente a la más antigua, y por nombre."""

    revision: int
    nombres: dict[str, dict[str, str]]
    plazos: dict[Llave, list[Plazo]]
    reglas: list[int] = field(default_factory=list)
    llaves: list[Llave] = field(default_factory=list)
    comparables: list[str] = field(default_factory=list)
    lugar: dict[int, int] = field(default_factory=dict)  # regla → bit
    ejercicios: dict[int, tuple[int, ...]] = field(default_factory=dict)  # programa → años
    facetas: dict[str, dict[str, Conjunto]] = field(default_factory=dict)
    ultimas: Conjunto = 0
    de_toda_la_ciudad: Conjunto = 0
    # (regla, idioma) → lo que de ella enseña una lista; lo llena consultas/resultados.py.
    renglones: dict[tuple[int, str], Any] = field(default_factory=dict)
    _palabras: tuple[list[str], list[Conjunto]] | None = None
    _huellas: dict[int, int] = field(default_factory=dict)
    _estados: Estados | None = None

    @property
    def todas(self) -> Conjunto:
        return (1 << len(self.reglas)) - 1

    def conjunto(self, reglas: Iterable[int]) -> Conjunto:
        """El de esas llaves; una que aún no está en esta revisión no cuenta."""
        lugares = (self.lugar.get(regla) for regla in reglas)
        return _conjunto([n for n in lugares if n is not None], len(self.reglas))

    def estados(self, ahora: datetime.datetime) -> Mapping[str, Conjunto]:
        """El conjunto de cada estado a esa hora; se rehace cuando algo abre o cierra."""
        estados = self._estados
        if estados is None or not estados.vale(ahora):
            estados = self._estados = self._calcular_estados(ahora)
        return estados.conjuntos

    def _calcular_estados(self, ahora: datetime.datetime) -> Estados:
        lugares: dict[str, list[int]] = defaultdict(list)
        for n, llave in enumerate(self.llaves):
            lugares[ventana(self.plazos.get(llave, ()), ahora).estado].append(n)
        cuantas = len(self.reglas)
        return Estados(
            {estado: _conjunto(suyos, cuantas) for estado, suyos in lugares.items()},
            proximo_cambio((p for suyos in self.plazos.values() for p in suyos), ahora),
            ahora,
        )

    def que_empiezan(self, principio: str) -> Conjunto:
        """Las reglas con alguna palabra del nombre que empieza así."""
        if self._palabras is None:
            self._palabras = _palabras_de(self.comparables)
        palabras, conjuntos = self._palabras
        desde = bisect_left(palabras, principio)
        hasta = bisect_left(palabras, f"{principio}\x7f", desde)
        return reduce(or_, conjuntos[desde:hasta], 0)

    def ventana(self, llave: Llave, ahora: datetime.datetime) -> Ventana:
        return ventana(self.plazos.get(llave, ()), ahora)

    def huella(self, n: int) -> int:
        """La del nombre de la regla n, calculada la primera vez que se compara."""
        huella = self._huellas.get(n)
        if huella is None:
            huella = self._huellas[n] = huella_de_texto(self.comparables[n])
        return huella


def _palabras_de(nombres: list[str]) -> tuple[list[str], list[Conjunto]]:
    """Las palabras de los nombres, en orden alfabético, cada una con las reglas que la llevan."""
    lugares: dict[str, list[int]] = defaultdict(list)
    for n, nombre in enumerate(nombres):
        for palabra in nombre.split():
            lugares[palabra].append(n)
    palabras = sorted(lugares)
    return palabras, [_conjunto(lugares[palabra], len(nombres)) for palabra in palabras]


def huella_de_texto(texto: str) -> int:
    """Sus tríos de letras en bits: dos textos parecidos comparten muchos."""
    huella = 0
    for palabra in texto.split():
        marcada = f"  {palabra} "
        for i in range(len(marcada) - 2):
            trio = marcada[i : i + 3].encode("ascii", "replace")
            huella |= 1 << zlib.crc32(trio) % _BITS_DE_HUELLA
    return huella


def parecido(una: int, otra: int) -> float:
    """De 0 a 1: qué parte de los tríos de letras de ambos textos es de los dos."""
    juntas = (una | otra).bit_count()
    return (una & otra).bit_count() / juntas if juntas else 0.0


def lugares(conjunto: Conjunto) -> Iterator[int]:
    """Los bits encendidos, del primero al último."""
    cifras = bin(conjunto)[:1:-1]
    n = cifras.find("1")
    while n >= 0:
        yield n
        n = cifras.find("1", n + 1)


def _conjunto(encendidos: Iterable[int], cuantas: int) -> Conjunto:
    octetos = bytearray(cuantas // 8 + 1)
    for n in encendidos:
        octetos[n >> 3] |= 1 << (n & 7)
    return int.from_bytes(octetos, "little")


@dataclass(frozen=True, slots=True)
class Momento:
    """Lo que hay que preguntar en cada petición: qué revisión rige, qué vocabulario y qué hora es."""

    revision: int
    vocabulario: int
    ahora: datetime.datetime


def momento() -> Momento:
    """La hora es la de la base: la misma para todos los procesos."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce((SELECT numero FROM programas_revisiondelportal), 0),"
            " coalesce((SELECT version FROM programas_vocabulario), 0), now()"
        )
        return Momento(*cursor.fetchone())


_INDICE: Indice | None = None


def indice(revision: int) -> Indice:
    """El de este proceso, si es de esa revisión; si no, uno nuevo."""
    global _INDICE
    actual = _INDICE
    if actual is None or actual.revision != revision:
        actual = _INDICE = _cargar(revision)
    return actual


def _cargar(revision: int) -> Indice:
    """Si algo cambia mientras se lee, la siguiente petición trae otra revisión y se vuelve a leer."""
    nuevo = Indice(revision, _nombres(), plazos())
    lugares: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    anios: dict[int, list[int]] = defaultdict(list)
    de_la_ciudad: list[int] = []
    ultimas: list[int] = []
    fichas = FichaPublica.objects.order_by("-ejercicio", "nombre_comparable", "regla_id")
    for n, ficha in enumerate(fichas.values_list(*_COLUMNAS).iterator(chunk_size=2000)):
        regla, programa, ejercicio, es_ultima, comparable, tipo, dependencia, *listas = ficha
        nuevo.reglas.append(regla)
        nuevo.llaves.append((programa, ejercicio))
        nuevo.comparables.append(comparable)
        nuevo.lugar[regla] = n
        anios[programa].append(ejercicio)
        if es_ultima:
            ultimas.append(n)
        if not listas[-1]:
            de_la_ciudad.append(n)
        for faceta, claves in zip(_LISTAS, listas, strict=True):
            for clave in claves:
                lugares[faceta][clave].append(n)
        lugares["tipo"][tipo].append(n)
        lugares["dependencia"][dependencia].append(n)
        lugares["ejercicio"][str(ejercicio)].append(n)
    return _cerrar(nuevo, lugares, anios, ultimas=ultimas, de_la_ciudad=de_la_ciudad)


_LISTAS = ("derecho", "grupo", "apoyo", "alcaldia")


def _cerrar(
    nuevo: Indice,
    lugares: Mapping[str, Mapping[str, list[int]]],
    anios: Mapping[int, list[int]],
    *,
    ultimas: list[int],
    de_la_ciudad: list[int],
) -> Indice:
    """De listas de lugares a conjuntos."""
    cuantas = len(nuevo.reglas)
    nuevo.ultimas = _conjunto(ultimas, cuantas)
    nuevo.de_toda_la_ciudad = _conjunto(de_la_ciudad, cuantas)
    nuevo.ejercicios = {programa: tuple(suyos) for programa, suyos in anios.items()}
    nuevo.facetas = {
        faceta: {valor: _conjunto(suyos, cuantas) for valor, suyos in valores.items()}
        for faceta, valores in lugares.items()
    }
    propias = nuevo.facetas.get("alcaldia", {})
    # Quien vive en una alcaldía también puede pedir lo que es de toda la ciudad.
    nuevo.facetas["alcaldia"] = {
        clave: propias.get(clave, 0) | nuevo.de_toda_la_ciudad
        for clave in {*propias, *nuevo.nombres["alcaldia"]}
    }
    nuevo.nombres["ejercicio"] = {anio: anio for anio in nuevo.facetas.get("ejercicio", {})}
    return nuevo


def _nombres() -> dict[str, dict[str, str]]:
    """Cómo se llama cada opción de cada filtro."""
    nombres: dict[str, dict[str, str]] = defaultdict(dict)
    nombres["alcaldia"] = {}
    with connection.cursor() as cursor:
        cursor.execute(_SQL_NOMBRES)
        for faceta, clave, nombre in cursor.fetchall():
            nombres[faceta][clave] = nombre
    return nombres
