"""Qué es un archivo, por dentro. Un nombre o un disfraz no engañan."""

from __future__ import annotations

import io
import zipfile

import pytest

from sibis.archivos.tipos import DESCONOCIDO, HTML, PDF, TEXTO, tipo_de
from sibis.demo.pdf_sencillo import pdf


def libro(*miembros: str, mimetype: str = "") -> bytes:
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w") as zip_:
        if mimetype:
            zip_.writestr("mimetype", mimetype)
        for miembro in miembros:
            zip_.writestr(miembro, "<x/>")
    return salida.getvalue()


@pytest.mark.parametrize(
    ("contenido", "tipo"),
    [
        (pdf([["a"]]), PDF),
        (b"%PDF-1.7 y nada mas", PDF),
        (b"basura antes %PDF-1.7", TEXTO),
        (b"<!DOCTYPE html><p>hola", HTML),
        (b"  \n<script>alert(1)</script>", HTML),
        (b'<?xml version="1.0"?><svg onload="x">', HTML),
        ("clave,nombre\n1,Niñez\n".encode(), TEXTO),
        ("clave,nombre\n1,Niñez y más palabras\n".encode("cp1252"), TEXTO),
        (b"a,b\x00c", DESCONOCIDO),
        (bytes(range(128, 256)) * 40, DESCONOCIDO),
        (b"\x7fELF\x02\x01\x01\x00", DESCONOCIDO),
        (b"MZ\x90\x00", DESCONOCIDO),
        (libro("[Content_Types].xml", "xl/workbook.xml"), "sheet"),
        (libro("[Content_Types].xml", "word/document.xml"), "wordprocessingml"),
        (libro(mimetype="application/vnd.oasis.opendocument.text"), "opendocument.text"),
        (libro("a.txt"), "application/zip"),
        (b"PK\x03\x04 y nada", DESCONOCIDO),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
    ],
)
def test_el_tipo_sale_del_contenido(contenido, tipo):
    assert tipo in tipo_de(io.BytesIO(contenido))


def test_deja_el_archivo_al_principio():
    archivo = io.BytesIO(pdf([["a"]]))
    archivo.seek(10)
    tipo_de(archivo)
    assert archivo.tell() == 0
