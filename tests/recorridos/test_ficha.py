"""Una persona lee un programa completo, cita un numeral, compara con el año pasado y se lo lleva."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.recorridos.conftest import Sitio, Visita, abrir

PROGRAMA = "/programas/demo-taller-y-oficio/"


def test_lee_la_promesa_completa_y_llega_a_cada_cosa(visita: Visita) -> None:
    pagina = visita.ir(PROGRAMA)
    for ancla in ("que-recibes", "para-quien", "que-necesitas", "cuando", "con-otro", "quejas"):
        expect(pagina.locator(f"#{ancla}")).to_be_visible()
    expect(pagina.locator(".leyenda")).to_contain_text("público")
    pagina.locator("#que-necesitas .numeral").first.click()
    expect(pagina.locator(":target")).to_contain_text("Vivir en la Ciudad de México")
    assert pagina.url.endswith("#numeral-8-2-1")
    assert not visita.fallas


def test_compara_con_el_anio_pasado_sin_depender_del_color(visita: Visita) -> None:
    pagina = visita.ir(PROGRAMA)
    pagina.locator("#documentos a", has_text="Qué cambió respecto de").click()
    expect(pagina.locator("h1")).to_have_text("Qué cambió")
    expect(pagina.locator("#requisitos")).to_contain_text("Ya no está")
    expect(pagina.locator("ins").first).to_be_visible()
    expect(pagina.locator("del").first).to_be_visible()
    assert not visita.fallas


def test_una_version_sustituida_lleva_a_la_vigente(visita: Visita) -> None:
    pagina = visita.ir(PROGRAMA)
    anio = pagina.locator("#historial [aria-current]").inner_text()
    pagina = visita.ir(f"{PROGRAMA}{anio}/?version=1")
    pagina.locator(".cabeza-ficha .aviso a", has_text="vigente").click()
    expect(pagina.locator("h1")).to_contain_text("Taller y Oficio")
    expect(pagina.locator(".cabeza-ficha .aviso")).to_have_count(0)


def test_el_calendario_se_descarga_y_el_pdf_contesta_con_claridad(visita: Visita) -> None:
    """Aquí no hay trabajador: el PDF dice que se está preparando y ofrece la página."""
    pagina = visita.ir(PROGRAMA)
    calendario = pagina.locator("#documentos a[href$='calendario.ics']").get_attribute("href")
    assert calendario is not None
    respuesta = pagina.request.get(visita.url + calendario)
    assert respuesta.ok
    assert "BEGIN:VEVENT" in respuesta.text()
    pdf = pagina.request.get(visita.url + calendario.replace("calendario.ics", "ficha.pdf"))
    assert pdf.status == 503
    assert int(pdf.headers["retry-after"]) > 0
    assert "se está preparando" in pdf.text()


def test_en_el_telefono_sin_javascript_nada_se_sale_de_la_pantalla(
    navegador: Browser, sitio: Sitio
) -> None:
    visita = abrir(navegador, sitio, ancho="teléfono", java_script_enabled=False)
    pagina = visita.ir(PROGRAMA)
    anio = pagina.locator("#historial [aria-current]").inner_text()
    for ruta in (PROGRAMA, f"{PROGRAMA}{anio}/reglas/", f"{PROGRAMA}{anio}/cambios/"):
        pagina = visita.ir(ruta)
        ancho = pagina.locator("body").bounding_box()
        assert ancho is not None
        assert ancho["width"] <= 360, ruta
    visita.pagina.context.close()
