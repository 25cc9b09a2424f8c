"""Lo que promete docs/diseno-visual.md: contraste, peso y nada en línea."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

RAIZ = Path(settings.RAIZ)
ESTATICOS = RAIZ / "static"
PLANTILLAS = RAIZ / "templates"
HOJA = (ESTATICOS / "css" / "sibis.css").read_text(encoding="utf-8")
PANEL = (ESTATICOS / "css" / "panel.css").read_text(encoding="utf-8")
TODAS = sorted(PLANTILLAS.rglob("*.html"))
HOJA_MAXIMA = 12_000

_FICHA = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-f]{3,6});")
_BLOQUE = re.compile(r"(:root|\[data-tema=\"(\w+)\"\])\s*\{([^}]*)\}")

# (letra, fondo, mínimo de WCAG 2.2): 4.5 para texto, 3 para bordes de controles y texto grande.
PAREJAS = [
    ("tinta", "papel", 4.5),
    ("tinta", "blanco", 4.5),
    ("tinta", "papel-hondo", 4.5),
    ("tinta", "oro-tenue", 4.5),
    ("tinta-media", "papel", 4.5),
    ("tinta-media", "papel-hondo", 4.5),
    ("tinta-media", "blanco", 4.5),
    ("acento", "papel", 4.5),
    ("acento", "papel-hondo", 4.5),
    ("acento", "blanco", 4.5),
    ("acento", "acento-tenue", 4.5),
    ("blanco", "acento", 4.5),
    ("blanco", "acento-hondo", 7.0),
    ("sobre-hondo", "acento-hondo", 7.0),
    ("oro-tinta", "oro-tenue", 4.5),
    ("oro-tinta", "papel", 4.5),
    ("exito", "papel", 4.5),
    ("exito", "blanco", 4.5),
    ("error", "papel", 4.5),
    ("error", "blanco", 4.5),
    ("linea-firme", "blanco", 3.0),
    ("linea-firme", "papel", 3.0),
]


def _temas() -> dict[str, dict[str, str]]:
    bloques = {m[2] or "institucional": dict(_FICHA.findall(m[3])) for m in _BLOQUE.finditer(HOJA)}
    base = bloques["institucional"]
    return {tema: base | fichas for tema, fichas in bloques.items()}


def _luminancia(color: str) -> float:
    crudo = color.lstrip("#")
    crudo = "".join(c * 2 for c in crudo) if len(crudo) == 3 else crudo
    canales = [int(crudo[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    lineales = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canales]
    return sum(p * c for p, c in zip((0.2126, 0.7152, 0.0722), lineales, strict=True))


def _contraste(uno: str, otro: str) -> float:
    claro, oscuro = sorted((_luminancia(uno), _luminancia(otro)), reverse=True)
    return (claro + 0.05) / (oscuro + 0.05)


@pytest.mark.parametrize("tema", ["institucional", "neutro", "veda"])
@pytest.mark.parametrize(("letra", "fondo", "minimo"), PAREJAS)
def test_las_fichas_contrastan(tema: str, letra: str, fondo: str, minimo: float) -> None:
    fichas = _temas()[tema]
    assert _contraste(fichas[letra], fichas[fondo]) >= minimo


def test_la_hoja_cabe_en_su_presupuesto() -> None:
    assert len(gzip.compress(HOJA.encode(), 9)) <= HOJA_MAXIMA


@pytest.mark.parametrize("hoja", [HOJA, PANEL], ids=["sibis", "panel"])
def test_las_hojas_no_piden_nada_fuera(hoja: str) -> None:
    assert not re.search(r"https?://|@import", hoja)


def test_el_panel_usa_las_mismas_fichas() -> None:
    """panel.css no puede heredar de la otra hoja: si una ficha cambia, cambia en las dos."""
    portal, panel = _temas()["institucional"], dict(_FICHA.findall(PANEL))
    comunes = portal.keys() & panel.keys()
    assert {"papel", "linea-firme", "oro", "exito", "acento-hondo"} <= comunes
    assert {c: panel[c] for c in comunes} == {c: portal[c] for c in comunes}


def _en_linea(fuente: str) -> Iterator[str]:
    yield from re.findall(r"<[^>]*\sstyle\s*=[^>]*>", fuente)
    yield from re.findall(r"<style\b[^>]*>", fuente)
    yield from re.findall(r"<[a-z][^>]*\son[a-z]+\s*=[^>]*>", fuente)
    # Los datos enlazados (JSON-LD) no se ejecutan: la política de contenido no los toca.
    yield from re.findall(r"<script(?![^>]*\b(?:src=|type=\"application/ld\+json\"))[^>]*>", fuente)
    yield from re.findall(r"(?:src|href)=\"(?:https?:)?//[^\"]*\"", fuente)


@pytest.mark.parametrize("plantilla", TODAS, ids=lambda p: str(p.relative_to(PLANTILLAS)))
def test_las_plantillas_no_llevan_nada_en_linea_ni_de_fuera(plantilla: Path) -> None:
    assert list(_en_linea(plantilla.read_text(encoding="utf-8"))) == []


def test_los_guiones_son_pocos_chicos_y_nunca_estorban() -> None:
    """Solo mejoran: todos van con `defer`, y fuera del mapa una página no baja más de 3 kB de guiones."""
    guion = re.compile(r"<script src=\"{% static '(js/[\w.]+)' %}\" defer></script>")
    for plantilla in TODAS:
        fuente = plantilla.read_text(encoding="utf-8")
        if plantilla.relative_to(PLANTILLAS).parts[0] == "admin" or plantilla.name == "mapa.html":
            continue
        pedidos = guion.findall(fuente)
        assert fuente.count("<script src") == len(pedidos), plantilla.name
        pesos = [len(gzip.compress((ESTATICOS / p).read_bytes(), 9)) for p in pedidos]
        assert sum(pesos) <= 3_000, (plantilla.name, pesos)


@pytest.mark.parametrize(
    "pieza", sorted((PLANTILLAS / "componentes").glob("*.html")), ids=lambda p: p.name
)
def test_cada_pieza_dice_que_recibe(pieza: Path) -> None:
    assert pieza.read_text(encoding="utf-8").startswith(("{#", "{% comment %}"))


def _iconos_usados() -> set[str]:
    fuentes = [p.read_text(encoding="utf-8") for p in TODAS]
    fuentes.append(
        (RAIZ / "sibis" / "portal" / "templatetags" / "componentes.py").read_text(encoding="utf-8")
    )
    junto = "\n".join(fuentes)
    return {
        n
        for n in (p.stem for p in (ESTATICOS / "img" / "iconos").glob("*.svg"))
        if f'"{n}"' in junto
    }


def test_no_hay_iconos_de_sobra_ni_de_menos() -> None:
    presentes = {p.stem for p in (ESTATICOS / "img" / "iconos").glob("*.svg")}
    pedidos = set(
        re.findall(r'{% icono "([a-z0-9-]+)"', "\n".join(p.read_text("utf-8") for p in TODAS))
    )
    assert pedidos <= presentes
    assert presentes == _iconos_usados()


def test_lo_copiado_dice_su_licencia() -> None:
    licencias = (ESTATICOS / "LICENCIAS.md").read_text(encoding="utf-8")
    for carpeta in (ESTATICOS / "vendor").iterdir():
        assert f"vendor/{carpeta.name}/" in licencias
        assert any("LICEN" in a.name.upper() for a in carpeta.iterdir())


def test_lo_copiado_no_nombra_archivos_que_no_estan() -> None:
    """Un sourceMappingURL sin su archivo tira la reunión de estáticos con huella."""
    for archivo in (ESTATICOS / "vendor").rglob("*.js"):
        assert "sourceMappingURL" not in archivo.read_text(encoding="utf-8")
