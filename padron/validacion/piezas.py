"""De qué está hecha una columna: cómo se llama, cómo se lee, qué puede estar mal y qué ejemplo se da.

Hay dos maneras de leer. Las que repiten valores (sexo, alcaldía, fechas, nombres) se leen en Python, cada
texto distinto una sola vez: un millón de fechas son treinta mil días. Las que casi no se repiten (CURP,
folio, teléfono) se leen en SQL, todas a la vez.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from padron.validacion.codigos import CODIGOS, Codigo
from padron.validacion.regla import Regla
from sibis.nucleo.normalizacion import clave_comparable, limpiar_texto

LARGO_MAXIMO = 250
# Una clave, un teléfono o un correo en una columna que no es la suya: se recorrieron las celdas.
_FUERA_DE_LUGAR = re.compile(r"[A-Za-z]{3,4}\s*\d{6}|\d[\d\s-]{8,}|@")
_SIN_DATO = frozenset(
    (
        *(
            "nd",
            "n d",
            "na",
            "n a",
            "sd",
            "s d",
            "s n",
            "sn",
            "sin dato",
            "sin datos",
            "no disponible",
        ),
        *("no aplica", "ninguno", "ninguna", "null", "none", "no especificado", "x", "xx"),
    )
)


def esta_vacio(texto: str) -> bool:
    """Lo que la gente escribe cuando no tiene el dato: «-», «ND», «N/A», «S/D»…

    «#N/A» no: es un error de la hoja de cálculo, y alguien debe verlo.
    """
    if texto.startswith("#"):
        return False
    if not texto.strip(" -–—._*/"):
        return True
    return len(texto) <= 16 and clave_comparable(texto) in _SIN_DATO


@dataclass(frozen=True, slots=True)
class Leido:
    """Los valores de las salidas de la columna, en su orden y como texto, y lo que se halló al leerlos."""

    valores: tuple[str | None, ...]
    codigos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contexto:
    """Con qué se lee un texto: la regla, y lo que la columna entera deja ver (`Columna.preparar`)."""

    regla: Regla
    evidencia: Any = None


@dataclass(frozen=True, slots=True)
class Condicion:
    """Una comprobación en SQL sobre lo ya leído. `detalle` es SQL de un texto que no es dato personal."""

    columna: str
    codigo: str
    sql: str
    detalle: str = "NULL"
    usa: tuple[str, ...] = ()  # columnas del archivo sin las cuales no se comprueba

    @property
    def que_es(self) -> Codigo:
        return CODIGOS[self.codigo]


@dataclass(frozen=True, slots=True)
class Columna:
    """Lo único que sabe de un dato: plantilla, mapeo, formulario e importador salen de aquí.

    `salidas` son las columnas que produce, con su tipo en SQL. Con `leer` se lee en Python, cada texto
    distinto una vez; con `derivadas` (nombre → SQL sobre `t_<identificador>`), en la base.
    """

    identificador: str
    titulo: str
    ejemplo: str
    salidas: Mapping[str, str]
    sinonimos: tuple[str, ...] = ()
    ayuda: str = ""
    es_personal: bool = False
    opciones: tuple[str, ...] = ()
    leer: Callable[[str, Contexto], Leido] | None = None
    preparar: Callable[[Iterable[str], Regla], Any] | None = None
    derivadas: Mapping[str, str] = field(default_factory=dict)
    condiciones: tuple[Condicion, ...] = ()
    codigos: tuple[str, ...] = ()  # los que `leer` puede devolver
    forma: Callable[[str], str] | None = None

    @property
    def es_de_diccionario(self) -> bool:
        return self.leer is not None

    @property
    def nombres(self) -> frozenset[str]:
        """Como se le reconoce en un encabezado, ya comparables."""
        return frozenset(
            clave_comparable(n) for n in (self.identificador, self.titulo, *self.sinonimos)
        )

    def forma_de(self, texto: str) -> str:
        """Con qué patrón se agrupa: el texto mismo si no es personal y es corto, o su silueta."""
        if self.forma is not None:
            return self.forma(texto)
        if self.es_personal or _FUERA_DE_LUGAR.search(texto):
            return silueta(texto)
        return clave_comparable(texto)[:40]


def silueta(texto: str) -> str:
    """«15/03/58» → «99/99/99»; «Ana 2» → «A 9»: la forma sin el dato."""
    marcas = ("9" if c.isdigit() else "A" if c.isalpha() else c for c in limpiar_texto(texto)[:40])
    salida: list[str] = []
    for marca in marcas:
        if marca != "A" or not salida or salida[-1] != "A":
            salida.append(marca)
    return "".join(salida)


def texto_simple(texto: str, contexto: Contexto) -> Leido:
    """Lee un texto libre: limpio, corto y que no sea una fórmula."""
    limpio = limpiar_texto(texto).replace("\n", " ")
    if esta_vacio(limpio):
        return Leido((None,))
    if len(limpio) > LARGO_MAXIMO:
        return Leido((None,), ("texto_largo",))
    return Leido((limpio,), ("formula",) if limpio[0] in "=+@" else ())
