"""El código nuestro, leído una vez para todas las revisiones."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

RAIZ = Path(settings.RAIZ)
CARPETAS = (
    "sibis",
    "programas",
    "padron",
    "presupuesto",
    "reportes",
    "ciudadania",
    "bench",
    "bin",
    "tests",
)


def _archivos(*terminaciones: str, en: tuple[str, ...]) -> Iterator[Path]:
    for carpeta in en:
        for ruta in sorted((RAIZ / carpeta).rglob("*")):
            if ruta.is_file() and ruta.suffix in terminaciones and "__pycache__" not in ruta.parts:
                yield ruta


def nombre(ruta: Path) -> str:
    return ruta.relative_to(RAIZ).as_posix()


def leer(*terminaciones: str, en: tuple[str, ...] = CARPETAS) -> dict[Path, str]:
    return {r: r.read_text(encoding="utf-8") for r in _archivos(*terminaciones, en=en)}


NUESTRO = {r: t for r, t in leer(".py").items() if "migrations" not in r.parts}
ARBOLES = {r: ast.parse(t) for r, t in NUESTRO.items()}
PROPIO = {
    r: t for r, t in NUESTRO.items() if r.relative_to(RAIZ).parts[0] not in {"tests", "bench"}
}
PLANTILLAS = leer(".html", ".txt", en=("templates",))
