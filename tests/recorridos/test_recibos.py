"""Cualquiera, sin cuenta: ver los padrones, abrir un recibo y comprobar el archivo que tiene."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.recorridos.conftest import Sitio, Visita, abrir
from tests.recorridos.recibos import Sembrados, sembrar
from tests.recorridos.test_accesibilidad import _anchos_que_desbordan, _hallazgos

URL = "/padron/verificar/"


@pytest.fixture(scope="module")
def sembrados(sitio: Sitio, tmp_path_factory: pytest.TempPathFactory) -> Sembrados:
    return sembrar(sitio, tmp_path_factory.mktemp("recibos"))


def elegir(visita: Visita, ruta: str | Path) -> None:
    pagina = visita.ir(URL)
    pagina.set_input_files("[name=archivo]", str(ruta))
    pagina.click("[data-comprobar] button")
    pagina.wait_for_selector("#resultado")


def test_axe_y_anchos(navegador: Browser, sitio: Sitio, sembrados: Sembrados) -> None:
    visita = abrir(navegador, sitio)
    rutas = [
        "/padron/",
        "/padron/?ejercicio=2019",
        URL,
        f"{URL}?clave={'a' * 64}",
        f"{URL}?clave=hola",
        f"/padron/recibos/{sembrados.vigente}/",
        f"/padron/recibos/{sembrados.sustituido}/",
        f"/padron/recibos/{sembrados.chico}/",
        sembrados.programa,
    ]
    hallazgos: dict[str, list[object]] = {}
    for ruta in rutas:
        for ancho, alto in ((1280, 900), (360, 740)):
            visita.pagina.set_viewport_size({"width": ancho, "height": alto})
            pagina = visita.ir(ruta)
            if encontrados := _hallazgos(pagina):
                hallazgos[f"{ruta} a {ancho}"] = [*encontrados]
        if desbordan := _anchos_que_desbordan(visita.pagina):
            hallazgos[ruta] = [f"se desborda a {desbordan}"]
    visita.pagina.context.close()
    assert not hallazgos


def test_de_la_lista_al_recibo_y_del_sustituido_al_que_vale(
    visita: Visita, sembrados: Sembrados
) -> None:
    pagina = visita.ir("/padron/")
    pagina.click(f"text={sembrados.vigente}")
    expect(pagina.get_by_text("Es auténtico y está vigente")).to_be_visible()

    visita.ir(f"/padron/recibos/{sembrados.sustituido}/")
    expect(pagina.get_by_text("Es auténtico y ya se sustituyó")).to_be_visible()
    pagina.click(f"text=recibo {sembrados.vigente}")
    expect(pagina.get_by_text("Es auténtico y está vigente")).to_be_visible()


def test_con_javascript_el_archivo_no_sale_de_la_computadora(
    visita: Visita, sembrados: Sembrados, tmp_path: Path
) -> None:
    envios: list[str] = []
    visita.pagina.on("request", lambda p: envios.append(p.method))

    elegir(visita, sembrados.pdf)
    expect(visita.pagina.get_by_text("Es auténtico: es el recibo")).to_be_visible()
    elegir(visita, sembrados.padron)
    expect(visita.pagina.get_by_text("Es el archivo que entregó la dependencia")).to_be_visible()
    alterado = tmp_path / "alterado.pdf"
    alterado.write_bytes(Path(sembrados.pdf).read_bytes() + b" ")
    elegir(visita, alterado)
    expect(visita.pagina.get_by_role("heading", name="No es el que se firmó")).to_be_visible()

    assert "POST" not in envios
    assert visita.fallas == []


def test_sin_javascript_se_manda_y_se_contesta_lo_mismo(
    navegador: Browser, sitio: Sitio, sembrados: Sembrados
) -> None:
    visita = abrir(navegador, sitio, java_script_enabled=False)
    for ruta, dicho in (
        (sembrados.pdf, "Es auténtico: es el recibo"),
        (sembrados.pdf_viejo, "Ya se sustituyó por otro"),
        (sembrados.padron, "Es el archivo que entregó la dependencia"),
    ):
        elegir(visita, ruta)
        assert dicho in visita.pagina.inner_text("#resultado")
    visita.pagina.context.close()


def test_uno_demasiado_grande_ni_se_manda_ni_se_calcula(visita: Visita, tmp_path: Path) -> None:
    grande = tmp_path / "grande.csv"
    with grande.open("wb") as archivo:
        archivo.truncate(200_000_001)
    pagina = visita.ir(URL)
    pagina.set_input_files("[name=archivo]", str(grande))
    pagina.click("[data-comprobar] button")

    expect(pagina.get_by_text("ni se manda ni se puede calcular aquí")).to_be_visible()
    assert pagina.url.endswith(URL)


def test_sin_elegir_archivo_se_dice_y_el_folio_escrito_lleva_a_su_recibo(
    visita: Visita, sembrados: Sembrados
) -> None:
    pagina = visita.ir(URL)
    pagina.fill("[name=clave]", sembrados.vigente.lower())
    pagina.click("section[aria-labelledby=t-clave] button")
    expect(pagina.get_by_text("Es auténtico y está vigente")).to_be_visible()

    visita.ir(URL)
    pagina.fill("[name=clave]", "R-2025-999999")
    pagina.click("section[aria-labelledby=t-clave] button")
    expect(pagina.get_by_text("No hay un recibo publicado con ese folio").first).to_be_visible()
