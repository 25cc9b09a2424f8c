"""Con qué versión de las comprobaciones se revisó: si algo de ellas cambia, esta huella cambia."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

PAQUETES = (Path(__file__).parent, Path(__file__).parents[1] / "lectura")


@cache
def huella_de_comprobaciones() -> str:
    """SHA-256 de los módulos que leen y comprueban, en orden."""
    suma = hashlib.sha256()
    for paquete in PAQUETES:
        for modulo in sorted(paquete.rglob("*.py")):
            suma.update(
                modulo.relative_to(paquete).as_posix().encode() + b"\0" + modulo.read_bytes()
            )
    return suma.hexdigest()
