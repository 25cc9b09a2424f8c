"""Qué es un archivo, por lo que trae dentro. El nombre y lo que diga el navegador no cuentan."""

from __future__ import annotations

import codecs
import re
import zipfile
from typing import BinaryIO

CABEZA = 4096
PDF = "application/pdf"
DESCONOCIDO = "application/octet-stream"
TEXTO = "text/plain"
HTML = "text/html"
OLE = "application/x-ole-storage"  # Office de antes de 2007, o uno de hoy con contraseña
_MIEMBROS_A_MIRAR = 5_000

_FIRMAS = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"\x1f\x8b", "application/gzip"),
    (b"{\\rtf", "application/rtf"),
)
_OFFICE = "application/vnd.openxmlformats-officedocument"
_POR_MIEMBRO = (
    ("word/document.xml", f"{_OFFICE}.wordprocessingml.document"),
    ("xl/workbook.xml", f"{_OFFICE}.spreadsheetml.sheet"),
    ("ppt/presentation.xml", f"{_OFFICE}.presentationml.presentation"),
)
_LIBRE = "application/vnd.oasis.opendocument"
OFICINA = (
    *(tipo for _miembro, tipo in _POR_MIEMBRO),
    *(f"{_LIBRE}.{que}" for que in ("text", "spreadsheet", "presentation")),
    OLE,
)
_ABIERTOS = re.compile(r"application/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)")
_PAGINA = re.compile(rb"<\s*(!doctype\s+html|html|head|body|script|iframe|svg)\b", re.I)

# Con qué terminación se entrega al descargarlo.
TERMINACIONES = {
    PDF: "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/tiff": "tif",
    OLE: "xls",
    "application/gzip": "gz",
    "application/rtf": "rtf",
    "application/zip": "zip",
    TEXTO: "txt",
    "text/csv": "csv",
    f"{_OFFICE}.wordprocessingml.document": "docx",
    f"{_OFFICE}.spreadsheetml.sheet": "xlsx",
    f"{_OFFICE}.presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}


def tipo_de(archivo: BinaryIO) -> str:
    """El tipo MIME de un archivo que se puede recorrer; lo deja al principio."""
    archivo.seek(0)
    cabeza = archivo.read(CABEZA)
    tipo = next((t for firma, t in _FIRMAS if cabeza.startswith(firma)), None)
    if tipo is None and cabeza.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        tipo = _de_un_zip(archivo)
    if tipo is None:
        tipo = _de_un_texto(archivo, cabeza)
    archivo.seek(0)
    return tipo


def _de_un_zip(archivo: BinaryIO) -> str:
    """Solo mira el directorio, sin descomprimir más que la palabra que dice el formato."""
    try:
        with zipfile.ZipFile(archivo) as libro:
            miembros = libro.infolist()[:_MIEMBROS_A_MIRAR]
            nombres = {m.filename for m in miembros}
            declarado = miembros[0] if miembros else None
            if declarado and declarado.filename == "mimetype" and declarado.file_size < 100:
                dicho = libro.read(declarado).decode("ascii", "replace").strip()
                if _ABIERTOS.fullmatch(dicho):
                    return dicho
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return DESCONOCIDO
    return next((tipo for miembro, tipo in _POR_MIEMBRO if miembro in nombres), "application/zip")


def _de_un_texto(archivo: BinaryIO, cabeza: bytes) -> str:
    """Texto si todo él se lee como UTF-8 o como la letra de Excel, sin bytes de control."""
    if not cabeza or b"\x00" in cabeza:
        return DESCONOCIDO
    if _PAGINA.search(cabeza):
        return HTML
    archivo.seek(0)
    decodificador = codecs.getincrementaldecoder("utf-8")()
    es_utf8 = True
    while trozo := archivo.read(1 << 20):
        if any(c in trozo for c in (b"\x00", b"\x01", b"\x02", b"\x03", b"\x04")):
            return DESCONOCIDO
        if es_utf8:
            try:
                decodificador.decode(trozo)
            except UnicodeDecodeError:
                es_utf8 = False
    return TEXTO if es_utf8 or _parece_cp1252(cabeza) else DESCONOCIDO


def _parece_cp1252(cabeza: bytes) -> bool:
    """En un texto casi todo son letras, cifras y espacios; en un binario no."""
    legibles = sum(b in (9, 10, 13) or 32 <= b < 127 for b in cabeza)
    return legibles >= 0.85 * len(cabeza)
