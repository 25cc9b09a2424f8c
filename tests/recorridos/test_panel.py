"""El enlace escribe la regla de su dependencia; otra instancia la valida; el portal cambia."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.recorridos.conftest import Sitio, Visita

Como = Callable[..., Visita]
REGLAS = "/panel/programas/reglaoperacion/"


def _abrir_primera(pagina: Page) -> str:
    pagina.locator("#result_list tbody th a").first.click()
    return re.sub(r"\?.*", "", pagina.url)


def test_el_enlace_solo_ve_lo_de_su_dependencia(como: Como) -> None:
    pagina = como("enlace.iztapalapa").ir(REGLAS)
    dependencias = set(pagina.locator("#result_list td.field-siglas").all_inner_texts())
    assert dependencias == {"Iztapalapa"}


def test_la_regla_de_otra_dependencia_no_existe_para_el(como: Como) -> None:
    ajena = _abrir_primera(como("enlace.styfe").ir(REGLAS))
    respuesta = como("enlace.iztapalapa").pagina.goto(ajena)
    assert "Mi Seguro" not in como("enlace.iztapalapa").pagina.content()
    assert respuesta is not None
    assert respuesta.url.rstrip("/").endswith("/panel") or respuesta.status in {403, 404}


def test_edita_un_borrador_y_lo_encuentra_al_volver(como: Como) -> None:
    visita = como("enlace.iztapalapa")
    pagina = visita.ir(REGLAS + "?estado__exact=borrador")
    regla = _abrir_primera(pagina)
    pagina.locator(".tareas a", has_text="Qué es y para quién").click()
    pagina.fill("#id_resumen", "Transferencia a jefas de familia, corregida en la prueba.")
    pagina.get_by_role("button", name="Guardar y volver").click()
    expect(pagina.locator(".messagelist")).to_be_visible()
    assert pagina.url == regla
    pagina.locator(".tareas a", has_text="Qué es y para quién").click()
    expect(pagina.locator("#id_resumen")).to_have_value(re.compile("corregida en la prueba"))
    assert not visita.fallas


def test_el_panel_no_se_abre_sin_segundo_factor(visita: Visita, sitio: Sitio) -> None:
    cuenta = sitio.cuentas["enlace.styfe"]
    pagina = visita.ir("/panel/login/")
    pagina.fill("[name=login]", cuenta.usuario)
    pagina.fill("[name=password]", cuenta.clave)
    pagina.click("main button[type=submit]")
    expect(pagina.locator("[name=code]")).to_be_visible()
    visita.ir(REGLAS)
    assert "/cuenta/" in pagina.url
