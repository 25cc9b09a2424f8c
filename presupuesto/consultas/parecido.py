"""¿Se llaman igual? Compara nombres de programas y de dependencias sin acentos, plurales ni relleno."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from sibis.nucleo.normalizacion import clave_comparable

_RELLENO = frozenset(
    [
        "a",
        "al",
        "con",
        "de",
        "del",
        "e",
        "el",
        "en",
        "la",
        "las",
        "lo",
        "los",
        "o",
        "para",
        "por",
        "que",
        "se",
        "su",
        "sus",
        "un",
        "una",
        "y",
        "programa",
        "programas",
        "social",
        "sociales",
        "accion",
        "ciudad",
        "mexico",
        "cdmx",
    ]
)
_DE_ORGANO = frozenset(
    ["alcaldia", "delegacion", "demarcacion", "territorial", "unidad", "gobierno"]
)


@lru_cache(maxsize=4096)
def palabras(nombre: str, *, de_organo: bool = False) -> frozenset[str]:
    """Las que dicen algo, en singular: «Becas de la Ciudad» → {beca}."""
    sobran = _RELLENO | _DE_ORGANO if de_organo else _RELLENO
    return frozenset(
        p.removesuffix("es") if len(p) > 6 and p.endswith("es") else p.removesuffix("s")
        for p in clave_comparable(nombre).split()
        if p not in sobran
    )


def parecido(unas: frozenset[str], otras: frozenset[str]) -> float:
    """De 0 a 1: cuánto comparten, con algo de favor al nombre corto contenido en el largo."""
    comunes = len(unas & otras)
    if not comunes or (comunes == 1 and unas != otras):
        return 0.0
    return 0.6 * comunes / len(unas | otras) + 0.4 * comunes / min(len(unas), len(otras))


def mejor(nombre: frozenset[str], candidatos: Iterable[frozenset[str]]) -> Decimal:
    """El mayor parecido con cualquiera de los nombres de una misma cosa."""
    puntaje = max((parecido(nombre, c) for c in candidatos), default=0.0)
    return Decimal(str(round(puntaje, 3)))
