"""Qué es una cifra: se define una vez, se calcula en un solo lugar y siempre dice de dónde salió.

Cada aplicación declara las suyas; el servicio de `reportes` las reúne, y la misma cifra es la
misma en la página, el mapa, el CSV y la API.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

Valor = int | Decimal | None


@dataclass(frozen=True, slots=True)
class Origen:
    """De dónde salió un dato, con la dirección en que se puede comprobar (o vacía)."""

    nombre: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Fila:
    """Un grupo y su valor. `None` es «la fuente no lo dice», que no es cero."""

    clave: str
    nombre: str
    valor: Valor


@dataclass(frozen=True, slots=True)
class Peticion:
    """Qué se pide: el ejercicio (None: el último con datos), por qué se agrupa y con qué filtros."""

    ejercicio: int | None = None
    por: str = ""
    filtros: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Calculo:
    """La respuesta. Sin grupo hay una sola fila, con clave vacía.

    `corte` es la fecha hasta la que el dato es cierto; `ejercicio`, el que de verdad se usó.
    """

    filas: tuple[Fila, ...]
    corte: datetime.date | None
    ejercicio: int | None = None
    origenes: tuple[Origen, ...] = ()
    nota: str = ""


@dataclass(frozen=True, slots=True)
class DefinicionDeCifra:
    """Una cifra con nombre. `calcular` no escribe; `version` sube cuando cambia cómo se cuenta."""

    clave: str
    nombre: str
    unidad: str  # «pesos», «personas», «programas», «centros»…
    descripcion: str
    dimensiones: tuple[str, ...]  # por las que se puede agrupar: «alcaldia», «dependencia»…
    calcular: Callable[[Peticion], Calculo]
    filtros: tuple[str, ...] = ()
    version: int = 1
