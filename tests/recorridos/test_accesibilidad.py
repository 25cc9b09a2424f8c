"""axe (WCAG 2.2 AA) sin hallazgos, a 360 y a 1280, en lo público y en el panel."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.recorridos.conftest import ANCHOS, Sitio, Visita, abrir
from tests.recorridos.enlaces import Rastreo

MOTOR = Axe()
NORMAS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Además de una página de cada clase, los casos que no salen de la tabla de direcciones.
ADEMAS = [
    "/programas/?q=abuelita",
    "/programas/?q=zzzzqqqq",
    "/programas/?tipo=otro",
    "/presupuesto/?ejercicio=2013",
    "/cuenta/entrar/",
    "/no-existe/",
    "/en/programas/?q=beca",
    "/en/programas/?q=zzzzqqqq",
]
PANEL = [
    "/panel/",
    "/panel/programas/reglaoperacion/",
    "/panel/programas/reglaoperacion/add/",
    "/panel/programas/programa/",
    "/panel/territorio/centro/",
    "/panel/avisos/",
    "/panel/avisos/preferencias/",
    "/panel/agenda/",
    "/panel/agenda/?estado=vencido",
    "/panel/agenda/atrasos/",
    "/panel/agenda/calendario/",
    "/panel/calendario/diainhabil/",
    "/panel/revision/tablero/",
    "/panel/delegaciones/",
]


def _hallazgos(pagina: Page) -> list[str]:
    resultado = MOTOR.run(
        pagina,
        options={
            "runOnly": {"type": "tag", "values": NORMAS},
            "resultTypes": ["violations"],
            "preload": False,  # vuelve a pedir las hojas de estilo, y ninguna de estas reglas las usa
        },
    )
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


@pytest.fixture(scope="package")
def publicas(rastreo: Rastreo) -> list[str]:
    """Una página de cada clase y de cada idioma: una nueva se revisa sin anotarla."""
    halladas = rastreo.una_de_cada_clase()
    assert len(halladas) > 40
    return [*halladas, *ADEMAS]


def _anchos_que_desbordan(pagina: Page) -> list[int]:
    """Una pantalla de 1280 al 400 % son 320 px; al 200 %, 640; un teléfono, 360."""
    desbordan = []
    for ancho in (640, 360, 320):
        pagina.set_viewport_size({"width": ancho, "height": 640})
        if not _sin_desbordar(pagina):
            desbordan.append(ancho)
    return desbordan


def test_las_paginas_publicas_no_tienen_hallazgos(
    navegador: Browser, sitio: Sitio, publicas: list[str]
) -> None:
    """Cada página se abre una vez y se angosta. En inglés cambia el texto, no el armazón: un ancho basta."""
    visita = abrir(navegador, sitio)
    hallazgos: dict[str, list[object]] = {}
    for ruta in publicas:
        visita.pagina.set_viewport_size({"width": 1280, "height": 900})
        pagina = visita.ir(ruta)
        encontrados: list[object] = [] if ruta.startswith("/en/") else [*_hallazgos(pagina)]
        encontrados += [f"se desborda a {ancho} px" for ancho in _anchos_que_desbordan(pagina)]
        encontrados += _hallazgos(pagina)
        if encontrados:
            hallazgos[ruta] = encontrados
    visita.pagina.context.close()
    assert not hallazgos


def test_sin_guiones_ni_imagenes_y_con_colores_forzados_se_lee_lo_mismo(
    navegador: Browser, sitio: Sitio
) -> None:
    contexto = navegador.new_context(
        java_script_enabled=False, forced_colors="active", reduced_motion="reduce"
    )
    contexto.route("**/*.{svg,png,jpg,webp,woff2,js}", lambda ruta: ruta.abort())
    pagina = contexto.new_page()
    for ruta in ("/", "/programas/?q=beca", "/programas/mi-beca-para-empezar/", "/mapa/"):
        pagina.goto(sitio.url + ruta)
        assert pagina.locator("h1").is_visible(), ruta
        assert pagina.locator("main a:visible").count() > 3, ruta
    contexto.close()


def test_el_enlace_de_saltar_lleva_el_foco_al_contenido(visita: Visita) -> None:
    for ruta in ("/", "/en/programas/"):
        pagina = visita.ir(ruta)
        pagina.keyboard.press("Tab")
        assert pagina.evaluate("document.activeElement.className") == "saltar"
        pagina.keyboard.press("Enter")
        assert pagina.evaluate("document.activeElement.id") == "contenido"


def test_impresa_cabe_y_no_lleva_menus(navegador: Browser, sitio: Sitio) -> None:
    visita = abrir(navegador, sitio)
    visita.pagina.emulate_media(media="print")
    pagina = visita.ir("/programas/mi-beca-para-empezar/")
    assert pagina.locator("h1").is_visible()
    for oculto in (".menu-ancho", ".menu-angosto", ".otro-idioma", ".banda-demo"):
        assert not pagina.locator(oculto).first.is_visible(), oculto
    assert pagina.pdf(format="Letter")[:4] == b"%PDF"
    visita.pagina.context.close()


def test_el_panel_no_tiene_hallazgos(como: Callable[..., Visita]) -> None:
    visita = como("enlace.iztapalapa")
    rutas = list(PANEL)
    pagina = visita.ir("/panel/programas/reglaoperacion/?estado__exact=borrador")
    regla = pagina.locator("#result_list tbody th a").first.get_attribute("href") or ""
    raiz = re.sub(r"change/.*", "", regla)
    rutas += [regla, f"{raiz}cambios/", f"{raiz}vista/"]
    rutas += [f"{raiz}seccion/{s}/" for s in ("que-es", "para-quien", "apoyos", "dinero")]
    hallazgos = {}
    for ruta in rutas:
        visita.ir(ruta)
        for ancho, alto in ANCHOS.values():
            pagina.set_viewport_size({"width": ancho, "height": alto})
            if encontrados := _hallazgos(pagina):
                hallazgos[ancho, ruta] = encontrados
    assert not hallazgos
