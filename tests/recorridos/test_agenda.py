"""La titular pide prórroga, otra instancia la concede, y el plazo y el calendario de fuera lo dicen."""

from __future__ import annotations

import datetime
import re
import urllib.error
import urllib.request
from collections.abc import Callable

import pytest
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import expect

from tests.recorridos.conftest import ANCHOS, Visita
from tests.recorridos.test_accesibilidad import _hallazgos, _sin_desbordar

Como = Callable[..., Visita]


def _leer(url: str) -> Calendar:
    with urllib.request.urlopen(url, timeout=10) as respuesta:
        return Calendar.from_ical(respuesta.read())


def test_de_pedir_la_prorroga_al_calendario_del_telefono(como: Como) -> None:
    visita = como("titular.iztapalapa")
    pagina = visita.ir("/panel/agenda/?estado=pendiente")
    pagina.locator(".agenda-que a").first.click()
    plazo, titulo = pagina.url, pagina.locator("h1").inner_text()
    pagina.click("a:has-text('Pedir prórroga')")
    pagina.click("input[type=submit]")
    expect(pagina.locator(".resumen-errores")).to_contain_text("Hasta qué día")
    hasta = timezone.localdate() + datetime.timedelta(days=300)
    pagina.fill("[name=hasta]", hasta.isoformat())
    pagina.fill("[name=motivo]", "El comité que la aprueba sesiona después.")
    pagina.click("input[type=submit]")
    expect(pagina.locator(".plazo-prorroga")).to_contain_text("sesiona después")

    decide = como("valida.sibiso").ir("/panel/")
    cola = decide.locator(".cola", has_text="Prórrogas por decidir")
    cola.get_by_role("link", name=titulo, exact=True).click()
    decide.click("a:has-text('Conceder')")
    decide.click("input[type=submit]")
    expect(decide.locator(".regla-estado")).to_contain_text("En prórroga")

    pagina.goto(plazo)
    expect(pagina.locator(".plazo-historia")).to_contain_text("Se concedió la prórroga")
    pagina.goto(f"{visita.url}/panel/agenda/calendario/")
    pagina.click("button:has-text('Crear mi dirección')")
    url = pagina.locator("#direccion-secreta").input_value()
    suceso = next(s for s in _leer(url).walk("VEVENT") if titulo in str(s["summary"]))
    assert suceso.decoded("dtstart") == hasta
    pagina.click("button:has-text('Cerrarla')")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        _leer(url)
    assert [f for f in visita.fallas if "422" not in f] == []  # el 422 es la petición sin datos


def test_un_plazo_y_sus_formularios_pasan_por_axe(como: Como) -> None:
    for w, h in ANCHOS.values():
        pagina = como("titular.styfe").ir("/panel/agenda/")
        pagina.set_viewport_size({"width": w, "height": h})
        pagina.locator(".agenda-que a").last.click()
        for _pagina in range(2):
            assert _hallazgos(pagina) == []
            assert _sin_desbordar(pagina)
            if pagina.locator("a:has-text('Pedir prórroga')").count():
                pagina.click("a:has-text('Pedir prórroga')")


def test_el_mes_en_cuadricula_lleva_al_dia(como: Como) -> None:
    pagina = como("valida.sibiso").ir("/panel/agenda/?mes=2027-01")
    expect(pagina.locator(".agenda-mes h2")).to_have_text(re.compile("Enero de 2027"))
    if pagina.locator(".agenda-mes td a").count():
        pagina.locator(".agenda-mes td a").first.click()
        expect(pagina.locator(".agenda-total")).to_contain_text("enero de 2027")
