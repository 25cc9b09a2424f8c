"""Escribir una regla como se escribe: sin guion, con la pestaña que muere, sin red, y entre dos."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.recorridos.conftest import ANCHOS, Sitio, Visita

Como = Callable[..., Visita]
REGLAS = "/panel/programas/reglaoperacion/?estado__exact=borrador"
ENLACE = "enlace.iztapalapa"


@pytest.fixture
def raiz(como: Como) -> str:
    """La dirección de un borrador de la demostración, sin «change/»."""
    pagina = como(ENLACE).ir(REGLAS)
    pagina.locator("#result_list tbody th a").first.click()
    pagina.wait_for_url("**/change/**")
    return re.sub(r"change/.*", "", pagina.url)


@pytest.fixture
def otro(
    navegador: Browser, como: Como, sesiones: dict[str, dict]
) -> Callable[..., BrowserContext]:
    """Otro navegador con la misma cuenta ya dentro."""
    abiertos: list[BrowserContext] = []

    def abrir(**opciones: object) -> BrowserContext:
        como(ENLACE)
        w, h = ANCHOS["teléfono"]
        contexto = navegador.new_context(
            viewport={"width": w, "height": h}, storage_state=sesiones[ENLACE], **opciones
        )
        abiertos.append(contexto)
        return contexto

    yield abrir
    for contexto in abiertos:
        contexto.close()


def seccion(raiz: str, clave: str) -> str:
    return f"{raiz}seccion/{clave}/"


def teclear(pagina: Page, selector: str, texto: str) -> None:
    """Como una persona: borra y escribe, con sus eventos."""
    pagina.fill(selector, texto)


def descartar(pagina: Page, url: str) -> None:
    pagina.goto(url)
    boton = pagina.get_by_role("button", name="Descartar lo no guardado")
    if boton.count():
        boton.click()


def test_sin_guion_se_escribe_una_seccion_con_sus_renglones(raiz: str, otro) -> None:
    pagina = otro(java_script_enabled=False).new_page()
    pagina.goto(seccion(raiz, "requisitos"))
    antes = pagina.locator("fieldset.renglon[id^=requisitos-]").count()
    pagina.get_by_role("button", name="Agregar requisito").click()
    expect(pagina.locator("fieldset.renglon[id^=requisitos-]")).to_have_count(antes + 1)
    pagina.fill(f"#id_requisitos-{antes}-texto", "Vivir en Iztapalapa (prueba)")
    pagina.get_by_role("button", name="Guardar y volver").click()
    expect(pagina.locator(".messagelist .success")).to_contain_text("Requisitos y documentos")
    pagina.goto(seccion(raiz, "requisitos"))
    expect(pagina.locator(f"#id_requisitos-{antes}-texto")).to_have_value(
        "Vivir en Iztapalapa (prueba)"
    )
    assert pagina.evaluate("document.documentElement.scrollWidth") <= 360


def test_lo_tecleado_sobrevive_a_la_pestana_que_muere(raiz: str, otro) -> None:
    url = seccion(raiz, "acceso")
    contexto = otro()
    pagina = contexto.new_page()
    descartar(pagina, url)
    pagina.goto(url)
    teclear(pagina, "#id_queja", "Escrito justo antes de que se fuera la luz.")
    expect(pagina.locator("#aviso-de-borrador")).to_contain_text("Borrador guardado a las")
    contexto.close()  # sin avisar, como un equipo que se apaga

    otra = otro().new_page()
    otra.goto(url)
    expect(otra.locator("#id_queja")).to_have_value("Escrito justo antes de que se fuera la luz.")
    expect(otra.locator("#borrador")).to_contain_text("cambios sin guardar")
    descartar(otra, url)


def test_sin_conexion_lo_dice_no_dice_guardado_y_al_volver_se_guarda(raiz: str, otro) -> None:
    url = seccion(raiz, "que-es")
    contexto = otro()
    pagina = contexto.new_page()
    descartar(pagina, url)
    pagina.goto(url)
    contexto.set_offline(True)
    teclear(pagina, "#id_objetivo", "Escrito sin red.")
    aviso = pagina.locator("#aviso-de-borrador")
    expect(aviso).to_contain_text("Sin conexión")
    pagina.wait_for_timeout(3500)
    expect(aviso).not_to_contain_text("guardado a las")
    guardado = pagina.evaluate("JSON.stringify(Object.entries(localStorage))")
    assert "Escrito sin red." in guardado
    assert ENLACE not in guardado, "lo que queda en el equipo no dice de quién es"
    contexto.set_offline(False)
    expect(aviso).to_contain_text("Borrador guardado a las", timeout=30_000)
    descartar(pagina, url)


def test_lo_que_no_llego_al_servidor_se_ofrece_al_volver(raiz: str, otro) -> None:
    url = seccion(raiz, "que-es")
    contexto = otro()
    pagina = contexto.new_page()
    descartar(pagina, url)
    pagina.goto(url)
    contexto.set_offline(True)
    teclear(pagina, "#id_objetivo", "Solo en este equipo.")
    expect(pagina.locator("#aviso-de-borrador")).to_contain_text("Sin conexión")
    assert "Solo en este equipo." in pagina.evaluate("JSON.stringify(localStorage)")
    pagina.close()
    contexto.set_offline(False)

    otra = contexto.new_page()
    otra.goto(url)
    # Al cerrarse, la página manda lo último; si con la red de vuelta alcanzó a llegar, ya está puesto.
    if otra.locator("#id_objetivo").input_value() != "Solo en este equipo.":
        otra.get_by_role("button", name="Recuperarlo").first.click()
    expect(otra.locator("#id_objetivo")).to_have_value("Solo en este equipo.")
    descartar(otra, url)


def test_con_la_sesion_terminada_lo_dice_y_entrando_en_otra_pestana_sigue(
    raiz: str, otro, sesiones: dict[str, dict]
) -> None:
    url = seccion(raiz, "que-es")
    contexto = otro()
    pagina = contexto.new_page()
    descartar(pagina, url)
    pagina.goto(url)
    galletas = contexto.cookies()
    contexto.clear_cookies(name="sessionid")
    teclear(pagina, "#id_objetivo", "Sin sesión.")
    expect(pagina.locator("#aviso-de-borrador")).to_contain_text("Tu sesión terminó")
    contexto.add_cookies([g for g in galletas if g["name"] == "sessionid"])  # entró en otra pestaña
    teclear(pagina, "#id_objetivo", "Sin sesión, y de vuelta.")
    expect(pagina.locator("#aviso-de-borrador")).to_contain_text("Borrador guardado a las")
    descartar(pagina, url)


def test_dos_a_la_vez_en_la_misma_seccion_comparan_y_eligen(raiz: str, otro) -> None:
    url = seccion(raiz, "acceso")
    una, otra = otro().new_page(), otro(java_script_enabled=False).new_page()
    descartar(una, url)
    una.goto(url)
    otra.goto(url)
    otra.fill("#id_queja", "Lo de la segunda.")
    otra.get_by_role("button", name="Guardar y volver").click()
    expect(otra.locator(".messagelist .success")).to_be_visible()
    teclear(una, "#id_queja", "Lo de la primera.")
    una.get_by_role("button", name="Guardar y volver").click()
    expect(una.locator(".choque")).to_contain_text("Nada se ha encimado")
    expect(una.locator("#campo-queja .lado-a-lado")).to_contain_text("Lo de la segunda.")
    expect(una.locator("#id_queja")).to_have_value("Lo de la primera.")
    una.locator("#campo-queja input[value=mio]").check()
    una.fill("#id_queja", "Lo de las dos.")
    una.get_by_role("button", name="Guardar y volver").click()
    una.goto(url)
    expect(una.locator("#id_queja")).to_have_value("Lo de las dos.")


def test_agregar_un_renglon_no_recarga_y_deja_el_foco_en_el(raiz: str, otro) -> None:
    url = seccion(raiz, "alineaciones")
    pagina = otro().new_page()
    descartar(pagina, url)
    pagina.goto(url)
    pagina.evaluate("window.sigueAqui = true")
    antes = pagina.locator("fieldset.renglon").count()
    pagina.get_by_role("button", name="Agregar alineación").click()
    expect(pagina.locator("fieldset.renglon")).to_have_count(antes + 1)
    expect(pagina.locator(f"#id_alineaciones-{antes}-instrumento")).to_be_focused()
    assert pagina.evaluate("window.sigueAqui === true")
    descartar(pagina, url)


def test_la_vista_previa_es_la_pagina_publica_con_su_liston(raiz: str, otro) -> None:
    pagina = otro().new_page()
    pagina.goto(f"{raiz}vista/")

    expect(pagina.locator(".liston-borrador")).to_contain_text("Borrador, sin publicar")
    expect(pagina.locator("h1")).to_be_visible()
    assert pagina.evaluate("document.documentElement.scrollWidth") <= 360


def test_la_presencia_se_ve_en_la_lista(raiz: str, otro, como: Como, sitio: Sitio) -> None:
    """Con la misma cuenta nadie se ve a sí misma: la presencia de otra persona la prueba el servidor."""
    una, otra = otro().new_page(), otro().new_page()
    with una.expect_response(lambda r: r.url.endswith("/borrador/")) as latido:
        una.goto(seccion(raiz, "que-es"))
    assert latido.value.json()["estado"] == "vivo"
    otra.goto(f"{raiz}change/")
    expect(otra.locator(".tareas").first).not_to_contain_text("ahora la tiene abierta")
