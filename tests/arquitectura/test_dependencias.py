"""Cada dependencia dice por qué está, y los candados no nombran de dónde se baja."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.arquitectura.fuentes import RAIZ

PROYECTO = (RAIZ / "pyproject.toml").read_text(encoding="utf-8")
LISTAS = re.findall(r"^(?:dependencies|desarrollo) = \[\n(.*?)^\]", PROYECTO, re.S | re.M)
RENGLONES = [linea.strip() for lista in LISTAS for linea in lista.splitlines() if linea.strip()]
CANDADOS = sorted((RAIZ / "requirements").glob("*.txt"))


def test_se_leyeron_todas():
    datos = tomllib.loads(PROYECTO)["project"]
    todas = [*datos["dependencies"], *datos["optional-dependencies"]["desarrollo"]]
    assert len(RENGLONES) == len(todas) > 30


def test_cada_una_dice_por_que_esta():
    assert [r for r in RENGLONES if not re.fullmatch(r'"[^"]+",\s*#\s*\S.+', r)] == []


def test_cada_una_dice_desde_que_version():
    sin_version = re.compile(r'"[\w\[\],-]+(>=|==)\d')
    assert [r for r in RENGLONES if not sin_version.match(r)] == []


@pytest.mark.parametrize("candado", CANDADOS, ids=lambda c: c.name)
def test_cada_paquete_va_fijo_y_con_su_huella(candado):
    texto = candado.read_text(encoding="utf-8")
    paquetes = re.split(r"\n(?=[a-z0-9])", re.sub(r"^#.*$\n", "", texto, flags=re.M).strip())
    assert paquetes
    for paquete in paquetes:
        assert re.match(r"[a-z0-9._-]+(\[[\w,-]+\])?==", paquete), paquete[:60]
        assert "--hash=sha256:" in paquete, paquete[:60]


def test_lo_que_se_declara_esta_en_su_candado():
    declaradas = {re.split(r"[\[>=<]", r.split('"')[1])[0] for r in RENGLONES}
    desarrollo = (RAIZ / "requirements" / "desarrollo.txt").read_text(encoding="utf-8").lower()
    faltan = {
        d for d in declaradas if not re.search(rf"^{re.escape(d.lower())}(\[|==)", desarrollo, re.M)
    }
    assert faltan == set()
