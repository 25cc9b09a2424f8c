"""axe (WCAG 2.2 AA) sin hallazgos, a 360 y a 1280, en lo público y en el panel."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.recorridos.conftest import ANCHOS, Sitio, Visita, abrir
from tests.recorridos.enlaces import Rastreo

NORMAS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Además de una página de cada clase, los casos que no salen de la tabla de direcciones.
ADEMAS = [
    "/programas/?q=abuelita",
    "/programas/?q=zzzzqqqq",
    "/programas/?tipo=otro",
    "/cuenta/entrar/",
    "/no-existe/",
    "/en/",
    "/en/programas/?q=beca",
    "/en/ayuda/",
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


@pytest.fixture(scope="package")
def publicas(sitio: Sitio) -> list[str]:
    """Una página de cada clase, hallada siguiendo los enlaces: una nueva se revisa sin anotarla."""
    rastreo = Rastreo(sitio.url, por_clase=1)
    rastreo.correr("/")
    halladas = [
        url.removeprefix(sitio.url)
        for url, visita in rastreo.visitas.items()
        if visita.tipo.startswith("text/html") and not url.startswith(f"{sitio.url}/en/")
    ]
    sin_consulta = [ruta for ruta in halladas if "?" not in ruta]
    assert len(sin_consulta) > 10
    return [*sorted(sin_consulta), *ADEMAS]


@pytest.mark.parametrize("ancho", ANCHOS)
def test_las_paginas_publicas_no_tienen_hallazgos(
    navegador: Browser, sitio: Sitio, publicas: list[str], ancho: str
) -> None:
    visita = abrir(navegador, sitio, ancho=ancho)
    hallazgos = {}
    for ruta in publicas:
        pagina = visita.ir(ruta)
        if encontrados := _hallazgos(pagina):
            hallazgos[ruta] = encontrados
        if not _sin_desbordar(pagina):
            hallazgos.setdefault(ruta, []).append("se desborda a lo ancho")
    visita.pagina.context.close()
    assert not hallazgos


def test_con_la_letra_al_400_por_ciento_nada_se_desborda(
    navegador: Browser, sitio: Sitio, publicas: list[str]
) -> None:
    """Una pantalla de 1280 al 400 % son 320 px; al 200 %, 640."""
    desbordan = []
    for ancho in (320, 640):
        contexto = navegador.new_context(viewport={"width": ancho, "height": 512})
        pagina = contexto.new_page()
        for ruta in publicas:
            pagina.goto(sitio.url + ruta)
            if not _sin_desbordar(pagina):
                desbordan.append((ancho, ruta))
        contexto.close()
    assert not desbordan


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


@pytest.mark.parametrize("ancho", ANCHOS)
def test_el_panel_no_tiene_hallazgos(como: Callable[..., Visita], ancho: str) -> None:
    visita = como("enlace.iztapalapa", ancho)
    rutas = list(PANEL)
    pagina = visita.ir("/panel/programas/reglaoperacion/?estado__exact=borrador")
    rutas.append(pagina.locator("#result_list tbody th a").first.get_attribute("href") or "")
    hallazgos = {ruta: h for ruta in rutas if (h := _hallazgos(visita.ir(ruta)))}
    assert not hallazgos
