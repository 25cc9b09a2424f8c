"""El validador en un navegador, como lo usa una dependencia; y la página del panel de donde lo baja."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from padron.viajero.empaque import empacar
from tests.padron.viaja.conftest import encargo
from tests.recorridos.conftest import ANCHOS, Visita
from tests.recorridos.test_accesibilidad import _hallazgos, _sin_desbordar

Como = Callable[..., Visita]
SUCIO = "CURP,Nombre(s),Primer apellido,Alcaldía\nXX,Ana,Luna,Coyoacán\n,=cmd|x,Vega,Marte\n"


@pytest.fixture
def direccion(tmp_path: Path) -> Iterator[str]:
    """El validador abierto sin argumentos, en una carpeta vacía y sin nuestras bibliotecas a la vista."""
    pyz = tmp_path / "validador.pyz"
    pyz.write_bytes(empacar(encargo()).contenido)
    proceso = subprocess.Popen(
        [sys.executable, "-I", "-S", str(pyz), "--sin-navegador"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    with proceso:
        assert proceso.stdout
        dicha = (re.search(r"http://\S+", linea) for linea in proceso.stdout)
        yield next(d[0] for d in dicha if d)
        if proceso.poll() is None:
            proceso.terminate()


def _bien(pagina: Page) -> None:
    for w, h in ANCHOS.values():
        pagina.set_viewport_size({"width": w, "height": h})
        assert _hallazgos(pagina) == []
        assert _sin_desbordar(pagina)


def test_se_elige_un_archivo_se_lee_y_se_bajan_las_filas(
    navegador: Browser, direccion: str, tmp_path: Path
) -> None:
    padron = tmp_path / "mi padrón.csv"
    padron.write_text(SUCIO, encoding="utf-8")
    contexto = navegador.new_context(locale="es-MX")
    pagina, pedidos, fallas = contexto.new_page(), [], []
    pagina.on("request", lambda pedido: pedidos.append(pedido.url))
    pagina.on("console", lambda dicho: fallas.append(dicho.text) if dicho.type == "error" else None)
    pagina.goto(direccion)
    _bien(pagina)

    pagina.set_input_files("#archivo", str(padron))
    pagina.click("button:has-text('Revisar')")
    expect(pagina.locator("h1")).to_have_text("mi padrón.csv")
    expect(pagina.locator(".veredicto")).to_contain_text("no se puede cargar ninguna fila")
    for resumen in pagina.locator("summary").all():
        resumen.click()
    _bien(pagina)
    with pagina.expect_download() as bajada:
        pagina.click("a:has-text('filas por corregir')")
    assert bajada.value.suggested_filename == "mi padrón-por-corregir.xlsx"

    pagina.click("a:has-text('Revisar otro archivo')")
    pagina.click("button:has-text('Terminar y borrar')")
    expect(pagina.locator("h1")).to_have_text("El validador terminó")
    assert [p for p in pedidos if not p.startswith(direccion) and "favicon" not in p] == []
    assert fallas == []
    contexto.close()


def test_el_informe_guardado_se_abre_solo_y_pasa_por_axe(
    navegador: Browser, direccion: str, tmp_path: Path
) -> None:
    padron = tmp_path / "padron.csv"
    padron.write_text(SUCIO, encoding="utf-8")
    contexto = navegador.new_context(locale="es-MX")
    pagina = contexto.new_page()
    pagina.goto(direccion)
    pagina.set_input_files("#archivo", str(padron))
    pagina.click("button:has-text('Revisar')")
    with pagina.expect_download() as bajada:
        pagina.click("a:has-text('Descargar este informe')")
    guardado = tmp_path / "informe.html"
    bajada.value.save_as(guardado)
    pedidos: list[str] = []
    pagina.on("request", lambda pedido: pedidos.append(pedido.url))
    pagina.goto(guardado.as_uri())
    expect(pagina.locator("h1")).to_have_text("padron.csv")
    assert pedidos == [guardado.as_uri()]
    _bien(pagina)
    contexto.close()


def test_las_plantillas_del_panel_pasan_por_axe(como: Como) -> None:
    pagina = como("enlace.iztapalapa").ir("/panel/padron/plantillas/")
    _bien(pagina)
    pagina.locator(".plantillas-lista a").first.click()
    pagina.click("summary:has-text('Qué lleva')")
    _bien(pagina)
    with pagina.expect_download() as bajada:
        pagina.click("a:has-text('Descargar en XLSX')")
    assert bajada.value.suggested_filename.endswith(".xlsx")
