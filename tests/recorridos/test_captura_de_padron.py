"""Capturar un padrón a mano como se captura: sin guion, con la pestaña que muere, sin sesión y pegando."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.padron.carga.archivos import TITULOS, personas
from tests.recorridos.conftest import ANCHOS, Sitio, Visita
from tests.recorridos.test_accesibilidad import _hallazgos, _sin_desbordar

Como = Callable[..., Visita]
ENLACE = "enlace.iztapalapa"
NUEVA = "/panel/padron/captura/nueva/"
GUARDADO = "Todo está guardado"


@pytest.fixture
def otro(
    navegador: Browser, como: Como, sesiones: dict[str, dict]
) -> Callable[..., BrowserContext]:
    """Otro navegador con la misma cuenta ya dentro; de escritorio, si no se dice."""
    abiertos: list[BrowserContext] = []

    def abrir(ancho: str = "escritorio", **opciones: object) -> BrowserContext:
        como(ENLACE)
        w, h = ANCHOS[ancho]
        contexto = navegador.new_context(
            viewport={"width": w, "height": h}, storage_state=sesiones[ENLACE], **opciones
        )
        abiertos.append(contexto)
        return contexto

    yield abrir
    for contexto in abiertos:
        contexto.close()


def revisar(pagina: Page) -> None:
    """Sin hallazgos de accesibilidad y sin moverse de lado, en teléfono y en escritorio."""
    for ancho, alto in ANCHOS.values():
        pagina.set_viewport_size({"width": ancho, "height": alto})
        assert _hallazgos(pagina) == [], (pagina.url, ancho)
        assert _sin_desbordar(pagina), (pagina.url, ancho)


def empezar(pagina: Page, sitio: Sitio) -> str:
    """Una captura nueva del primer programa que se ofrece; su dirección."""
    pagina.goto(f"{sitio.url}{NUEVA}")
    pagina.locator("#id_programa").select_option(index=1)
    pagina.get_by_role("button", name="Empezar a capturar").click()
    pagina.wait_for_url("**/hoja/")
    return pagina.url


def casilla(pagina: Page, fila: int, columna: str):
    return pagina.locator(
        f'.captura-hoja tbody tr:nth-child({fila}) input[data-columna="{columna}"]'
    )


def escribir(pagina: Page, fila: int, semilla: int = 1, *, malas: int = 0) -> str:
    """Una persona en ese renglón, tecla por tecla; su CURP."""
    persona = dict(zip(TITULOS, personas(1, semilla=semilla, malas=malas)[0], strict=True))
    for columna, titulo in (
        ("curp", "CURP"),
        ("nombres", "Nombre(s)"),
        ("primer_apellido", "Primer apellido"),
        ("segundo_apellido", "Segundo apellido"),
        ("fecha_nacimiento", "Fecha de nacimiento"),
        ("sexo", "Sexo"),
        ("alcaldia", "Alcaldía"),
        ("monto", "Monto"),
    ):
        if casilla(pagina, fila, columna).count():
            casilla(pagina, fila, columna).fill(persona[titulo])
    return persona["CURP"]


def test_sin_guion_se_captura_se_corrige_y_se_entrega(sitio: Sitio, otro) -> None:
    pagina = otro("teléfono", java_script_enabled=False).new_page()
    empezar(pagina, sitio)
    assert pagina.evaluate("document.documentElement.scrollWidth") <= 360
    mala = escribir(pagina, 1, malas=1)
    escribir(pagina, 2, semilla=2)
    pagina.get_by_role("button", name="Guardar y revisar").last.click()
    expect(pagina.locator(".messagelist")).to_contain_text("Se guardaron 2 renglones")
    expect(pagina.locator(".captura-resumen")).to_contain_text("Renglón 2, CURP")
    expect(casilla(pagina, 1, "curp")).to_have_attribute("aria-invalid", "true")
    buena = f"{mala[:17]}{(int(mala[17]) - 1) % 10}"
    casilla(pagina, 1, "curp").fill(buena)
    pagina.get_by_role("button", name="Quitar el renglón 3").click()
    expect(casilla(pagina, 1, "curp")).to_have_value(buena)
    pagina.get_by_role("button", name="Deshacer").click()
    expect(casilla(pagina, 2, "curp")).not_to_have_value("")
    pagina.get_by_role("button", name="Entregar…").click()
    expect(pagina.locator(".captura-totales")).to_contain_text("2")
    pagina.get_by_role("button", name="Entregar").click()
    pagina.wait_for_url("**/padron/carga/**")
    expect(pagina.locator("#content")).to_contain_text("P-20")


def test_con_guion_se_guarda_sola_y_sobrevive_a_la_pestana_que_muere(sitio: Sitio, otro) -> None:
    contexto = otro()
    pagina = contexto.new_page()
    url = empezar(pagina, sitio)
    curp = escribir(pagina, 1, semilla=11, malas=1)
    expect(pagina.locator("#captura-aviso")).to_contain_text(GUARDADO)
    fila = pagina.locator(".captura-hoja tbody tr").first
    expect(fila).to_have_class(re.compile("fila-bloquea"))
    expect(fila.locator(".celda-errores li").first).to_contain_text("No deja entrar")
    assert curp not in pagina.evaluate("JSON.stringify(Object.entries(localStorage))")
    assert curp not in pagina.url + pagina.title()
    contexto.close()  # sin avisar, como un equipo que se apaga

    otra = otro().new_page()
    otra.goto(url)
    expect(casilla(otra, 1, "curp")).to_have_value(curp)


def test_se_anda_con_enter_y_el_ultimo_renglon_llama_a_otro(sitio: Sitio, otro) -> None:
    pagina = otro().new_page()
    empezar(pagina, sitio)
    casilla(pagina, 1, "nombres").fill("Ana")
    casilla(pagina, 1, "nombres").press("Enter")
    expect(casilla(pagina, 2, "nombres")).to_be_focused()
    casilla(pagina, 2, "nombres").press("Shift+Enter")
    expect(casilla(pagina, 1, "nombres")).to_be_focused()
    casilla(pagina, 10, "nombres").fill("Eva")
    expect(pagina.locator(".captura-hoja tbody tr")).to_have_count(11)
    casilla(pagina, 11, "nombres").fill("Isa")
    expect(pagina.locator("#captura-aviso")).to_contain_text(GUARDADO)
    pagina.reload()
    for fila, nombre in ((1, "Ana"), (2, "Eva"), (3, "Isa")):
        expect(casilla(pagina, fila, "nombres")).to_have_value(nombre)


def test_sin_conexion_lo_dice_y_al_volver_se_guarda(sitio: Sitio, otro) -> None:
    contexto = otro()
    pagina = contexto.new_page()
    empezar(pagina, sitio)
    contexto.set_offline(True)
    casilla(pagina, 1, "nombres").fill("Sin red")
    aviso = pagina.locator("#captura-aviso")
    expect(aviso).to_contain_text("Sin conexión")
    pagina.wait_for_timeout(2500)
    expect(aviso).not_to_contain_text(GUARDADO)
    assert "Sin red" in pagina.evaluate("JSON.stringify(Object.entries(localStorage))")
    contexto.set_offline(False)
    expect(aviso).to_contain_text(GUARDADO, timeout=30_000)
    assert "Sin red" not in pagina.evaluate("JSON.stringify(Object.entries(localStorage))")


def test_lo_que_no_llego_se_ofrece_al_volver(sitio: Sitio, otro) -> None:
    contexto = otro()
    pagina = contexto.new_page()
    url = empezar(pagina, sitio)
    contexto.set_offline(True)
    casilla(pagina, 1, "nombres").fill("Se quedó aquí")
    expect(pagina.locator("#captura-aviso")).to_contain_text("Sin conexión")
    pagina.close()
    contexto.set_offline(False)
    otra = contexto.new_page()
    otra.goto(url)
    otra.get_by_role("button", name="Recuperarlos").click()
    expect(casilla(otra, 1, "nombres")).to_have_value("Se quedó aquí")
    expect(otra.locator(".local")).to_have_count(0)


def test_la_sesion_que_termina_se_dice_y_nada_se_pierde(sitio: Sitio, otro) -> None:
    contexto = otro()
    pagina = contexto.new_page()
    empezar(pagina, sitio)
    galletas = contexto.cookies()
    contexto.clear_cookies(name=re.compile("sesion|session"))
    casilla(pagina, 1, "nombres").fill("Ya sin sesión")
    expect(pagina.locator("#captura-aviso")).to_contain_text("Tu sesión terminó")
    contexto.add_cookies(galletas)  # entró en otra pestaña
    expect(pagina.locator("#captura-aviso")).to_contain_text(GUARDADO, timeout=30_000)
    pagina.reload()
    expect(casilla(pagina, 1, "nombres")).to_have_value("Ya sin sesión")


def test_pegar_en_una_celda_ensena_antes_y_despues_inserta(sitio: Sitio, otro) -> None:
    contexto = otro()
    pagina = contexto.new_page()
    empezar(pagina, sitio)
    hoja = "\n".join("\t".join(f) for f in [TITULOS, *personas(40, semilla=30, malas=3)])
    casilla(pagina, 1, "curp").evaluate(
        """(casilla, texto) => {
            const datos = new DataTransfer();
            datos.setData("text/plain", texto);
            casilla.dispatchEvent(new ClipboardEvent("paste", { clipboardData: datos, bubbles: true, cancelable: true }));
        }""",
        hoja,
    )
    expect(pagina.get_by_text("Se entendieron 40 renglones")).to_be_visible()
    revisar(pagina)
    pagina.get_by_role("button", name="Insertar 40 renglones").click()
    expect(pagina.locator(".messagelist")).to_contain_text("Se insertaron 40 renglones")
    expect(pagina.locator(".captura-hoja tbody tr")).to_have_count(50)
    revisar(pagina)
    pagina.get_by_role("button", name="Entregar…").click()
    expect(pagina.locator(".nota-de-campo, #content p").first).to_be_visible()
    revisar(pagina)


def test_dos_en_el_mismo_renglon_comparan_y_eligen(sitio: Sitio, otro) -> None:
    una = otro().new_page()
    url = empezar(una, sitio)
    casilla(una, 1, "nombres").fill("Primera")
    expect(una.locator("#captura-aviso")).to_contain_text(GUARDADO)
    otra = otro().new_page()
    otra.goto(url)
    casilla(otra, 1, "nombres").fill("Segunda")
    expect(otra.locator("#captura-aviso")).to_contain_text(GUARDADO)
    casilla(una, 1, "nombres").fill("Tercera")
    fila = una.locator(".captura-hoja tbody tr").first
    expect(fila.locator(".captura-suyo")).to_contain_text("Segunda")
    fila.get_by_role("button", name="Quedarme con lo mío").click()
    expect(una.locator("#captura-aviso")).to_contain_text(GUARDADO)
    otra.reload()
    expect(casilla(otra, 1, "nombres")).to_have_value("Tercera")
