"""El validador se empaca una vez por proceso de pruebas: pesa y tarda unos segundos."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from padron.viajero.empaque import Encargo, empacar
from tests.padron.viaja.reglas import MENORES


def encargo(regla=MENORES, **cambios) -> Encargo:
    base = {"raiz": Path(settings.RAIZ), "empacado": "2026-01-15", "version": "0.0.0"}
    return Encargo(regla=regla, **{**base, **cambios})


@pytest.fixture(scope="session")
def validador(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ruta = tmp_path_factory.mktemp("empacado") / "validador.pyz"
    ruta.write_bytes(empacar(encargo()).contenido)
    return ruta


@pytest.fixture
def correr(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Como en otro equipo: carpeta vacía, sin nuestro código ni bibliotecas a la vista."""
    vacia = tmp_path / "vacia"
    vacia.mkdir()
    entorno = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }

    def _correr(pyz: Path, *argumentos: object) -> subprocess.CompletedProcess[str]:
        # -I: sin PYTHONPATH ni carpeta actual; -S: sin las bibliotecas instaladas.
        orden = [sys.executable, "-I", "-S", str(pyz), *map(str, argumentos)]
        return subprocess.run(
            orden, cwd=vacia, env=entorno, capture_output=True, text=True, check=False, timeout=120
        )

    return _correr
