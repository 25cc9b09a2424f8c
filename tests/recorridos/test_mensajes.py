"""La dependencia escribe, la Secretaría se entera y contesta; nadie más lo ve."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from tests.recorridos.conftest import ANCHOS, Sitio, Visita, abrir
from tests.recorridos.test_accesibilidad import _hallazgos, _sin_desbordar

Como = Callable[..., Visita]
BANDEJA = "/panel/mensajes/"
DE_DEMOSTRACION = "Población objetivo y meta física"


def _revisar(pagina: Page) -> None:
    """Sin hallazgos y sin moverse de lado, en teléfono y en escritorio."""
    for ancho, alto in ANCHOS.values():
        pagina.set_viewport_size({"width": ancho, "height": alto})
        assert _hallazgos(pagina) == [], ancho
        assert _sin_desbordar(pagina), ancho


def _enviar(pagina: Page) -> None:
    pagina.click(".charla-contestar button[type=submit]")


def _escribir_desde_la_dependencia(pagina: Page) -> str:
    """Se equivoca dos veces, no pierde nada, y al fin envía. Devuelve la dirección del hilo."""
    _revisar(pagina)
    pagina.click("text=Escribir")
    _revisar(pagina)
    _enviar(pagina)
    expect(pagina.locator(".resumen-errores")).to_contain_text("Elige a quién le escribes")
    _revisar(pagina)
    pagina.get_by_label(re.compile("Bienestar")).first.check()
    pagina.fill("#id_asunto", "Duda de la convocatoria <b>2027</b>")
    pagina.fill("#id_texto", "La CURP es GOMC900101MDFLRS09")
    _enviar(pagina)
    expect(pagina.locator(".resumen-errores")).to_contain_text("No escribas aquí una CURP")
    expect(pagina.locator("#id_asunto")).to_have_value("Duda de la convocatoria <b>2027</b>")
    pagina.fill("#id_texto", "¿Abrimos el lunes, @valida.sibiso?\n<script>alert(1)</script>")
    _enviar(pagina)
    expect(pagina.locator(".mensaje")).to_have_count(1)
    expect(pagina.locator(".mencion")).to_have_text("@valida.sibiso")
    expect(pagina.locator(".mensaje-texto")).to_contain_text("<script>alert(1)</script>")
    _revisar(pagina)
    return re.sub(r"#.*", "", pagina.url)


def _contestar_desde_el_aviso(pagina: Page, hilo: str) -> None:
    """Del aviso, que no trae el texto, al hilo; verlo lo marca: el botón se oprime solo."""
    expect(pagina.locator(".lista-avisos")).to_contain_text("te mencionó: Duda de la convocatoria")
    assert "el lunes" not in pagina.locator("#content").inner_text()
    pagina.locator(".aviso", has_text="Duda de la convocatoria").get_by_text("Abrir").click()
    pagina.wait_for_url(re.compile(re.escape(hilo)))
    expect(pagina.get_by_role("button", name="Marcar como leído")).to_be_hidden()
    pagina.fill("#id_texto", "Sí, el lunes.")
    _enviar(pagina)
    expect(pagina.locator(".mensaje")).to_have_count(2)


def test_la_dependencia_escribe_y_la_secretaria_contesta(como: Como) -> None:
    enlace, valida = como("enlace.iztapalapa", "teléfono"), como("valida.sibiso")
    pagina = enlace.ir(BANDEJA)
    hilo = _escribir_desde_la_dependencia(pagina)
    _contestar_desde_el_aviso(valida.ir("/panel/avisos/"), hilo)

    pagina.goto(enlace.url + BANDEJA + "?ver=no_leidos")
    expect(pagina.locator(".aviso-nuevo").first).to_contain_text("Duda de la convocatoria")
    pagina.click("text=Duda de la convocatoria")
    expect(pagina.locator(".mensaje-nuevo")).to_contain_text("Sí, el lunes.")
    # Los 422 son los dos formularios que se rechazaron a propósito.
    assert [f for f in enlace.fallas + valida.fallas if "422" not in f] == []
    respuesta = como("enlace.cuauhtemoc").pagina.goto(hilo)
    assert respuesta is not None
    assert respuesta.status == 404


def test_busca_dentro_de_los_mensajes_y_baja_un_adjunto(como: Como) -> None:
    visita = como("valida.sibiso")
    pagina = visita.ir(BANDEJA)
    pagina.fill("#q", "proyecciones")
    pagina.click(".mensajes-buscar button")
    expect(pagina.locator(".mensajes-extracto mark").first).to_have_text("proyección")
    _revisar(pagina)
    pagina.click(f"text={DE_DEMOSTRACION}")
    _revisar(pagina)
    with pagina.expect_download() as descarga:
        pagina.get_by_role("button", name="Nota metodológica.pdf").click()
    assert descarga.value.suggested_filename == "Nota metodológica.pdf"
    otra = como("enlace.cuauhtemoc").ir(f"{BANDEJA}?q=proyecciones")
    expect(otra.locator(".vacio")).to_contain_text("Ningún hilo lo dice")


def test_sin_javascript_se_lee_se_marca_y_se_contesta(
    navegador: Browser, sitio: Sitio, como: Como, sesiones: dict[str, dict]
) -> None:
    como("titular.iztapalapa")
    visita = abrir(
        navegador,
        sitio,
        storage_state=sesiones["titular.iztapalapa"],
        java_script_enabled=False,
    )
    pagina = visita.ir(BANDEJA)
    pagina.click(f"text={DE_DEMOSTRACION}")
    pagina.get_by_role("button", name="Marcar como leído").click()
    assert pagina.get_by_role("button", name="Marcar como leído").count() == 0
    pagina.fill("#id_texto", "Enterada.")
    pagina.fill("#id_mencionar", "valida.sibiso")
    _enviar(pagina)
    expect(pagina.locator(".mensaje").last).to_contain_text("@valida.sibiso Enterada.")
    pagina.get_by_role("button", name="Cerrar el hilo").click()
    expect(pagina.locator(".charla-cabeza")).to_contain_text("Hilo cerrado")
    assert pagina.locator("#id_texto").count() == 0
    pagina.get_by_role("button", name="Reabrir").click()
    expect(pagina.locator("#id_texto")).to_be_visible()
    visita.pagina.context.close()
