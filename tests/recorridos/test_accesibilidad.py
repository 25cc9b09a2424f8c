"""axe (WCAG 2.2 AA) sin hallazgos, a 360 y a 1280, en lo público y en el panel."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.recorridos.conftest import ANCHOS, Sitio, Visita, abrir

NORMAS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PUBLICAS = [
    "/",
    "/programas/",
    "/programas/?q=abuelita",
    "/programas/?q=zzzzqqqq",
    "/programas/mi-beca-para-empezar/",
    "/programas/mi-beca-para-empezar/2024/reglas/",
    "/mapa/",
    "/centros/",
    "/ayuda/",
    "/accesibilidad/",
    "/privacidad/",
    "/cuenta/entrar/",
    "/no-existe/",
    "/programas/?tipo=otro",
]
PANEL = [
    "/panel/",
    "/panel/programas/reglaoperacion/",
    "/panel/programas/reglaoperacion/add/",
    "/panel/programas/programa/",
    "/panel/territorio/centro/",
]


def _hallazgos(pagina: Page) -> list[str]:
    pagina.wait_for_load_state("networkidle")
    resultado = Axe().run(pagina, options={"runOnly": {"type": "tag", "values": NORMAS}})
    return [
        f"{v['id']}: {v['help']} → {v['nodes'][0]['html'][:160]}"
        for v in resultado.response["violations"]
    ]


def _sin_desbordar(pagina: Page) -> bool:
    """Nada obliga a moverse de lado en un teléfono."""
    return bool(
        pagina.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
    )


@pytest.mark.parametrize("ancho", ANCHOS)
def test_las_paginas_publicas_no_tienen_hallazgos(
    navegador: Browser, sitio: Sitio, ancho: str
) -> None:
    visita = abrir(navegador, sitio, ancho=ancho)
    hallazgos = {}
    for ruta in PUBLICAS:
        pagina = visita.ir(ruta)
        if encontrados := _hallazgos(pagina):
            hallazgos[ruta] = encontrados
        if not _sin_desbordar(pagina):
            hallazgos.setdefault(ruta, []).append("se desborda a lo ancho")
    visita.pagina.context.close()
    assert not hallazgos


@pytest.mark.parametrize("ancho", ANCHOS)
def test_el_panel_no_tiene_hallazgos(como: Callable[..., Visita], ancho: str) -> None:
    visita = como("enlace.iztapalapa", ancho)
    rutas = list(PANEL)
    pagina = visita.ir("/panel/programas/reglaoperacion/?estado__exact=borrador")
    rutas.append(pagina.locator("#result_list tbody th a").first.get_attribute("href") or "")
    hallazgos = {ruta: h for ruta in rutas if (h := _hallazgos(visita.ir(ruta)))}
    assert not hallazgos
