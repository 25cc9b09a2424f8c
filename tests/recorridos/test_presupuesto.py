"""Alguien pregunta a dónde va el dinero y llega a la fuente; Finanzas revisa un vínculo."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser, expect

from tests.recorridos.conftest import Sitio, Visita, abrir


def test_del_total_al_programa_y_a_su_fuente(visita: Visita) -> None:
    pagina = visita.ir("/presupuesto/")
    expect(pagina.locator(".hechos")).to_contain_text("Aprobado")
    pagina.locator("#por-anio summary").click()
    expect(pagina.locator("#por-anio table")).to_be_visible()
    pagina.locator(".tabla-dinero tbody th a").first.click()
    expect(pagina.locator("h1")).to_contain_text("El dinero de")
    expect(pagina.locator("main")).to_contain_text("vínculo")
    assert not visita.fallas


def test_sin_javascript_filtra_y_ordena_desde_un_telefono(navegador: Browser, sitio: Sitio) -> None:
    visita = abrir(navegador, sitio, ancho="teléfono", java_script_enabled=False)
    pagina = visita.ir("/presupuesto/")
    pagina.select_option("#p-alcaldia", label="Iztapalapa")
    pagina.click("form.filtros-centros button[type=submit]")
    assert "alcaldia=09007" in pagina.url
    textos = pagina.locator(".tabla-dinero tbody .nota-celda").all_inner_texts()
    assert any("Iztapalapa" in texto for texto in textos)
    visita.pagina.context.close()


def test_finanzas_confirma_un_vinculo_desde_su_cola(como: Callable[..., Visita]) -> None:
    visita = como("finanzas")
    pagina = visita.ir("/panel/presupuesto/vinculopresupuestal/?estado__exact=propuesto")
    pagina.locator("#result_list tbody th a").first.click()
    pagina.select_option("#id_decision", "confirmar")
    pagina.fill("#id_nota", "Revisado en el recorrido.")
    pagina.click("[name=_save]")
    expect(pagina.locator(".messagelist .success")).to_be_visible()
