"""Lo que se puede llevar: ficha y reglas en PDF y Word, y las fechas en un calendario."""

from __future__ import annotations

import datetime
import io

import icalendar
import pypdfium2
import pytest
from django.core.cache import cache
from docx import Document

from programas.servicios import captura, publicacion
from sibis.documentos import servicios, tasks
from tests.fabricas import programas as f
from tests.programas import camino

pytestmark = pytest.mark.django_db
BASE = "/programas/mi-beca/2025"


@pytest.fixture
def beca():
    f.LeyendaFactory(texto="Este programa es público.")
    f.ApartadoFactory(clave="rop-7", numeral="7", nombre="Dinero")
    f.ApartadoFactory(clave="rop-8-2", numeral="8.2", nombre="Requisitos de acceso")
    return f.en_portal(
        completa=True,
        nombre="Mi Beca",
        programa__clave="mi-beca",
        fuentes=[{"texto": "Gaceta 77", "fecha": datetime.date(2025, 1, 31)}],
        requisitos=[{"texto": "Vivir en la ciudad"}, {"documento": True}],
        apoyos=[{"modalidad": "Básica", "personas": 10}],
    )


def cuerpo(respuesta) -> bytes:
    return b"".join(respuesta.streaming_content)


def texto_de(pdf: bytes) -> str:
    documento = pypdfium2.PdfDocument(pdf)
    texto = " ".join(pagina.get_textpage().get_text_range() for pagina in documento)
    return " ".join(texto.split())


def test_la_ficha_dice_lo_mismo_que_la_pagina_en_una_o_dos_hojas(visitante, beca):
    respuesta = visitante.get(f"{BASE}/ficha.pdf")
    pdf = cuerpo(respuesta)

    assert respuesta["Content-Type"] == "application/pdf"
    assert respuesta["Content-Disposition"] == 'inline; filename="ficha-mi-beca-2025.pdf"'
    assert int(respuesta["Content-Length"]) == len(pdf)
    assert len(pypdfium2.PdfDocument(pdf)) <= 2
    dice = texto_de(pdf)
    for dato in ("Mi Beca", "$600 al mes", "Vivir en la ciudad", "Gaceta 77", "31 de enero de 2025",
                 "Este programa es público.", "?version=1", "contraloría"):  # fmt: skip
        assert dato in dice, dato


def test_repetir_la_visita_cuesta_un_304(visitante, beca):
    primera = visitante.get(f"{BASE}/ficha.pdf")
    segunda = visitante.get(f"{BASE}/ficha.pdf", headers={"if-none-match": primera["ETag"]})

    assert primera["Last-Modified"]
    assert segunda.status_code == 304
    assert segunda["ETag"] == primera["ETag"]


def test_si_cambia_una_fecha_el_documento_es_otro(visitante, beca):
    antes = visitante.get(f"{BASE}/ficha.pdf")["ETag"]
    f.ConvocatoriaFactory(programa=beca.programa)

    assert visitante.get(f"{BASE}/ficha.pdf")["ETag"] != antes


def test_las_reglas_en_word_llevan_numerales_tablas_y_fundamento(visitante, beca):
    respuesta = visitante.get(f"{BASE}/reglas.docx")
    documento = Document(io.BytesIO(cuerpo(respuesta)))
    titulos = [p.text for p in documento.paragraphs if p.style.name.startswith("Heading")]
    celdas = {
        celda.text for tabla in documento.tables for fila in tabla.rows for celda in fila.cells
    }

    assert respuesta["Content-Disposition"].startswith("attachment;")
    assert titulos == ["7 Dinero", "8.2 Requisitos de acceso"]
    assert {"Básica", "$600 al mes", "$1,000,000"} <= celdas
    todo = "\n".join(p.text for p in documento.paragraphs)
    assert "Acta de nacimiento" in todo
    assert "Gaceta Oficial de la Ciudad de México núm. 1234" in todo
    assert "Este programa es público." in todo


def test_las_reglas_en_pdf_dicen_lo_mismo(visitante, beca):
    dice = texto_de(cuerpo(visitante.get(f"{BASE}/reglas.pdf")))

    for dato in ("Reglas de operación", "8.2 Requisitos de acceso", "Vivir en la ciudad", "Básica"):
        assert dato in dice, dato


def test_sin_nada_capturado_no_hay_reglas_que_llevar(visitante):
    f.en_portal(programa__clave="vacio")

    for archivo in ("reglas.pdf", "reglas.docx"):
        assert visitante.get(f"/programas/vacio/2025/{archivo}").status_code == 404
    assert visitante.get("/programas/vacio/2025/ficha.pdf").status_code == 200


@pytest.mark.parametrize("archivo", ["ficha.pdf", "reglas.pdf", "reglas.docx", "calendario.ics"])
def test_lo_que_no_existe_o_no_se_publica_no_sale_en_ningun_formato(archivo, visitante, beca):
    f.ReglaFactory(programa=beca.programa, version=2, enviada=True, completa=True)

    for base in ("/programas/mi-beca/2019", "/programas/no-existe/2025"):
        assert visitante.get(f"{base}/{archivo}").status_code == 404
    assert visitante.get(f"{BASE}/{archivo}?version=2").status_code == 404
    assert visitante.get(f"{BASE}/{archivo}?version={'9' * 40}").status_code == 400


def test_sin_trabajador_dice_que_paso_y_ofrece_la_pagina(visitante, beca, monkeypatch):
    monkeypatch.setattr(tasks.hacer, "apply_async", lambda *_a, **_k: None)
    cache.set(servicios._SENA_SIN_TRABAJADOR, 1)  # ya se esperó una vez y nadie contestó
    respuesta = visitante.get(f"{BASE}/ficha.pdf")
    html = respuesta.content.decode()

    assert respuesta.status_code == 503
    assert int(respuesta["Retry-After"]) > 0
    assert respuesta["Cache-Control"] == "no-store"
    assert "se está preparando" in html
    assert 'href="/programas/mi-beca/2025/"' in html


def test_los_enlaces_de_la_pagina_dicen_el_formato(visitante, beca):
    f.ConvocatoriaFactory(programa=beca.programa)
    html = visitante.get("/programas/mi-beca/").content.decode()

    for archivo in ("ficha.pdf", "reglas.pdf", "reglas.docx", "calendario.ics", "reglas/"):
        assert f'href="{BASE}/{archivo}"' in html, archivo


class TestCalendario:
    def leer(self, respuesta) -> icalendar.Calendar:
        assert respuesta["Content-Type"].startswith("text/calendar")
        return icalendar.Calendar.from_ical(respuesta.content)

    def test_trae_ventanas_y_entregas_del_anio(self, visitante, beca):
        f.ConvocatoriaFactory(programa=beca.programa, demostracion=True)
        f.FechaDeEntregaFactory(programa=beca.programa)
        f.ConvocatoriaFactory(programa=beca.programa, ejercicio=2024)
        calendario = self.leer(visitante.get(f"{BASE}/calendario.ics"))
        sucesos = calendario.walk("VEVENT")

        assert len(sucesos) == 3  # abre, cierra y entrega
        assert len({str(s["UID"]) for s in sucesos}) == 3
        assert any("demostración" in str(s["DESCRIPTION"]) for s in sucesos)
        assert [str(z["TZID"]) for z in calendario.walk("VTIMEZONE")] == ["America/Mexico_City"]

    def test_una_fecha_que_se_corrige_es_otra_edicion_del_mismo_suceso(self, visitante, beca):
        entrega = f.FechaDeEntregaFactory(programa=beca.programa)
        (antes,) = self.leer(visitante.get(f"{BASE}/calendario.ics")).walk("VEVENT")
        entrega.desde = datetime.date(2025, 4, 1)
        entrega.save()
        (ahora,) = self.leer(visitante.get(f"{BASE}/calendario.ics")).walk("VEVENT")

        assert ahora["UID"] == antes["UID"]
        assert ahora["SEQUENCE"] > antes["SEQUENCE"]
        assert ahora["LAST-MODIFIED"].dt >= antes["LAST-MODIFIED"].dt

    def test_sin_fechas_es_un_calendario_valido_y_vacio(self, visitante, beca):
        assert self.leer(visitante.get(f"{BASE}/calendario.ics")).walk("VEVENT") == []

    def test_con_los_mismos_datos_da_los_mismos_bytes(self, visitante, beca):
        f.ConvocatoriaFactory(programa=beca.programa)
        primera = visitante.get(f"{BASE}/calendario.ics")
        segunda = visitante.get(f"{BASE}/calendario.ics")

        assert primera.content == segunda.content
        tercera = visitante.get(
            f"{BASE}/calendario.ics", headers={"if-none-match": primera["ETag"]}
        )
        assert tercera.status_code == 304


def test_al_publicar_quedan_encargados(
    dependencia, enlace, titular, validadora, visitante, django_capture_on_commit_callbacks
):
    programa = f.ProgramaFactory(clave="de-captura", dependencia=dependencia)
    regla = captura.iniciar(
        programa, ejercicio=2025, nombre="Comedor", dependencia=dependencia, por=enlace
    )
    camino.hasta_aprobar(regla, titular=titular, validadora=validadora)
    with django_capture_on_commit_callbacks(execute=True):
        regla = publicacion.publicar(
            regla, por=validadora, gaceta_numero="1", gaceta_fecha=datetime.date(2025, 1, 31)
        )

    pedido = servicios.solicitar("programas-ficha", {"regla": regla.pk})
    assert pedido.esta_hecho
