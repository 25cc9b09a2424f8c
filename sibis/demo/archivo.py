"""var/demo.json: con qué entra cada cuenta de demostración. Solo lo lee quien instaló."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings

SOLO_SU_DUENO = 0o600


def ruta() -> Path:
    return Path(settings.VAR) / "demo.json"


def leer() -> dict[str, Any]:
    """Lo que dice el archivo; vacío si no está o no se entiende."""
    try:
        datos = json.loads(ruta().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return datos if isinstance(datos, dict) else {}


def usuarios_anotados() -> dict[str, dict[str, str]]:
    """Las entradas bien formadas, por usuario."""
    entradas = leer().get("usuarios", [])
    if not isinstance(entradas, list):
        return {}
    return {
        entrada["usuario"]: {c: str(v) for c, v in entrada.items()}
        for entrada in entradas
        if isinstance(entrada, dict) and isinstance(entrada.get("usuario"), str)
    }


def escribir(datos: dict[str, Any]) -> bool:
    """Deja el archivo entero o el que había, nunca a medias. Falso si ya decía lo mismo."""
    destino = ruta()
    if leer() == datos and destino.stat().st_mode & 0o777 == SOLO_SU_DUENO:
        return False
    destino.parent.mkdir(parents=True, exist_ok=True)
    nuevo = destino.with_suffix(".nuevo")
    nuevo.unlink(missing_ok=True)
    descriptor = os.open(nuevo, os.O_WRONLY | os.O_CREAT | os.O_EXCL, SOLO_SU_DUENO)
    with os.fdopen(descriptor, "w", encoding="utf-8") as archivo:
        json.dump(datos, archivo, ensure_ascii=False, indent=2)
        archivo.write("\n")
        archivo.flush()
        os.fsync(archivo.fileno())
    nuevo.replace(destino)
    return True
