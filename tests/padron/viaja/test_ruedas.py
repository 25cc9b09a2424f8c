"""Qué biblioteca viaja y a qué equipo: la que el candado conoce, entera, y donde de verdad corre."""

from __future__ import annotations

import base64
import csv
import hashlib
import zipfile
from pathlib import Path

import pytest

from padron.viajero import ruedas
from padron.viajero.empaque import empacar
from padron.viajero.ruedas import NoSePuedeEmpacar
from tests.padron.viaja.conftest import encargo

CANDADO = "alguna==1.0 \\\n    --hash=sha256:{huella}\notra==2.0 \\\n    --hash=sha256:" + "0" * 64


def _rueda(carpeta: Path, nombre: str, **archivos: str) -> Path:
    ruta = carpeta / nombre
    with zipfile.ZipFile(ruta, "w") as libro:
        for dentro, texto in archivos.items():
            libro.writestr(f"{dentro}.py", texto)
    return ruta


def test_una_rueda_cuya_huella_no_esta_en_el_candado_no_viaja(tmp_path):
    rueda = _rueda(tmp_path, "alguna-1.0-py3-none-any.whl", alguna="x = 1")
    huella = hashlib.sha256(rueda.read_bytes()).hexdigest()
    bien = ruedas.candado(CANDADO.format(huella=huella))
    assert ruedas.de_rueda(rueda, bien) == {"alguna.py": b"x = 1"}
    with pytest.raises(NoSePuedeEmpacar, match="no está en requirements"):
        ruedas.de_rueda(rueda, ruedas.candado(CANDADO.format(huella="1" * 64)))


def test_con_ruedas_de_otra_plataforma_faltantes_se_dice_cuales(tmp_path):
    _rueda(tmp_path, "duckdb-2.0.0-cp312-abi3-win_amd64.whl", duckdb="")
    with pytest.raises(NoSePuedeEmpacar, match="Faltan: python-calamine, xlsxwriter"):
        empacar(encargo(plataforma="windows-x86_64", ruedas=tmp_path))


@pytest.mark.parametrize(
    ("nombre", "sirve", "no_sirve"),
    [
        ("a-1-py3-none-any.whl", {"cp311-linux-x86_64", "cp313t-macos-arm64"}, set()),
        ("a-1-cp312-cp312-win_amd64.whl", {"cp312-windows-x86_64"}, {"cp313-windows-x86_64"}),
        (
            "a-1-cp312-abi3-win_amd64.whl",
            {"cp312-windows-x86_64", "cp314-windows-x86_64"},
            {"cp311-windows-x86_64", "cp313t-windows-x86_64", "cp312-linux-x86_64"},
        ),
        (
            "a-1-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl",
            {"cp311-linux-x86_64"},
            {"cp311-linux-arm64"},
        ),
        ("a-1-cp311-cp311-manylinux2014_aarch64.whl", {"cp311-linux-arm64"}, set()),
        (
            "a-1-cp313-cp313-macosx_10_13_universal2.whl",
            {"cp313-macos-arm64", "cp313-macos-x86_64"},
            {"cp313-linux-x86_64"},
        ),
    ],
)
def test_en_que_equipos_sirve_una_rueda(nombre, sirve, no_sirve):
    suyo = ruedas.alcance_de(Path(nombre))
    assert {e for e in sirve | no_sirve if suyo.sirve(e)} == sirve


@pytest.mark.parametrize(
    "nombre", ["a-1-cp311-cp311-musllinux_1_2_x86_64.whl", "a-1-cp311-none-win_amd64.whl"]
)
def test_una_rueda_de_la_que_no_se_sabe_no_se_adivina(nombre):
    with pytest.raises(NoSePuedeEmpacar, match="no se sabe"):
        ruedas.alcance_de(Path(nombre))


def test_lo_instalado_que_alguien_cambio_no_viaja(tmp_path, monkeypatch):
    carpeta = tmp_path / "instaladas"
    dato = carpeta / "alguna-1.0.dist-info"
    dato.mkdir(parents=True)
    (carpeta / "alguna.py").write_text("x = 1", encoding="utf-8")
    (dato / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: alguna\nVersion: 1.0\n", encoding="utf-8"
    )
    huella = base64.urlsafe_b64encode(hashlib.sha256(b"x = 1").digest()).rstrip(b"=").decode()
    with (dato / "RECORD").open("w", encoding="utf-8", newline="") as record:
        csv.writer(record).writerows(
            [("alguna.py", f"sha256={huella}", "5"), ("alguna-1.0.dist-info/RECORD", "", "")]
        )
    monkeypatch.syspath_prepend(str(carpeta))
    fijas = {"alguna": ("1.0", frozenset())}

    assert ruedas.instalada("alguna", fijas) == {"alguna.py": b"x = 1"}
    with pytest.raises(NoSePuedeEmpacar, match="el candado dice 1.1"):
        ruedas.instalada("alguna", {"alguna": ("1.1", frozenset())})
    (carpeta / "alguna.py").write_text("x = 2", encoding="utf-8")
    with pytest.raises(NoSePuedeEmpacar, match="no es el archivo que se instaló"):
        ruedas.instalada("alguna", fijas)
