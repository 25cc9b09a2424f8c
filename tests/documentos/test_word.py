"""El Word que sale se abre, con estilos de título, tablas con encabezado y lo raro saneado."""

from __future__ import annotations

import io

from docx import Document

from sibis.documentos.escrito import Bloque, Escrito, Numeral, Punto, ancla_de, desde_json
from sibis.documentos.word import desde_json as en_word

ESCRITO = Escrito(
    titulo="Reglas de «Mi Beca» <&>",
    encabezado="Secretaría",
    subtitulos=("Ejercicio 2025",),
    fundamento="Con fundamento en la ley.",
    datos=(("Clave", "mi-beca"),),
    numerales=(
        Numeral("8", "Requisitos"),
        Numeral(
            "8.2",
            "De acceso",
            (
                Bloque(parrafos=("Uno.\nDos.",), puntos=(Punto("Vivir aquí", "8.2.1", "a"),)),
                Bloque(rotulo="Apoyos", titulos=("Qué", "Cuánto"), filas=(("Beca", "$600"),)),
            ),
        ),
    ),
    leyenda="Este programa es público.",
    pie=(("Versión", "1"),),
)


def abrir(escrito: Escrito):
    return Document(io.BytesIO(en_word(escrito.como_json())))


def test_va_y_vuelve_sin_perder_nada():
    assert desde_json(ESCRITO.como_json()) == ESCRITO


def test_lleva_titulos_de_verdad_y_el_numeral_escrito():
    documento = abrir(ESCRITO)
    estilos = {p.text: p.style.name for p in documento.paragraphs}

    assert estilos["Reglas de «Mi Beca» <&>"] == "Title"
    assert estilos["8 Requisitos"] == "Heading 1"
    assert estilos["8.2 De acceso"] == "Heading 2"
    assert estilos["8.2.1 Vivir aquí"] == "List Bullet"


def test_las_tablas_repiten_su_encabezado_y_el_documento_dice_su_lengua():
    documento = abrir(ESCRITO)
    apoyos = documento.tables[-1]

    assert [c.text for c in apoyos.rows[0].cells] == ["Qué", "Cuánto"]
    assert "w:tblHeader" in apoyos.rows[0]._tr.xml
    assert documento.core_properties.language == "es-MX"
    assert documento.sections[0].header.paragraphs[0].text == "Secretaría"
    assert "PAGE" in documento.sections[0].footer._element.xml


def test_un_caracter_que_word_no_admite_no_rompe_el_archivo():
    raro = Escrito(titulo="Con\x00 control\x0b", encabezado="x", leyenda="\ud800suelto")

    assert abrir(raro).paragraphs[0].text == "Con control"


def test_el_ancla_de_un_numeral_es_estable_y_no_trae_nada_raro():
    assert ancla_de("3.2") == "numeral-3-2"
    assert ancla_de('<b>1"') == "numeral-b1"
