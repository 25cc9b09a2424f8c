"""Corregir una carga como lo hace el enlace: un patrón entero, fila por fila (con guion y sin él) y lo recordado."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.padron.arreglos.conftest import ALCALDIA, FOLIO, con_fechas_cortas
from tests.padron.carga.archivos import csv_de, personas
from tests.recorridos.conftest import ANCHOS, RAIZ, Sitio, Visita, abrir
from tests.recorridos.test_accesibilidad import _hallazgos, _sin_desbordar

Como = Callable[..., Visita]
ENLACE = "enlace.iztapalapa"


def _cargar(sitio: Sitio, archivo: Path, periodo: str) -> str:
    """La entrega por la orden y dice su dirección en el panel."""
    orden = ["cargar_padron", str(archivo), "--programa", _programa(sitio), "--ejercicio", "2025"]
    hecho = subprocess.run(
        [sys.executable, "manage.py", *orden, "--por", ENLACE, "--periodo", periodo],
        cwd=RAIZ,
        env=sitio.entorno,
        capture_output=True,
        text=True,
        check=False,
    )
    assert hecho.returncode == 1, hecho.stdout + hecho.stderr
    return re.search(r"P-\d{4}-\d{6,}", hecho.stdout)[0]


def _programa(sitio: Sitio) -> str:
    """Uno de Iztapalapa con reglas publicadas en 2025."""
    codigo = (
        "from programas.models import ReglaOperacion as R;"
        "print(R.objects.publicadas().filter(ejercicio=2025, dependencia__clave='ALC-09007')"
        ".order_by('pk').first().programa.clave)"
    )
    hecho = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", codigo],
        cwd=RAIZ,
        env=sitio.entorno,
        capture_output=True,
        text=True,
        check=True,
    )
    return hecho.stdout.strip().splitlines()[-1]


def _padron(semilla: int) -> bytes:
    """Mujeres de la edad que pide ese programa: solo está mal lo que se descompone."""
    suyas = [
        p for p in personas(600, semilla=semilla) if p[5] == "Mujer" and "1972" < p[4][6:] < "1988"
    ]
    filas = [*con_fechas_cortas(6, 6, semilla=semilla), *suyas[:24]]
    for i, fila in enumerate(filas):
        fila[ALCALDIA] = "Ecatepec" if 6 <= i < 9 else "Iztapalapa"
        fila[FOLIO] = f"R-{semilla}-{i}"
    return csv_de(filas)


@pytest.fixture
def entregada(sitio: Sitio, tmp_path: Path) -> Callable[..., str]:
    def entrega(semilla: int, periodo: str) -> str:
        archivo = tmp_path / f"padron-{semilla}.csv"
        archivo.write_bytes(_padron(semilla))
        return _cargar(sitio, archivo, periodo)

    return entrega


def _abrir_carga(visita: Visita, folio: str, pagina: str) -> Page:
    """Por la lista, como llega una persona; después, la página pedida."""
    lista = visita.ir(f"/panel/padron/carga/?q={folio}")
    lista.locator("#result_list").get_by_role("link", name=folio).click()
    numero = re.search(r"/carga/(\d+)/", lista.url)[1]
    return visita.ir(f"/panel/padron/carga/{numero}/{pagina}")


def _revisar(pagina: Page) -> None:
    for ancho, alto in ANCHOS.values():
        pagina.set_viewport_size({"width": ancho, "height": alto})
        assert _hallazgos(pagina) == [], ancho
        assert _sin_desbordar(pagina), ancho


def _arreglar_el_patron(visita: Visita, folio: str) -> None:
    pagina = _abrir_carga(
        visita, folio, "arreglar/?codigo=fecha_anio_corto&columna=fecha_nacimiento&forma=99/99/99"
    )
    _revisar(pagina)
    pagina.get_by_label("Del siglo pasado: 1958").check()
    pagina.get_by_role("button", name=re.compile("Ver qué cambiaría.*Completar el año")).click()
    expect(pagina.locator("#previa")).to_contain_text("9999-99-99")
    _revisar(pagina)
    pagina.get_by_role("button", name="Ver los datos").click()
    expect(pagina.locator(".arreglos-ejemplos")).to_contain_text(re.compile(r"19\d\d-\d\d-\d\d"))
    pagina.get_by_role("button", name="Arreglar 6 filas").click()
    expect(pagina.locator(".messagelist")).to_contain_text("Se arreglaron 6 filas")


def _corregir_con_guion(visita: Visita, folio: str) -> None:
    """Al salir de la celda se guarda y se revisa esa fila, sin recargar."""
    pagina = _abrir_carga(visita, folio, "filas/?ver=bloquea")
    _revisar(pagina)
    pagina.get_by_role("button", name="Ver los datos y corregir").click()
    _revisar(pagina)
    celda = pagina.get_by_label("Alcaldía, fila 8")
    celda.fill("Iztapalapa")
    celda.press("Tab")
    expect(pagina.locator("#fila-8")).to_contain_text("Ya podría entrar")
    expect(pagina.locator("#fila-8")).to_contain_text("El archivo trae «Ecatepec»")
    expect(pagina.locator("#fila-9")).not_to_contain_text("Ya podría entrar")
    pagina.locator("#fila-9 summary").click()
    pagina.locator("#fila-9").get_by_label("No entra al padrón").check()
    pagina.locator("#fila-9").get_by_label("Por qué").fill("Vive en otro municipio.")
    pagina.locator("#fila-9").get_by_label("Por qué").press("Tab")
    expect(pagina.locator("#fila-9")).to_contain_text("Fuera: Vive en otro municipio.")
    _revisar(pagina)


def _corregir_sin_guion(navegador: Browser, sitio: Sitio, sesion: dict, folio: str) -> None:
    visita = abrir(navegador, sitio, java_script_enabled=False, storage_state=sesion)
    try:
        pagina = _abrir_carga(visita, folio, "filas/?codigo=alcaldia_desconocida&columna=alcaldia")
        pagina.get_by_label("Alcaldía, fila 10").fill("Iztapalapa")
        pagina.get_by_role("button", name="Guardar lo corregido").click()
        expect(pagina.locator(".messagelist")).to_contain_text("Se guardó 1 fila")
        expect(pagina.locator("#fila-10")).to_contain_text("Ya podría entrar")
        pagina.get_by_role("button", name="Revisar de nuevo").click()
        expect(pagina.locator(".messagelist")).to_contain_text("Se está revisando de nuevo")
    finally:
        visita.pagina.context.close()


def test_una_carga_se_corrige_de_las_tres_maneras_y_se_recuerda(
    como: Como, navegador: Browser, sitio: Sitio, sesiones: dict, entregada: Callable[..., str]
):
    folio = entregada(71, "t1")
    enlace = como(ENLACE)
    _arreglar_el_patron(enlace, folio)
    _corregir_con_guion(enlace, folio)
    _corregir_sin_guion(navegador, sitio, sesiones[ENLACE], folio)

    pagina = _abrir_carga(enlace, folio, "arreglos/")
    expect(pagina.locator("#content")).to_contain_text("Completar el año con su siglo")
    _revisar(pagina)
    pagina = _abrir_carga(enlace, folio, "fallidas/")
    _revisar(pagina)
    with pagina.expect_download() as bajada:
        pagina.get_by_role("button", name=re.compile("Bajar")).click()
    assert bajada.value.suggested_filename == f"{folio}-por-corregir.xlsx"

    otra = entregada(72, "t2")
    pagina = _abrir_carga(enlace, otra, "arreglos/")
    expect(pagina.locator("#content")).to_contain_text("La vez pasada lo arreglaste así")
    expect(pagina.locator("#content")).to_contain_text("Del siglo pasado: 1958")
    _revisar(pagina)
    pagina.get_by_role("button", name=re.compile("Aplicar lo elegido")).click()
    expect(pagina.locator(".messagelist")).to_contain_text("Se arreglaron 6 filas")
    assert enlace.fallas == []
