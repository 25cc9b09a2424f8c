"""Un padrón de punta a punta: se sube sucio, se dicen sus columnas, se lee lo hallado, lo confirma otra persona."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from sibis.demo.personas import Persona, inventar
from tests.recorridos.conftest import ANCHOS, Sitio, Visita
from tests.recorridos.test_accesibilidad import _hallazgos, _sin_desbordar

Como = Callable[..., Visita]
ENTRADA = "/panel/padron/carga/entregar/"
LISTA = "/panel/padron/carga/"
TITULOS = ("Clave única", "Nom", "Ap 1", "Ap 2", "F nac", "S", "Q")
SON = (
    "curp",
    "nombres",
    "primer_apellido",
    "segundo_apellido",
    "fecha_nacimiento",
    "sexo",
    "monto",
)


def _revisar(pagina: Page) -> None:
    """Sin hallazgos y sin moverse de lado, en teléfono y en escritorio."""
    for ancho, alto in ANCHOS.values():
        pagina.set_viewport_size({"width": ancho, "height": alto})
        assert _hallazgos(pagina) == [], (pagina.url, ancho)
        assert _sin_desbordar(pagina), (pagina.url, ancho)


def _gente(asunto: str, cuantas: int) -> list[Persona]:
    halladas: dict[str, Persona] = {}
    numero = 0
    while len(halladas) < cuantas:
        persona = inventar(23, asunto, numero)
        numero += 1
        if datetime.date(1966, 1, 1) < persona.nacimiento < datetime.date(2000, 1, 1):
            halladas[persona.curp] = persona
    return list(halladas.values())


@pytest.fixture
def sucio(tmp_path: Path) -> Callable[[str, int, int], Path]:
    """Con un título arriba, encabezado raro, y las primeras filas con la CURP mal copiada."""

    def escribir(asunto: str, cuantas: int, mal: int) -> Path:
        texto = io.StringIO()
        texto.write("Padrón de prueba\n\n")
        escritor = csv.writer(texto)
        escritor.writerow(TITULOS)
        for n, p in enumerate(_gente(asunto, cuantas)):
            curp = p.curp if n >= mal else f"{p.curp[:17]}{(int(p.curp[17]) + 1) % 10}"
            nacio = f"{p.nacimiento:%d/%m/%Y}"
            escritor.writerow(
                (curp, p.nombres, p.primer_apellido, p.segundo_apellido, nacio, p.sexo, "100.00")
            )
        ruta = tmp_path / f"{asunto}.csv"
        ruta.write_bytes(texto.getvalue().encode("cp1252"))
        return ruta

    return escribir


def _elegir(pagina: Page, programa: str, archivo: Path) -> None:
    """Desde la entrada: el programa ya queda puesto."""
    fila = pagina.locator(".padron-programa", has_text=programa).first
    fila.get_by_role("link", name="Subir archivo").click()
    pagina.set_input_files("input[type=file]", archivo)


def _decir_columnas(pagina: Page) -> None:
    for lugar, es in enumerate(SON):
        pagina.select_option(f"#id_columna-{lugar}", es)


def _confirmar_columnas(pagina: Page) -> None:
    pagina.get_by_role("button", name="Confirmar y revisar").click()


def _subir_con_un_error(pagina: Page, archivo: Path) -> None:
    """Ni lo escrito ni el archivo se pierden; corregido, se recibe."""
    _elegir(pagina, "Huertos", archivo)
    expect(pagina.locator("[data-pista]")).to_contain_text("Pesa")
    _revisar(pagina)
    pagina.get_by_text("Hoja y cifras de control").click()
    pagina.fill("#id_filas", "doce")
    pagina.get_by_role("button", name="Subir y revisar").click()
    expect(pagina.locator(".resumen-errores")).to_be_visible()
    expect(pagina.locator("#id_filas")).to_have_value("doce")
    assert pagina.evaluate("document.querySelector('input[type=file]').files.length") == 1
    pagina.fill("#id_filas", "12")
    pagina.get_by_role("button", name="Subir y revisar").click()
    pagina.wait_for_url("**/columnas/")


def _decirlas_dos_veces(pagina: Page) -> None:
    """Primero con dos columnas que dicen lo mismo."""
    expect(pagina.locator("#content-main")).to_contain_text("El encabezado está en la fila 3")
    _decir_columnas(pagina)
    pagina.select_option("#id_columna-5", "curp")
    _confirmar_columnas(pagina)
    expect(pagina.locator(".resumen-errores")).to_contain_text("ya es la columna A")
    _revisar(pagina)
    pagina.select_option("#id_columna-5", "sexo")
    _confirmar_columnas(pagina)


def _leer_y_presentar(pagina: Page) -> None:
    expect(pagina.locator(".carga-entran dd")).to_have_text("9", timeout=60_000)
    expect(pagina.locator(".carga-esperan dd")).to_have_text("3")
    expect(pagina.locator("#t-bloquea")).to_contain_text("Hay que corregir")
    _revisar(pagina)
    pagina.get_by_role("link", name="Presentar").click()
    _revisar(pagina)
    pagina.get_by_role("button", name="Presentar").click()
    expect(pagina.locator(".regla-estado")).to_contain_text("por confirmar")
    expect(pagina.locator(".carga-sigue")).to_contain_text("Tú entregaste esta carga")


def _confirmar(pagina: Page) -> None:
    """Sin la casilla no entra nada."""
    pagina.get_by_role("link", name="Revisar para confirmar o devolver").click()
    _revisar(pagina)
    pagina.get_by_role("button", name="Confirmar: entran 9 registros").click()
    expect(pagina.locator(".resumen-errores")).to_contain_text("Marca la casilla")
    pagina.locator("input[name=de_acuerdo]").check()
    pagina.get_by_role("button", name="Confirmar: entran 9 registros").click()
    expect(pagina.locator(".regla-estado")).to_contain_text("aplicada")
    _revisar(pagina)


def test_se_sube_se_corrige_y_entra_cuando_otra_persona_lo_confirma(
    como: Como, sucio: Callable[[str, int, int], Path]
) -> None:
    enlace, titular, ajeno = (
        como("enlace.iztapalapa", "teléfono"),
        como("titular.iztapalapa"),
        como("enlace.styfe"),
    )
    pagina = enlace.ir(ENTRADA)
    _revisar(pagina)
    _subir_con_un_error(pagina, sucio("huertos", 12, 3))
    _decirlas_dos_veces(pagina)
    _leer_y_presentar(pagina)
    carga = pagina.url.removeprefix(enlace.url)

    portada = titular.ir("/panel/")
    portada.locator(".cola", has_text="Padrones por confirmar").get_by_role(
        "link", name="Huertos"
    ).first.click()
    _confirmar(titular.pagina)

    respuesta = ajeno.pagina.goto(ajeno.url + carga)
    assert respuesta is not None
    assert respuesta.status == 404
    expect(ajeno.ir(LISTA).locator("#content-main")).not_to_contain_text("Huertos")
    assert [f for f in enlace.fallas + titular.fallas if "422" not in f] == []


def test_sin_javascript_se_entrega_igual(
    navegador: Browser, sitio: Sitio, como: Como, sucio: Callable[[str, int, int], Path]
) -> None:
    """Subir, decir columnas y leer el resultado no dependen de ningún guion."""
    estado = como("enlace.styfe").pagina.context.storage_state()
    contexto = navegador.new_context(java_script_enabled=False, storage_state=estado)
    pagina = contexto.new_page()
    pagina.goto(f"{sitio.url}{ENTRADA}")
    _elegir(pagina, "Economía social", sucio("fomento", 8, 2))
    pagina.get_by_role("button", name="Subir y revisar").click()
    _decir_columnas(pagina)
    _confirmar_columnas(pagina)
    expect(pagina.locator(".carga-cifras")).to_contain_text("8", timeout=60_000)
    pagina.get_by_role("link", name="Cancelar").click()
    pagina.get_by_role("button", name="Cancelar la carga").click()
    expect(pagina.locator(".regla-estado")).to_contain_text("cancelada")
    contexto.close()


def test_una_subida_que_se_corta_no_pierde_lo_escrito(
    como: Como, sucio: Callable[[str, int, int], Path]
) -> None:
    visita = como("enlace.cuauhtemoc")
    pagina = visita.ir("/panel/padron/carga/add/")
    pagina.set_input_files("input[type=file]", sucio("corte", 5, 0))
    pagina.get_by_text("Hoja y cifras de control").click()
    pagina.fill("#id_filas", "5")
    pagina.route("**/carga/add/", lambda ruta: ruta.abort("connectionreset"))
    pagina.get_by_role("button", name="Subir y revisar").click()
    expect(pagina.locator("[data-pista]")).to_contain_text("La subida se interrumpió")
    expect(pagina.locator("#id_filas")).to_have_value("5")
    assert pagina.evaluate("document.querySelector('input[type=file]').files.length") == 1
    expect(pagina.get_by_role("button", name="Subir y revisar")).to_be_enabled()
