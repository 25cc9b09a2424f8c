"""De un escrito a Word: estilos de título de verdad, listas, tablas con encabezado y pie con página."""

from __future__ import annotations

import io
import re

from docx import Document
from docx.document import Document as Documento
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from sibis.documentos import escrito as modelo
from sibis.documentos.escrito import Bloque, Escrito, Numeral

_LETRA = "Calibri"
_ACENTO = RGBColor(0x62, 0x11, 0x32)
_GRIS = RGBColor(0x57, 0x53, 0x4F)
_TAMANOS = {"Title": 22.0, "Heading 1": 15.0, "Heading 2": 12.5, "Heading 3": 11.5}
# Lo que XML no admite y un texto pegado de otro lado puede traer.
_ILEGIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def desde_json(texto: str) -> bytes:
    """El archivo .docx de un escrito guardado como JSON (`Escrito.como_json`)."""
    escrito = modelo.desde_json(texto)
    documento = Document()
    _preparar(documento, escrito)
    _portada(documento, escrito)
    for numeral in escrito.numerales:
        _numeral(documento, numeral)
    _cierre(documento, escrito)
    salida = io.BytesIO()
    documento.save(salida)
    return salida.getvalue()


def _limpio(texto: str) -> str:
    return _ILEGIBLE.sub("", texto)


def _preparar(documento: Documento, escrito: Escrito) -> None:
    """Página carta, letra, idioma y propiedades: lo que un lector de pantalla pregunta primero."""
    hoja = documento.sections[0]
    hoja.page_width, hoja.page_height = Cm(21.59), Cm(27.94)
    hoja.left_margin = hoja.right_margin = Cm(2.5)
    hoja.top_margin, hoja.bottom_margin = Cm(2.8), Cm(2.3)
    normal = documento.styles["Normal"]
    normal.font.name, normal.font.size = _LETRA, Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    normal.element.get_or_add_rPr().append(_con("w:lang", "w:val", escrito.idioma))
    for nombre, tamano in _TAMANOS.items():
        _titulo(documento, nombre, tamano)
    propiedades = documento.core_properties
    propiedades.title, propiedades.language = _limpio(escrito.titulo)[:250], escrito.idioma
    propiedades.author, propiedades.comments = _limpio(escrito.encabezado)[:250], ""
    cabeza = hoja.header.paragraphs[0]
    _menor(cabeza.add_run(_limpio(escrito.encabezado)))
    if escrito.marca:
        _marcar(hoja.header.add_paragraph(), escrito.marca)
    pie = hoja.footer.paragraphs[0]
    pie.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _campo_de_pagina(pie)


def _titulo(documento: Documento, nombre: str, tamano: float) -> None:
    estilo = documento.styles[nombre]
    estilo.font.name, estilo.font.size, estilo.font.bold = _LETRA, Pt(tamano), True
    estilo.font.color.rgb = _ACENTO
    letras = estilo.element.get_or_add_rPr().get_or_add_rFonts()
    for parte in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        letras.attrib.pop(qn(f"w:{parte}"), None)
    estilo.paragraph_format.space_before = Pt(14 if nombre == "Heading 1" else 10)
    estilo.paragraph_format.space_after = Pt(4)


def _con(etiqueta: str, atributo: str, valor: str) -> OxmlElement:
    elemento = OxmlElement(etiqueta)
    elemento.set(qn(atributo), valor)
    return elemento


def _menor(corrida: Run) -> None:
    corrida.font.size, corrida.font.color.rgb = Pt(9), _GRIS


def _marcar(parrafo: Paragraph, marca: str) -> None:
    """En grande y en gris, en el encabezado de cada hoja."""
    parrafo.alignment = WD_ALIGN_PARAGRAPH.CENTER
    corrida = parrafo.add_run(_limpio(marca).upper())
    corrida.font.size, corrida.font.bold = Pt(28), True
    corrida.font.color.rgb = RGBColor(0xB9, 0xA9, 0xAE)


def _campo_de_pagina(parrafo: Paragraph) -> None:
    corrida = parrafo.add_run()
    _menor(corrida)
    instruccion = OxmlElement("w:instrText")
    instruccion.text = "PAGE"
    for elemento in (
        _con("w:fldChar", "w:fldCharType", "begin"),
        instruccion,
        _con("w:fldChar", "w:fldCharType", "end"),
    ):
        corrida._r.append(elemento)


def _portada(documento: Documento, escrito: Escrito) -> None:
    documento.add_paragraph(_limpio(escrito.titulo), style="Title")
    for subtitulo in escrito.subtitulos:
        corrida = documento.add_paragraph().add_run(_limpio(subtitulo))
        corrida.font.size, corrida.font.color.rgb = Pt(12), _GRIS
    for texto in filter(None, (escrito.fundamento, escrito.aviso)):
        documento.add_paragraph().add_run(_limpio(texto)).italic = True
    if escrito.datos:
        _tabla(documento, (), escrito.datos)


def _numeral(documento: Documento, numeral: Numeral) -> None:
    """El número va escrito, no automático: es el que se cita en la Gaceta."""
    documento.add_heading(_limpio(f"{numeral.numeral} {numeral.titulo}"), level=numeral.nivel)
    for bloque in numeral.bloques:
        _bloque(documento, bloque)


def _bloque(documento: Documento, bloque: Bloque) -> None:
    if bloque.rotulo:
        parrafo = documento.add_paragraph()
        parrafo.add_run(_limpio(bloque.rotulo)).bold = True
        parrafo.paragraph_format.keep_with_next = True
    for texto in bloque.parrafos:
        documento.add_paragraph(_limpio(texto))
    for punto in bloque.puntos:
        numero = f"{punto.numeral} " if punto.numeral else ""
        documento.add_paragraph(_limpio(numero + punto.texto), style="List Bullet")
    if bloque.filas:
        _tabla(documento, bloque.titulos, bloque.filas)
    if bloque.fuente:
        _menor(documento.add_paragraph().add_run(_limpio(bloque.fuente)))


def _tabla(
    documento: Documento, titulos: tuple[str, ...], filas: tuple[tuple[str, ...], ...]
) -> None:
    tabla = documento.add_table(rows=0, cols=len(filas[0]), style="Table Grid")
    if titulos:
        _fila(tabla, titulos, negrita=True)
        propiedades = tabla.rows[0]._tr.get_or_add_trPr()
        propiedades.append(_con("w:tblHeader", "w:val", "true"))
    for fila in filas:
        _fila(tabla, fila, negrita=False)
    documento.add_paragraph()


def _fila(tabla: Table, textos: tuple[str, ...], *, negrita: bool) -> None:
    fila = tabla.add_row()
    fila._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for numero, (celda, texto) in enumerate(zip(fila.cells, textos, strict=True)):
        corrida = celda.paragraphs[0].add_run(_limpio(texto))
        corrida.font.size, corrida.bold = Pt(10), negrita or numero == 0
        celda.paragraphs[0].paragraph_format.space_after = Pt(2)


def _cierre(documento: Documento, escrito: Escrito) -> None:
    if escrito.leyenda:
        documento.add_paragraph().add_run(_limpio(escrito.leyenda)).bold = True
    for nombre, dato in escrito.pie:
        _menor(documento.add_paragraph().add_run(_limpio(f"{nombre}: {dato}")))
