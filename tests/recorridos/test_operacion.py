"""El trabajo de adentro, una persona por oficio: dinero, avances, documentos, palabras y avisos."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Response, expect

from sibis.demo.pdf_sencillo import pdf
from tests.recorridos.conftest import Visita
from tests.recorridos.test_accesibilidad import _hallazgos

Como = Callable[..., Visita]
PRESUPUESTO = "/panel/presupuesto"
PROGRAMAS = "/panel/programas"
ANIO = timezone.localdate().year


@pytest.fixture
def oficio(como: Como) -> Callable[[str], Visita]:
    """Entra y, de paso, apunta como falla lo que el servidor no pudo contestar."""

    def entrar(usuario: str) -> Visita:
        visita = como(usuario)
        visita.pagina.on("response", lambda r: _apuntar(visita, r))
        return visita

    return entrar


def _apuntar(visita: Visita, respuesta: Response) -> None:
    if respuesta.status >= 500:
        visita.fallas.append(f"{respuesta.status} {respuesta.url}")


def _guardado(pagina: Page) -> None:
    expect(pagina.locator(".messagelist .success")).to_be_visible()


def _sin_hallazgos(visita: Visita) -> None:
    assert _hallazgos(visita.pagina) == [], visita.pagina.url
    assert not visita.fallas


def test_finanzas_busca_parecidos_y_descarta_uno_diciendo_por_que(
    oficio: Callable[[str], Visita],
) -> None:
    visita = oficio("finanzas")
    pagina = visita.ir(f"{PRESUPUESTO}/vinculopresupuestal/?estado__exact=propuesto")
    _sin_hallazgos(visita)
    pagina.get_by_role("button", name="Buscar parecidos otra vez").click()
    expect(pagina.locator(".messagelist .success")).to_contain_text("Propuestas nuevas")
    visita.ir(f"{PRESUPUESTO}/vinculopresupuestal/?estado__exact=propuesto")
    pagina.locator("#result_list tbody th a").last.click()
    pagina.select_option("#id_decision", "rechazar")
    pagina.fill("#id_nota", "")
    pagina.click("[name=_save]")
    expect(pagina.locator(".field-nota .errorlist")).to_contain_text("Escribe por qué")
    _sin_hallazgos(visita)
    pagina.fill("#id_nota", "Se llama parecido, pero es de otra alcaldía.")
    pagina.click("[name=_save]")
    _guardado(pagina)


def test_quien_solo_consulta_el_dinero_no_tiene_el_boton(oficio: Callable[[str], Visita]) -> None:
    visita = oficio("enlace.iztapalapa")
    pagina = visita.ir(f"{PRESUPUESTO}/vinculopresupuestal/")
    expect(pagina.locator("#result_list")).to_be_visible()
    assert pagina.get_by_role("button", name="Buscar parecidos otra vez").count() == 0


def test_el_enlace_escribe_su_avance_y_el_portal_lo_muestra(
    oficio: Callable[[str], Visita],
) -> None:
    visita = oficio("enlace.iztapalapa")
    pagina = visita.ir(f"{PRESUPUESTO}/avancefisico/add/")
    expect(pagina.locator("#id_ejercicio")).to_have_value(str(ANIO))
    pagina.select_option("#id_programa", index=1)
    pagina.select_option("#id_trimestre", "1")
    pagina.fill("#id_unidad", "canastas de prueba")
    pagina.fill("#id_meta", "-5")
    pagina.fill("#id_fuente", "Recorrido de prueba")
    pagina.click("[name=_save]")
    expect(pagina.locator(".errornote")).to_be_visible()
    expect(pagina.locator("#id_unidad")).to_have_value("canastas de prueba")
    _sin_hallazgos(visita)
    pagina.fill("#id_meta", "1200")
    pagina.fill("#id_alcanzado", "300")
    pagina.click("[name=_save]")
    _guardado(pagina)
    expect(pagina.locator("#result_list")).to_contain_text("canastas de prueba")


def test_el_enlace_escribe_un_indicador_con_su_medicion(oficio: Callable[[str], Visita]) -> None:
    visita = oficio("enlace.iztapalapa")
    pagina = visita.ir(f"{PRESUPUESTO}/indicador/add/")
    pagina.select_option("#id_programa", index=1)
    pagina.select_option("#id_nivel", "componente")
    pagina.fill("#id_objetivo", "Entregar canastas a tiempo.")
    pagina.fill("#id_nombre", "Canastas entregadas en su mes")
    pagina.fill("#id_unidad", "porcentaje")
    _sin_hallazgos(visita)
    pagina.click("[name=_continue]")
    _guardado(pagina)
    pagina.click("#mediciones-group .add-row a")
    for campo, valor in (
        ("desde", f"{ANIO}-01-01"),
        ("hasta", f"{ANIO}-03-31"),
        ("valor", "82.5"),
        ("fuente", "Recorrido de prueba"),
    ):
        pagina.fill(f"#id_mediciones-0-{campo}", valor)
    pagina.click("[name=_continue]")
    _guardado(pagina)
    expect(pagina.locator("#id_mediciones-0-valor")).to_have_value("82.50")
    _sin_hallazgos(visita)


def _llenar_documento(pagina: Page, archivo: bytes) -> None:
    pagina.fill("#id_titulo", "Informe de la prueba de recorrido")
    pagina.select_option("#id_clase", "informe")
    pagina.fill("#id_ejercicio", str(ANIO - 1))
    pagina.set_input_files(
        "#id_contenido", {"name": "informe.pdf", "mimeType": "application/pdf", "buffer": archivo}
    )


def test_el_enlace_guarda_un_pdf_y_lo_que_no_es_pdf_se_dice(
    oficio: Callable[[str], Visita],
) -> None:
    visita = oficio("enlace.iztapalapa")
    pagina = visita.ir(f"{PROGRAMAS}/documento/add/")
    _sin_hallazgos(visita)
    _llenar_documento(pagina, b"MZ\x90\x00" + bytes(200))
    pagina.click("[name=_save]")
    expect(pagina.locator(".field-contenido .errorlist")).to_contain_text("Por dentro no es un PDF")
    expect(pagina.locator("#id_titulo")).to_have_value("Informe de la prueba de recorrido")
    _llenar_documento(pagina, pdf([["Informe de la prueba", "Un renglón."]]))
    pagina.click("[name=_continue]")
    _guardado(pagina)
    expect(pagina.locator(".field-guardado")).to_contain_text("application/pdf")
    publica = pagina.locator(".field-en_el_portal a").get_attribute("href")
    assert publica is not None
    _sin_hallazgos(visita)
    visita.ir(publica)
    expect(pagina.locator("h1")).to_contain_text("Informe de la prueba")
    assert not visita.fallas


def test_un_sinonimo_nuevo_sirve_en_la_siguiente_busqueda(oficio: Callable[[str], Visita]) -> None:
    visita = oficio("valida.sibiso")
    pagina = visita.ir("/programas/?q=guaguis&literal=1")
    expect(pagina.locator(".lista-resultados li")).to_have_count(0)
    visita.ir(f"{PROGRAMAS}/consultasinresultado/")
    _sin_hallazgos(visita)
    visita.ir(f"{PROGRAMAS}/sinonimo/add/?termino=guaguis")
    expect(pagina.locator("#id_termino")).to_have_value("guaguis")
    pagina.fill("#id_equivale_a", "desempleo")
    _sin_hallazgos(visita)
    pagina.click("[name=_save]")
    _guardado(pagina)
    visita.ir("/programas/?q=guaguis")
    expect(pagina.locator(".lista-resultados")).to_contain_text("Seguro de Desempleo")
    assert not visita.fallas


def test_la_tecnica_ve_como_van_los_avisos_sin_ver_a_quien(oficio: Callable[[str], Visita]) -> None:
    visita = oficio("tecnica")
    for lista in (
        *("suscripcion/", "suscripcionpush/", "aviso/"),
        *("envio/", "envio/?atorados=si", "envio/?estado__exact=entregado"),
    ):
        pagina = visita.ir(f"/panel/ciudadania/{lista}")
        expect(pagina.locator("#content > .entradilla")).to_be_visible()
        assert "@" not in pagina.locator("#content").inner_text()
        _sin_hallazgos(visita)
