"""La carpeta privada de una pasada. Lo que hay en ella se puede volver a hacer: perderla no pierde nada.

De cada paso se anota, al final y de un golpe, qué archivos dejó. Sin esa nota, o si la máquina se
reinició después, lo que haya no vale y el paso se hace otra vez.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from padron.models import Pasada

_ARRANQUE = Path("/proc/sys/kernel/random/boot_id")


def raiz() -> Path:
    """Dos bases del mismo servidor no comparten carpeta: sus cargas tienen los mismos números."""
    return Path(settings.PADRON_TRABAJO) / str(connection.settings_dict["NAME"])


def ruta_de(pasada: Pasada) -> Path:
    """Dónde va, esté o no."""
    return raiz() / f"{pasada.carga_id}-{pasada.numero}"


def carpeta(pasada: Pasada) -> Path:
    """La suya, que nadie más puede leer; la hace si falta."""
    ruta = ruta_de(pasada)
    ruta.mkdir(parents=True, exist_ok=True, mode=0o700)
    return ruta


def tirar(pasada: Pasada) -> None:
    shutil.rmtree(ruta_de(pasada), ignore_errors=True)


def anotar(ruta: Path, nombre: str, datos: Any, *, archivos: Iterable[Path] = ()) -> None:
    """Deja dicho que el paso está completo: con cuánto pesa cada archivo que dejó."""
    nota = {
        "datos": datos,
        "archivos": {str(a): a.stat().st_size for a in archivos},
        "arranque": _arranque(),
    }
    provisional = ruta / f".{nombre}.json"
    provisional.write_text(json.dumps(nota, ensure_ascii=False), encoding="utf-8")
    os.replace(provisional, ruta / f"{nombre}.json")


def anotado(ruta: Path, nombre: str) -> Any | None:
    """Lo que se anotó, si todo lo que dice sigue entero."""
    try:
        nota = json.loads((ruta / f"{nombre}.json").read_text(encoding="utf-8"))
        enteros = all(Path(a).stat().st_size == peso for a, peso in nota["archivos"].items())
    except (OSError, ValueError, KeyError):
        return None
    return nota["datos"] if enteros and nota["arranque"] == _arranque() else None


def quedadas() -> list[Path]:
    """Las carpetas que hay."""
    return [r for r in raiz().glob("*") if r.is_dir()] if raiz().is_dir() else []


def _arranque() -> str:
    """Tras un apagón un archivo puede tener su tamaño y no su contenido: lo de antes no se usa."""
    try:
        return _ARRANQUE.read_text(encoding="ascii").strip()
    except OSError:
        return ""
