"""El mapa como lo usa una persona: acercarse, abrir un centro, apagar tipos, con teclado y sin JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.recorridos.conftest import Sitio, Visita, abrir

CENTRO = "/mapa/#14/19.432/-99.135"


def _listo(pagina: Page) -> Page:
    pagina.wait_for_selector("#mapa[data-listo]")
    return pagina


def _suma(pagina: Page) -> int:
    """Los centros que las marcas dicen que hay: los grupos su número, los puntos uno."""
    grupos = pagina.locator("#mapa .mapa-grupo").all_inner_texts()
    return (
        sum(int(g.replace(",", "")) for g in grupos) + pagina.locator("#mapa .mapa-punto").count()
    )


def _grupo_a_la_vista(pagina: Page) -> Locator | None:
    """Leaflet también pinta lo que está apenas fuera del marco: eso no se puede tocar."""
    mapa = pagina.locator("#mapa").bounding_box()
    for grupo in pagina.locator("#mapa .mapa-grupo").all():
        caja = grupo.bounding_box()
        x, y = caja["x"] + caja["width"] / 2, caja["y"] + caja["height"] / 2
        if 0 < x - mapa["x"] < mapa["width"] and 0 < y - mapa["y"] < mapa["height"]:
            return grupo
    return None


def test_el_mapa_entero_suma_lo_mismo_que_la_lista(visita: Visita) -> None:
    pagina = _listo(visita.ir("/mapa/"))
    expect(pagina.locator("#mapa .mapa-grupo").first).to_be_visible()
    total = re.search(r"\d+", pagina.locator("#lista-titulo").inner_text())
    assert total
    assert _suma(pagina) == int(total[0])
    assert any(p.endswith(".mvt") for p in visita.pedidos)
    assert not [p for p in visita.pedidos if "geojson" in p and "alcaldias" not in p]
    assert not visita.fallas


def test_un_grupo_se_abre_hasta_ver_sus_puntos_y_un_punto_dice_lo_suyo(visita: Visita) -> None:
    pagina = _listo(visita.ir("/mapa/"))
    for _paso in range(6):
        if (grupo := _grupo_a_la_vista(pagina)) is None:
            break
        antes = pagina.url
        grupo.click()
        pagina.wait_for_function("antes => location.href !== antes", arg=antes)
        pagina.wait_for_timeout(600)
    pagina.goto(visita.url + CENTRO)
    pagina.reload()
    # Hay uno solo en la Ciudad, y con esa dirección queda a media pantalla.
    _listo(pagina).locator("#mapa .mapa-punto[aria-label*='Canalización']").click()
    globo = pagina.locator(".leaflet-popup .globo")
    expect(globo.locator("h3 a")).to_be_visible()
    expect(globo).to_contain_text("Calle Inventada")
    nombre = globo.locator("h3 a").inner_text()
    globo.locator("h3 a").click()
    expect(pagina.locator("h1")).to_have_text(nombre)
    assert not visita.fallas


def test_apagar_tipos_cambia_el_mapa_la_lista_y_la_direccion(visita: Visita) -> None:
    pagina = _listo(visita.ir("/mapa/"))
    pagina.locator("[name=tipo][value=pilares]").check()
    expect(pagina.locator("#lista-titulo")).to_contain_text("32")
    assert "tipo=pilares" in pagina.url
    tipos = pagina.locator(".lista-centros .centro-tipo").all_inner_texts()
    assert set(tipos) == {"PILARES"}
    assert _suma(pagina) == 32
    pagina.reload()  # la dirección es el estado
    _listo(pagina)
    expect(pagina.locator("#lista-titulo")).to_contain_text("32")
    assert pagina.locator("[name=tipo][value=pilares]").is_checked()
    assert not visita.fallas


def test_con_el_teclado_se_mueve_se_abre_y_se_cierra(visita: Visita) -> None:
    pagina = _listo(visita.ir(CENTRO))
    pagina.locator("#mapa").focus()
    antes = pagina.url
    pagina.keyboard.press("ArrowRight")
    pagina.wait_for_function("antes => location.href !== antes", arg=antes)
    pagina.wait_for_timeout(500)
    marca = pagina.locator("#mapa .mapa-punto").first
    assert marca.get_attribute("aria-label")
    marca.focus()
    pagina.keyboard.press("Enter")
    expect(pagina.locator(".globo h3")).to_be_visible()
    assert pagina.evaluate("!!document.activeElement.closest('.leaflet-popup')")
    pagina.keyboard.press("Escape")
    expect(pagina.locator(".leaflet-popup")).to_have_count(0)
    assert pagina.evaluate("!!document.activeElement.closest('#mapa')")
    assert pagina.locator("a.saltar-mapa").get_attribute("href") == "#lista"
    assert not visita.fallas


def test_buscar_una_palabra_pinta_solo_esos(visita: Visita) -> None:
    pagina = visita.ir("/mapa/")
    pagina.fill("#id_q", "utopia iztapalapa")
    pagina.keyboard.press("Enter")
    _listo(pagina)
    total = int(re.search(r"\d+", pagina.locator("#lista-titulo").inner_text())[0])
    assert _suma(pagina) == total
    assert not visita.fallas


@pytest.mark.parametrize("ancho", ["teléfono", "escritorio"])
def test_sin_javascript_el_dibujo_y_las_casillas_sirven(
    navegador: Browser, sitio: Sitio, ancho: str
) -> None:
    visita = abrir(navegador, sitio, ancho=ancho, java_script_enabled=False)
    pagina = visita.ir("/mapa/")
    expect(pagina.locator(".mapa-fijo svg")).to_be_visible()
    pagina.locator(".mapa-fijo a[aria-label^='Iztapalapa']").click()
    assert "alcaldia=09007" in pagina.url
    if ancho == "teléfono":
        pagina.locator(".filtros > summary").click()
    pagina.locator("[name=tipo][value=pilares]").check()
    pagina.locator(".capas button").click()
    assert {"PILARES"} == set(pagina.locator(".lista-centros .centro-tipo").all_inner_texts())
    visita.pagina.context.close()


@pytest.mark.parametrize("ruta", ["/mapa/", "/mapa/cifras/"])
def test_en_papel_sale_el_dibujo_del_servidor(visita: Visita, ruta: str) -> None:
    pagina = visita.ir(ruta)
    if ruta == "/mapa/":
        _listo(pagina)
    pagina.emulate_media(media="print")
    expect(pagina.locator(".mapa-fijo svg, .coropleta-mapa").first).to_be_visible()
    assert ruta != "/mapa/" or pagina.locator("#mapa").is_hidden()


def test_nada_se_sale_del_telefono(navegador: Browser, sitio: Sitio) -> None:
    visita = abrir(navegador, sitio, ancho="teléfono")
    for ruta in ("/mapa/", "/mapa/cifras/", "/centros/"):
        pagina = visita.ir(ruta)
        pagina.wait_for_load_state("networkidle")
        assert pagina.evaluate("document.documentElement.scrollWidth") <= 360, ruta
    visita.pagina.context.close()
