"""Una periodista baja los datos y una programadora lee la API, con el navegador de verdad."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.recorridos.conftest import Sitio, Visita, abrir


def test_de_la_portada_al_csv_de_los_programas(visita: Visita) -> None:
    pagina = visita.ir("/")
    pagina.locator("footer").get_by_role("link", name="Datos abiertos").click()
    expect(pagina.locator("h1")).to_have_text("Datos abiertos")
    pagina.get_by_role("link", name="Programas y acciones sociales", exact=True).click()
    expect(pagina.locator("table")).to_contain_text("dependencia_nombre")

    with pagina.expect_download() as espera:
        pagina.locator("main").get_by_role("link", name="CSV").click()
    descarga = espera.value
    assert descarga.suggested_filename == "programas.csv"
    assert descarga.path().read_text(encoding="utf-8-sig").startswith("programa,nombre,")
    assert not visita.fallas


def test_la_pagina_de_la_api_cabe_en_un_telefono_y_lleva_a_una_respuesta(
    navegador: Browser, sitio: Sitio
) -> None:
    visita = abrir(navegador, sitio, ancho="teléfono", java_script_enabled=True)
    pagina = visita.ir("/api/")
    assert pagina.evaluate("document.documentElement.scrollWidth <= innerWidth")
    pagina.get_by_role("link", name="/api/v1/catalogos", exact=True).click()

    assert '"resultados"' in pagina.content()
    assert not visita.fallas
    pagina.context.close()
