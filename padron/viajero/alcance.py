"""Qué código viaja: el que se importa desde la entrada, y nada más. Lo nuevo viaja solo."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NUESTROS = ("padron", "sibis")
# El paquete `sibis` arranca la cola de trabajos al importarse: allá no hay.
EN_SU_LUGAR = {"sibis/__init__.py": '"""Lo que viaja de SIBIS."""\n'}


@dataclass(frozen=True, slots=True)
class Alcance:
    """`codigo`: ruta → contenido. `ajenos`: paquetes de fuera que ese código importa."""

    codigo: dict[str, bytes]
    ajenos: frozenset[str]


def desde(entradas: tuple[str, ...], raiz: Path) -> Alcance:
    codigo: dict[str, bytes] = {}
    ajenos: set[str] = set()
    pendientes = [_ruta(modulo, raiz) for modulo in entradas]
    while pendientes:
        ruta = pendientes.pop()
        if ruta is None or ruta in codigo:
            continue
        sustituto = EN_SU_LUGAR.get(ruta)
        codigo[ruta] = sustituto.encode() if sustituto else (raiz / ruta).read_bytes()
        for modulo in _importa(codigo[ruta]):
            cima = modulo.partition(".")[0]
            if cima in NUESTROS:
                pendientes += _con_sus_paquetes(modulo, raiz)
            elif cima not in sys.stdlib_module_names:
                ajenos.add(cima)
        pendientes += _con_sus_paquetes(ruta.removesuffix(".py").replace("/", "."), raiz)
    return Alcance(dict(sorted(codigo.items())), frozenset(ajenos))


def _importa(fuente: bytes) -> Iterator[str]:
    for nodo in ast.walk(ast.parse(fuente)):
        if isinstance(nodo, ast.Import):
            yield from (a.name for a in nodo.names)
        elif isinstance(nodo, ast.ImportFrom) and nodo.module:
            yield nodo.module
            yield from (f"{nodo.module}.{a.name}" for a in nodo.names)


def _con_sus_paquetes(modulo: str, raiz: Path) -> list[str | None]:
    """El módulo y los `__init__` de arriba."""
    partes = modulo.split(".")
    return [_ruta(".".join(partes[:n]), raiz) for n in range(1, len(partes) + 1)]


def _ruta(modulo: str, raiz: Path) -> str | None:
    """None si no es un módulo: era un nombre de dentro."""
    base = modulo.replace(".", "/")
    hallada = (r for r in (f"{base}/__init__.py", f"{base}.py") if (raiz / r).is_file())
    return next(hallada, None)
