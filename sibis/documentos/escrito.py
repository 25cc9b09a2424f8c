"""Un escrito con numerales: la misma estructura se lee en la página, se imprime y se lleva a Word."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.text import slugify


def ancla_de(numeral: str) -> str:
    """«3.2» → «numeral-3-2»: la dirección de un numeral no cambia aunque cambie su título."""
    return f"numeral-{slugify(numeral.replace('.', '-'))}"


@dataclass(frozen=True, slots=True)
class Punto:
    """Renglón de una lista; si trae numeral propio, se puede citar."""

    texto: str
    numeral: str = ""
    ancla: str = ""


@dataclass(frozen=True, slots=True)
class Bloque:
    """Párrafos, lista o tabla: lo que no está, va vacío."""

    rotulo: str = ""
    parrafos: tuple[str, ...] = ()
    puntos: tuple[Punto, ...] = ()
    titulos: tuple[str, ...] = ()
    filas: tuple[tuple[str, ...], ...] = ()
    fuente: str = ""

    @property
    def hay(self) -> bool:
        return bool(self.parrafos or self.puntos or self.filas)

    @property
    def renglones(self) -> list[list[tuple[str, str]]]:
        """Cada celda con el título de su columna, para las pantallas donde la tabla se apila."""
        return [list(zip(self.titulos, fila, strict=True)) for fila in self.filas]


@dataclass(frozen=True, slots=True)
class Numeral:
    """Un apartado con su ancla estable, para citarlo con un enlace."""

    numeral: str
    titulo: str
    bloques: tuple[Bloque, ...] = ()

    @property
    def ancla(self) -> str:
        return ancla_de(self.numeral)

    @property
    def nivel(self) -> int:
        """1 un capítulo, 2 lo que cuelga de él, 3 lo demás."""
        return min(3, self.numeral.strip(".").count(".") + 1)


@dataclass(frozen=True, slots=True)
class Escrito:
    """El documento entero. Los pares son (nombre del dato, dato)."""

    titulo: str
    encabezado: str
    subtitulos: tuple[str, ...] = ()
    fundamento: str = ""
    aviso: str = ""
    datos: tuple[tuple[str, str], ...] = ()
    numerales: tuple[Numeral, ...] = ()
    leyenda: str = ""
    pie: tuple[tuple[str, str], ...] = ()
    idioma: str = "es-MX"
    marca: str = ""  # «Borrador»: atraviesa cada hoja

    def como_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


def _fijo(valor: Any) -> Any:
    """JSON solo tiene listas; aquí nada cambia después de escrito."""
    return tuple(map(_fijo, valor)) if isinstance(valor, list) else valor


def _bloque(datos: dict[str, Any]) -> Bloque:
    puntos = tuple(Punto(**punto) for punto in datos["puntos"])
    return Bloque(**{**{campo: _fijo(valor) for campo, valor in datos.items()}, "puntos": puntos})


def desde_json(texto: str) -> Escrito:
    datos = json.loads(texto)
    numerales = tuple(
        Numeral(n["numeral"], n["titulo"], tuple(map(_bloque, n["bloques"])))
        for n in datos["numerales"]
    )
    return Escrito(**{**{c: _fijo(v) for c, v in datos.items()}, "numerales": numerales})
