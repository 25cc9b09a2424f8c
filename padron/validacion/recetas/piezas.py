"""De qué está hecha una transformación: para qué se ofrece, qué pregunta y qué hace con una celda.

Ninguna inventa un dato: de lo que no puede deducir devuelve None, y la celda se queda como está.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from padron.validacion.columnas.fechas import Ordenes
from padron.validacion.comprobaciones.exigencias import ALTERNATIVAS, exigencias
from padron.validacion.piezas import esta_vacio
from padron.validacion.regla import Regla
from sibis.nucleo.identificadores import Curp, CurpInvalida, es_generica

Parametros = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Caso:
    """Lo que se quiere arreglar: un código en una columna, con una forma; y qué trae el archivo."""

    codigo: str
    columna: str
    forma: str
    regla: Regla
    columnas: frozenset[str] = frozenset()

    @property
    def obligatoria(self) -> bool:
        return self.columna in exigencias(self.regla).bloquean


@dataclass(frozen=True, slots=True)
class Renglon:
    """La fila entera, por nuestros nombres, y lo que cada columna deja ver (orden de fechas, miles)."""

    celdas: Mapping[str, str]
    regla: Regla
    evidencias: Mapping[str, Any] = field(default_factory=dict)
    columna: str = ""  # la que se está arreglando

    def __getitem__(self, columna: str) -> str:
        return (self.celdas.get(columna) or "").strip()

    @property
    def hoy(self) -> datetime.date:
        return self.regla.dia

    @property
    def ordenes(self) -> Ordenes:
        """Si no se sabe en qué orden van, los dos son posibles: lo dudoso se queda dudoso."""
        return self.evidencias.get(self.columna) or Ordenes(dia_primero=True, mes_primero=True)

    @property
    def curp(self) -> Curp | None:
        """La suya, solo si está bien escrita de principio a fin y no es una genérica."""
        texto = self["curp"]
        try:
            curp = Curp.leer(texto)
        except CurpInvalida:
            return None
        return None if es_generica(curp.texto) else curp

    @property
    def puede_faltar(self) -> bool:
        """La regla no pide esa columna, o lo que diría ya lo dice otra de la misma fila."""
        if self.columna not in exigencias(self.regla).bloquean:
            return True
        otras = [c for c in ALTERNATIVAS.get(self.columna, ()) if not esta_vacio(self[c])]
        return any(c != "curp" or self.curp is not None for c in otras)


Opciones = Callable[[Caso], tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Parametro:
    """Lo que hay que decidir para todas a la vez. Lista cerrada; la propuesta solo se sugiere."""

    nombre: str
    etiqueta: str
    opciones: Opciones
    propuesta: Callable[[Caso], str] = lambda caso: ""


Hacer = Callable[[str, Renglon, Parametros], str | None]


def siempre(caso: Caso) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Transformacion:
    """`hacer` recibe el texto de la celda y devuelve el nuevo, o None si en esa fila no procede."""

    identificador: str
    titulo: str
    explicacion: str
    codigos: frozenset[str]
    hacer: Hacer
    columnas: frozenset[str] = frozenset()  # vacío: cualquiera
    parametros: tuple[Parametro, ...] = ()
    destinos: Mapping[str, str] = field(default_factory=dict)  # código → otra columna que se cambia
    procede: Callable[[Caso], bool] = siempre
    descarta: bool = False  # no cambia celdas: deja fuera la fila

    def destino(self, caso: Caso) -> str:
        """La columna que se cambia; casi siempre la del hallazgo."""
        return self.destinos.get(caso.codigo, caso.columna)

    def sirve(self, caso: Caso) -> bool:
        return (
            caso.codigo in self.codigos
            and (not self.columnas or self.destino(caso) in self.columnas)
            and (self.descarta or self.destino(caso) in caso.columnas)
            and self.procede(caso)
        )

    def aplicar(self, texto: str, renglon: Renglon, parametros: Parametros) -> str | None:
        """El texto nuevo, si cambia."""
        nuevo = self.hacer(texto, renglon, parametros)
        return None if nuevo is None or nuevo == texto else nuevo

    def valida(self, caso: Caso, dichos: Parametros) -> dict[str, str] | None:
        """Los parámetros, si cada uno es de su lista; None si falta uno o no es de la lista."""
        limpios = {}
        for parametro in self.parametros:
            dicho = dichos.get(parametro.nombre, "")
            if dicho not in {valor for valor, _etiqueta in parametro.opciones(caso)}:
                return None
            limpios[parametro.nombre] = dicho
        return limpios
