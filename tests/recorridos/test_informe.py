"""Un informe trimestral de punta a punta: mal escrito, corregido, observado, aprobado y público."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.fabricas.informes import PDF
from tests.recorridos.conftest import ANCHOS, Sitio, Visita, abrir
from tests.recorridos.test_accesibilidad import _hallazgos, _sin_desbordar

Como = Callable[..., Visita]
LISTA = "/panel/presupuesto/informedeavance/"
PUBLICA = "/presupuesto/economia-social/"
RAZON = "Recorrido: una sede se contó dos veces."


def _revisar(pagina: Page) -> None:
    """Sin hallazgos y sin moverse de lado, en teléfono y en escritorio."""
    for ancho, alto in ANCHOS.values():
        pagina.set_viewport_size({"width": ancho, "height": alto})
        assert _hallazgos(pagina) == [], ancho
        assert _sin_desbordar(pagina), ancho


def _guardar(pagina: Page) -> None:
    pagina.get_by_role("button", name="Guardar y ver qué falta").click()


def _paso(pagina: Page, nombre: str) -> None:
    """Desde la página del asunto: el botón, y confirmar."""
    pagina.get_by_role("link", name=nombre, exact=True).click()
    pagina.get_by_role("button", name=nombre, exact=True).click()


def _revision(visita: Visita, informe: str) -> Page:
    pagina = visita.ir(informe)
    pagina.get_by_role("link", name="Revisión y recorrido").click()
    return pagina


def _ir_al_aprobado(pagina: Page) -> None:
    pagina.locator("#result_list tr", has_text="enero a diciembre").filter(
        has_text="aprobado"
    ).filter(has_text="Economía social").get_by_role("link").first.click()


def _abrir_la_correccion(enlace: Visita) -> str:
    """La dirección del informe nuevo, en corrección de uno aprobado."""
    pagina = enlace.ir(f"{LISTA}?q=econom")
    _ir_al_aprobado(pagina)
    _revisar(pagina)
    pagina.get_by_role("link", name="Abrir una corrección").click()
    pagina.fill("#id_razon", RAZON)
    pagina.get_by_role("button", name="Abrir la corrección").click()
    expect(pagina.locator(".informe-razon")).to_contain_text(RAZON)
    _revisar(pagina)
    return re.sub(r"^https?://[^/]+", "", pagina.url)


def _escribir_mal(pagina: Page) -> None:
    """No se guarda nada, y nada se pierde."""
    pagina.fill("#id_metas-0-alcanzada", "4,00")
    pagina.fill("#id_metas-0-explicacion", "Recorrido: se revisaron las actas.")
    pagina.fill("#id_personas", "9999")
    _guardar(pagina)
    expect(pagina.locator(".resumen-errores")).to_contain_text("separar miles")
    expect(pagina.locator("#id_metas-0-alcanzada")).to_have_value("4,00")
    expect(pagina.locator("#id_personas")).to_have_value("9999")
    _revisar(pagina)


def _escribir_bien(pagina: Page, acta: Path) -> None:
    """El número se adelanta al escribir; al guardar lo dice el servidor, con lo que falta."""
    pagina.fill("#id_metas-0-alcanzada", "4,800")
    expect(pagina.locator('[data-indice="icmpp"]').first).to_contain_text("94.71 %")
    expect(pagina.locator("[data-sin-guardar]")).to_be_visible()
    acta.write_bytes(PDF)
    pagina.set_input_files("#id_evidencia-archivo", acta)
    pagina.fill("#id_evidencia-descripcion", "Recorrido: acta corregida")
    pagina.select_option("#id_evidencia-renglon", index=1)
    _guardar(pagina)
    expect(pagina.locator(".evidencias").first).to_contain_text("acta corregida")
    expect(pagina.locator(".messagelist")).to_contain_text("Falta 1 cosa")
    expect(pagina.locator(".faltantes").first).to_contain_text("suman")
    for campo, valor in (("personas", "4800"), ("mujeres", "3000"), ("hombres", "1790")):
        pagina.fill(f"#id_{campo}", valor)
    pagina.fill("#id_otro_sexo", "10")
    _guardar(pagina)
    expect(pagina.locator(".messagelist")).to_contain_text("Ya se puede firmar")
    expect(pagina.locator('[data-indice="icmpp"]').first).to_contain_text("94.71")


def _observar(pagina: Page) -> None:
    _paso(pagina, "Tomar para revisión")
    campo = pagina.locator("#campo-meta-1-alcanzada")
    expect(campo).to_contain_text("4,800")
    campo.locator(".observar summary").click()
    campo.locator("textarea[name=texto]").fill("Recorrido: di de qué sede se trata.")
    campo.get_by_role("button", name="Guardar").click()
    _paso(pagina, "Observar")


def _contestar(pagina: Page) -> None:
    expect(pagina.locator(".faltantes").first).to_contain_text("di de qué sede se trata")
    pagina.fill("#id_metas-0-explicacion", "Recorrido: la sede Centro se contó dos veces.")
    _guardar(pagina)
    pagina.get_by_role("link", name=re.compile("^Contestar")).first.click()
    pagina.locator("textarea[name=texto]").fill("Recorrido: fue la sede Centro.")
    pagina.get_by_role("button", name="Guardar").click()


def _aprobar(pagina: Page) -> None:
    pagina.get_by_role("button", name="Resuelta").click()
    for si in pagina.locator('#cotejo input[value="si"]').all():
        si.check()
    pagina.get_by_role("button", name="Guardar la lista").click()
    _paso(pagina, "Aprobar")
    expect(pagina.locator(".regla-estado").first).to_contain_text("probado")


def test_un_informe_se_corrige_se_observa_se_aprueba_y_cambia_la_pagina_publica(
    como: Como, visita: Visita, navegador: Browser, sitio: Sitio, tmp_path: Path
) -> None:
    antes = visita.ir(PUBLICA)
    expect(antes.locator("main")).to_contain_text("Informe de la dependencia, 4.º trimestre")
    expect(antes.locator("main")).not_to_contain_text(RAZON)

    enlace, titular, valida = (
        como("enlace.styfe", "teléfono"),
        como("titular.styfe"),
        como("valida.sibiso"),
    )
    informe = _abrir_la_correccion(enlace)
    _escribir_mal(enlace.pagina)
    _escribir_bien(enlace.pagina, tmp_path / "acta.pdf")
    _paso(titular.ir(informe), "Enviar")
    _observar(_revision(valida, informe))
    _contestar(enlace.ir(informe))
    _paso(titular.ir(informe), "Enviar lo corregido")
    _aprobar(_revision(valida, informe))

    # Quien ya la vio puede tenerla dos minutos en su navegador; quien llega la ve como quedó.
    despues = abrir(navegador, sitio).ir(PUBLICA)
    despues.locator(".informado summary").first.click()
    for texto in (RAZON, "4,800", "la sede Centro se contó dos veces"):
        expect(despues.locator("main")).to_contain_text(texto)
    _revisar(despues)
    despues.context.close()
    # El 422 de lo mal escrito también lo anota la consola; ningún guion falló.
    assert [f for f in enlace.fallas if "422" not in f] == []


def test_sin_javascript_se_escribe_igual(navegador: Browser, sitio: Sitio, como: Como) -> None:
    """La página no depende del guion: guarda, calcula y dice qué falta."""
    conocida = como("enlace.cuauhtemoc")
    estado = conocida.pagina.context.storage_state()
    contexto = navegador.new_context(java_script_enabled=False, storage_state=estado)
    pagina = contexto.new_page()
    pagina.goto(f"{sitio.url}{LISTA}?q=atletas")
    pagina.locator("#result_list tbody th a").first.click()
    pagina.fill("#id_metas-0-programada", "200")
    pagina.fill("#id_metas-0-alcanzada", "150")
    _guardar(pagina)
    expect(pagina.locator('[data-indice="icmpp"]')).to_contain_text("75.00 %")
    expect(pagina.locator('[data-indice="icmpp"]')).to_contain_text("muy lejos")
    expect(pagina.locator(".faltantes").first).to_contain_text("explica la variación")
    contexto.close()
