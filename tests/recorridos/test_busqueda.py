"""Buscar como lo hace una persona: con faltas, con el teclado, y en una página vacía."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.recorridos.conftest import abrir


def test_con_faltas_se_halla_se_dice_y_se_puede_deshacer(visita):
    pagina = visita.ir("/programas/?q=mi+becaa+para+empesar")

    expect(pagina.get_by_role("link", name="mi beca para empezar", exact=True)).to_be_visible()
    expect(pagina.locator(".resultado h3").first).to_have_text("Mi Beca para Empezar")
    pagina.get_by_role("link", name="Buscar tal cual").click()
    expect(pagina.get_by_text("¿Quisiste decir")).to_be_visible()
    assert "literal=1" in pagina.url
    pagina.get_by_role("link", name="mi beca para empezar", exact=True).click()
    expect(pagina.locator(".resultado h3").first).to_have_text("Mi Beca para Empezar")
    assert visita.fallas == []


@pytest.mark.parametrize("ruta", ["/", "/programas/"])
def test_las_sugerencias_se_recorren_con_el_teclado(ruta, visita):
    pagina = visita.ir(ruta)
    campo = pagina.get_by_role("combobox", name="¿Qué necesitas?")
    campo.press_sequentially("leona")
    opcion = pagina.get_by_role("option").first
    expect(opcion).to_contain_text("Leona Vicario")
    expect(campo).to_have_attribute("aria-expanded", "true")

    campo.press("ArrowDown")
    expect(opcion).to_have_attribute("aria-selected", "true")
    campo.press("Escape")
    expect(pagina.get_by_role("listbox")).to_be_hidden()
    expect(campo).to_have_value("leona")

    campo.press_sequentially(" v")
    expect(opcion).to_be_visible()
    campo.press("ArrowDown")
    campo.press("Enter")
    expect(pagina.locator("h1")).to_contain_text("Leona Vicario")
    assert visita.fallas == []


def test_sin_elegir_sugerencia_enter_busca_lo_tecleado(visita):
    pagina = visita.ir("/programas/")
    campo = pagina.get_by_role("combobox", name="¿Qué necesitas?")
    campo.press_sequentially("despensa")
    expect(pagina.get_by_role("listbox")).to_be_visible()
    campo.press("Enter")

    pagina.wait_for_url("**/programas/?q=despensa")


@pytest.mark.parametrize("ancho", ["teléfono", "escritorio"])
def test_sin_javascript_se_busca_igual_y_nada_se_sale(ancho, navegador, sitio):
    visita = abrir(navegador, sitio, ancho=ancho, java_script_enabled=False)
    pagina = visita.ir("/programas/")
    pagina.get_by_label("¿Qué necesitas?").fill("comedor")
    pagina.get_by_role("button", name="Buscar").click()

    expect(pagina.locator(".resultado").first).to_be_visible()
    assert pagina.locator("[role=listbox]").count() == 0
    pagina.context.close()


def test_la_pagina_vacia_no_deja_en_un_callejon(visita):
    pagina = visita.ir("/programas/?q=despesa&literal=1")

    expect(pagina.get_by_text("No encontramos programas con esos datos")).to_be_visible()
    pagina.locator(".vacio .fichas a").first.click()
    expect(pagina.locator(".resultado").first).to_be_visible()


@pytest.mark.parametrize("texto", ["beca " * 2000, "'\"(&|!:*) " * 1000, "é🙂" * 3000])
def test_diez_mil_letras_se_contestan_con_una_pagina(texto, visita):
    """También las que gunicorn rechazaría solo, en inglés y sin salida."""
    pagina = visita.ir(f"/programas/?q={quote(texto)}")

    expect(pagina.get_by_role("searchbox").or_(pagina.get_by_role("combobox"))).to_be_visible()
    expect(pagina.locator("#q")).to_have_value(
        re.compile(r"^.{1,300}$")
    )  # JavaScript cuenta doble los emojis
    assert visita.fallas == []
