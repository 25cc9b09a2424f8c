"""Con qué se mide: si esto miente, mienten todas las medidas."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import marco


def test_percentil_es_un_tiempo_que_ocurrio() -> None:
    tiempos = [float(n) for n in range(1, 101)]
    assert marco.percentil(tiempos, 95) == 95
    assert marco.percentil([7.0], 95) == 7
    assert marco.percentil([1.0, 2.0], 50) == 1


def test_mide_cada_acto_y_calienta_sin_contar() -> None:
    hechos: list[str] = []
    medida = marco.medir(
        "x", [lambda: hechos.append("a"), lambda: hechos.append("b")], repeticiones=3
    )
    assert medida.veces == 6
    assert hechos == ["a", *["a", "b"] * 3]
    assert 0 <= medida.mediana_ms <= medida.p95_ms <= medida.peor_ms


def test_sin_actos_no_hay_medida() -> None:
    with pytest.raises(ValueError, match="nada que medir"):
        marco.medir("x", [])


def test_deja_constancia_con_la_maquina(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SIBIS_VAR", str(tmp_path))
    ruta = marco.informar("prueba", [marco.medir("x", [lambda: None])], notas={"filas": 5})
    datos = json.loads(ruta.read_text())
    assert ruta == tmp_path / "prueba.json"
    assert datos["medidas"][0]["nombre"] == "x"
    assert datos["maquina"]["nucleos"]
    assert datos["notas"] == {"filas": 5}
    assert "p95 ms" in capsys.readouterr().out
