"""Alguien busca un papel viejo, comprueba que es el mismo y se lo lleva."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.recorridos.conftest import ANCHOS, Sitio, Visita, abrir
from tests.recorridos.test_accesibilidad import _hallazgos, _sin_desbordar


def test_de_la_busqueda_al_archivo_y_al_programa(visita: Visita) -> None:
    pagina = visita.ir("/historico/")
    pagina.locator('.linea a[href*="ejercicio=2015"]').click()
    anios = set(pagina.locator(".documento-clase span").all_inner_texts())
    assert anios == {"2015"}

    pagina.get_by_label("¿Qué buscas?").fill("ESPERA habiles")
    pagina.get_by_role("button", name="Buscar").first.click()
    hallado = pagina.locator(".documento").first
    expect(hallado.locator("h3")).to_contain_text("Evaluación interna")
    expect(hallado.locator(".documento-trozo")).to_contain_text("p. 3")
    expect(hallado.locator("mark").last).to_have_text("hábiles")
    pagina.locator("#f-ejercicio-2015").check()
    pagina.get_by_role("button", name="Aplicar filtros").click()
    assert "ejercicio=2015" in pagina.url
    assert "q=ESPERA" in pagina.url
    pagina.locator(".documento h3 a").first.click()
    expect(pagina.locator("h1")).to_contain_text("Evaluación interna")

    dicha = pagina.locator("#t-comprobar ~ .huella code").first.inner_text()
    with pagina.expect_download() as bajada:
        pagina.get_by_role("link", name="Descargar PDF").click()
    contenido = Path(bajada.value.path()).read_bytes()
    assert contenido.startswith(b"%PDF")
    assert hashlib.sha256(contenido).hexdigest() == dicha
    assert bajada.value.suggested_filename.startswith("evaluacion-interna-")

    pagina.get_by_label("Una palabra o una frase").fill("ventanillas")
    pagina.get_by_role("button", name="Buscar").last.click()
    expect(pagina.locator(".documento-halladas li")).to_have_count(1)
    expect(pagina.locator(".documento-halladas mark")).to_have_text("ventanillas")
    assert visita.fallas == []


def test_un_dedazo_se_corrige_y_se_dice(visita: Visita) -> None:
    pagina = visita.ir("/historico/?q=desenpleo")
    expect(pagina.locator(".aviso").first).to_contain_text("desempleo")
    expect(pagina.locator(".documento h3").first).to_contain_text("desemple", ignore_case=True)


def test_la_pagina_del_programa_lleva_a_sus_documentos(visita: Visita) -> None:
    pagina = visita.ir("/programas/mi-beca-para-empezar/")
    apartado = pagina.locator("#documentos-historicos")
    expect(apartado.locator("h3 a, li a").first).to_be_visible()
    apartado.locator('a[href*="/historico/"]').first.click()
    assert "/historico/" in pagina.url
    assert pagina.locator("h1").is_visible()
    assert visita.fallas == []


@pytest.mark.parametrize("ancho", ANCHOS)
def test_nada_se_sale_ni_estorba_a_un_lector(navegador: Browser, sitio: Sitio, ancho: str) -> None:
    visita = abrir(navegador, sitio, ancho=ancho)
    pagina = visita.ir("/historico/?q=espera+habiles")
    ficha = pagina.locator(".documento h3 a").first.get_attribute("href") or ""
    for ruta in (
        "/historico/",
        "/historico/?q=espera+habiles&ejercicio=2015",
        "/historico/?q=zzzzqqqq&ejercicio=2018",
        ficha,
        f"{ficha}?q=espera",
    ):
        pagina = visita.ir(ruta)
        assert _hallazgos(pagina) == [], ruta
        assert _sin_desbordar(pagina), ruta
    visita.pagina.context.close()
