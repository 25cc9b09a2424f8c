"""El año de una regla, con las cinco funciones: se escribe, se observa, se corrige, se valida, se dictamina,
se publica, y la página pública cambia."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.recorridos.conftest import Visita
from tests.recorridos.test_accesibilidad import _hallazgos, _sin_desbordar

Como = Callable[..., Visita]
REGLAS = "/panel/programas/reglaoperacion/"
ANIO = timezone.localdate().year + 1  # la demostración trabaja las reglas del que viene
NOMBRE = "Fomento al Trabajo Digno"
OBSERVADO = "Di cuántos meses dura la capacitación (recorrido)."
ESCRITO = "Capacitación pagada de tres meses para volver a trabajar, según el recorrido."


def abrir_la_regla(visita: Visita) -> str:
    """La de este programa que se está trabajando."""
    pagina = visita.ir(f"{REGLAS}?q=Fomento+al+Trabajo&ejercicio={ANIO}")
    pagina.locator("#result_list tbody th a", has_text=NOMBRE).first.click()
    return re.sub(r"\?.*", "", pagina.url)


def dar(pagina: Page, boton: str) -> None:
    """El botón en la página del asunto, y confirmar en la suya."""
    pagina.get_by_role("link", name=boton, exact=True).first.click()
    pagina.locator(".submit-row input[type=submit]").click()
    assert pagina.locator(".resumen-errores").count() == 0, pagina.content()[-3000:]


def a_revision(visita: Visita, regla: str) -> Page:
    pagina = visita.pagina
    pagina.goto(regla)
    pagina.get_by_role("link", name="Revisión y observaciones").click()
    pagina.wait_for_url("**/panel/revision/**")
    return pagina


def contestar_la_lista(pagina: Page) -> None:
    for punto in pagina.locator(".cotejo fieldset").all():
        punto.get_by_label("Sí", exact=True).check()
    pagina.get_by_role("button", name="Guardar la lista").click()
    expect(pagina.locator(".messagelist .success")).to_contain_text("Lista de cotejo guardada")


def escribir_el_resumen(visita: Visita, regla: str, texto: str) -> None:
    pagina = visita.pagina
    pagina.goto(regla.replace("change/", "seccion/que-es/"))
    pagina.fill("#id_resumen", texto)
    pagina.get_by_role("button", name="Guardar y volver").click()
    expect(pagina.locator(".messagelist .success")).to_be_visible()


def test_el_anio_de_una_regla_con_las_cinco_funciones(como: Como) -> None:
    enlace, titular = como("enlace.styfe"), como("titular.styfe")
    valida, dictamina = como("valida.sibiso"), como("dictamina.evalua")

    regla = abrir_la_regla(enlace)
    escribir_el_resumen(enlace, regla, "Capacitación para volver a trabajar.")
    dar(a_revision(titular, regla), "Enviar")

    observar(valida, regla)
    corregir(enlace, titular, regla)
    validar(valida, regla)
    dictaminar(dictamina, regla)
    publicar(valida, regla)

    publica = como("analista").ir(f"/programas/fomento-al-trabajo-digno/{ANIO}/")
    expect(publica.locator("body")).to_contain_text(ESCRITO)
    # Un formulario que se devuelve contesta 422, y el navegador lo apunta en su consola.
    fallas = [f for v in (enlace, titular, valida, dictamina) for f in v.fallas if "422" not in f]
    assert fallas == []


def observar(valida: Visita, regla: str) -> None:
    pagina = a_revision(valida, regla)
    dar(pagina, "Tomar para revisión")
    campo = pagina.locator("#campo-resumen")
    campo.get_by_text("Observar").click()
    campo.locator("textarea[name=texto]").first.fill(OBSERVADO)
    campo.get_by_role("button", name="Guardar").click()
    expect(pagina.locator("#campo-resumen")).to_contain_text("aún no la ve la dependencia")
    assert _hallazgos(pagina) == []
    dar(pagina, "Observar")
    expect(pagina.locator(".etiqueta-observado")).to_be_visible()


def corregir(enlace: Visita, titular: Visita, regla: str) -> None:
    escribir_el_resumen(enlace, regla, ESCRITO)
    pagina = a_revision(enlace, regla)
    campo = pagina.locator("#campo-resumen")
    expect(campo).to_contain_text(OBSERVADO)
    campo.get_by_text("Contestar").first.click()
    campo.locator(".hilo textarea[name=texto]").fill("Ya lo dice: tres meses.")
    campo.get_by_role("button", name="Contestar").click()
    dar(a_revision(titular, regla), "Enviar lo corregido")


def validar(valida: Visita, regla: str) -> None:
    pagina = a_revision(valida, regla)
    # Se compara con lo que se observó: lo nuevo va marcado en su campo.
    expect(pagina.locator("#campo-resumen ins").first).to_be_visible()
    pagina.set_viewport_size({"width": 360, "height": 740})
    assert _sin_desbordar(pagina)
    pagina.set_viewport_size({"width": 1280, "height": 900})
    pagina.get_by_role("link", name="Validar", exact=True).click()
    expect(pagina.locator(".faltantes-del-paso")).to_contain_text("1 observación abierta")
    pagina.get_by_role("link", name="Volver sin cambiar nada").click()
    pagina.locator("#campo-resumen").get_by_role("button", name="Resuelta").click()
    contestar_la_lista(pagina)
    dar(pagina, "Validar")
    expect(pagina.locator(".etiqueta-validado")).to_be_visible()


def dictaminar(dictamina: Visita, regla: str) -> None:
    pagina = a_revision(dictamina, regla)
    dar(pagina, "Tomar para dictamen")
    contestar_la_lista(pagina)
    pagina.get_by_role("link", name="Emitir dictamen favorable", exact=True).click()
    pagina.fill("#id_motivo", "La intervención atiende el problema (recorrido).")
    pagina.locator(".submit-row input[type=submit]").click()
    expect(pagina.locator(".dictamen")).to_contain_text("favorable")


def publicar(valida: Visita, regla: str) -> None:
    pagina = a_revision(valida, regla)
    pagina.get_by_role("link", name="Publicar", exact=True).click()
    pagina.locator(".submit-row input[type=submit]").click()
    expect(pagina.locator(".resumen-errores")).to_contain_text("Número de Gaceta")
    pagina.fill("#id_gaceta_numero", "1999")
    pagina.fill("#id_gaceta_fecha", timezone.localdate().isoformat())
    pagina.fill("#id_coplade_acuerdo", "COPLADE/SO/I/13/2027")
    pagina.locator(".submit-row input[type=submit]").click()
    expect(pagina.locator(".etiqueta-publicado")).to_be_visible()
