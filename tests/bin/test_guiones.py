"""Los guiones como los ve quien los llama, y lo que prometen los archivos de versiones."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

RAIZ = Path(__file__).resolve().parents[2]
GUIONES = ["run", "test", "sibis", "bench", "stop", "codigo"]


def correr(*orden: str, **entorno: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(orden),
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        timeout=60,
        stdin=subprocess.DEVNULL,
        env=os.environ | entorno,
    )


@pytest.mark.parametrize("nombre", GUIONES)
def test_es_ejecutable_y_falla_pronto(nombre: str) -> None:
    ruta = RAIZ / "bin" / nombre
    assert os.access(ruta, os.X_OK)
    texto = ruta.read_text()
    assert texto.startswith("#!/usr/bin/env bash\n")
    assert "set -euo pipefail" in texto


@pytest.mark.parametrize("nombre", ["run", "test", "bench"])
def test_ayuda_desde_cualquier_carpeta(nombre: str) -> None:
    resultado = correr(str(RAIZ / "bin" / nombre), "--help")
    assert resultado.returncode == 0, resultado.stderr
    assert f"bin/{nombre}" in resultado.stdout


@pytest.mark.parametrize(
    "opciones", [["--port", "abc"], ["--port"], ["--port=70000"], ["--port", "0"], ["--nada"]]
)
def test_run_con_opciones_malas_lo_dice_y_no_empieza(opciones: list[str], tmp_path: Path) -> None:
    resultado = correr(str(RAIZ / "bin" / "run"), *opciones, SIBIS_VAR=str(tmp_path / "var"))
    assert resultado.returncode == 2
    assert "Qué hacer" in resultado.stderr
    assert not (tmp_path / "var").exists()


def test_bench_que_no_existe_dice_cuales_hay() -> None:
    resultado = correr(str(RAIZ / "bin" / "bench"), "no-existe")
    assert resultado.returncode == 2
    assert "las que hay" in resultado.stderr


def test_carpeta_de_estado_que_no_se_puede_crear_lo_dice(tmp_path: Path) -> None:
    """Bajo un archivo no hay carpeta posible: ni siquiera root puede hacerla."""
    (tmp_path / "archivo").write_text("")
    resultado = correr(str(RAIZ / "bin" / "run"), SIBIS_VAR=str(tmp_path / "archivo" / "var"))
    assert resultado.returncode == 1
    assert "SIBIS_VAR" in resultado.stderr


def _versiones(nombre: str) -> dict[str, str]:
    texto = (RAIZ / "requirements" / f"{nombre}.txt").read_text()
    return dict(
        re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ \\;]+)", texto, flags=re.MULTILINE)
    )


def test_desarrollo_contiene_a_produccion_con_las_mismas_versiones() -> None:
    """bin/test instala desarrollo sobre el mismo .venv que usa bin/run."""
    produccion, desarrollo = _versiones("produccion"), _versiones("desarrollo")
    assert produccion.items() <= desarrollo.items()


@pytest.mark.parametrize("nombre", ["produccion", "desarrollo", "herramientas"])
def test_cada_version_trae_su_huella_y_ninguna_direccion(nombre: str) -> None:
    texto = (RAIZ / "requirements" / f"{nombre}.txt").read_text()
    assert "://" not in texto
    assert not re.findall(r"^--\S*", texto, flags=re.MULTILINE)  # ninguna opción, menos un índice
    bloques = re.split(r"\n(?=[A-Za-z0-9])", texto)
    for bloque in bloques:
        assert "--hash=sha256:" in bloque, bloque[:80]


def test_el_candado_vale_para_el_python_de_debian_12() -> None:
    """Debian 12 trae 3.11.2; desde 3.11.3 redis ya no pide async-timeout, y el candado debe cubrir ambos."""
    assert "async-timeout" in _versiones("produccion")
