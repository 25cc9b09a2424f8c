"""Un libro que es una trampa, o que no es lo que dice, se rechaza con una oración y no tira nada."""

import base64
import struct
import zipfile
import zlib

import pytest

from padron.lectura import Limites
from sibis.nucleo.errores import ArchivoIlegible
from tests.padron.lectura.conftest import XLS

ENCABEZADO = ["folio", "nombres", "alcaldia", "monto"]


def con_miembro(ruta, destino, cambios):
    """El mismo libro con otros miembros."""
    with (
        zipfile.ZipFile(ruta) as viejo,
        zipfile.ZipFile(destino, "w", zipfile.ZIP_DEFLATED) as nuevo,
    ):
        for miembro in viejo.namelist():
            if miembro not in cambios:
                nuevo.writestr(miembro, viejo.read(miembro))
        for miembro, contenido in cambios.items():
            nuevo.writestr(miembro, contenido)
    return destino


HOJA_XML = (
    '<?xml version="1.0"?>{doctype}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{filas}</sheetData></worksheet>"
)


def celda(lugar, texto):
    return f'<c r="{lugar}" t="inlineStr"><is><t>{texto}</t></is></c>'


def test_una_celda_en_la_orilla_de_la_hoja_se_rechaza_y_no_tira_nada(leido, libro, tmp_path):
    filas = (
        f'<row r="1">{celda("A1", "folio")}</row><row r="1048576">{celda("XFD1048576", "x")}</row>'
    )
    bomba = con_miembro(
        libro({"P": [ENCABEZADO]}, "base.xlsx"),
        tmp_path / "bomba.xlsx",
        {"xl/worksheets/sheet1.xml": HOJA_XML.format(doctype="", filas=filas)},
    )
    with pytest.raises(ArchivoIlegible, match="más memoria o más tiempo"):
        leido(bomba)


def test_entidades_de_fuera_y_de_dentro_no_se_resuelven(leido, libro, tmp_path):
    secreto = tmp_path / "secreto"
    secreto.write_text("NO-SE-LEE")
    for doctype in (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secreto}">]>',
        '<!DOCTYPE x [<!ENTITY a "ja"><!ENTITY e "&a;&a;&a;">]>',
    ):
        filas = f'<row r="1">{celda("A1", "folio")}{celda("B1", "nombres")}</row><row r="2">{celda("A2", "1")}{celda("B2", "&e;")}</row>'
        ruta = con_miembro(
            libro({"P": [ENCABEZADO]}, "base.xlsx"),
            tmp_path / "xxe.xlsx",
            {"xl/worksheets/sheet1.xml": HOJA_XML.format(doctype=doctype, filas=filas)},
        )
        with pytest.raises(ArchivoIlegible, match="No se cargó nada"):
            leido(ruta)


def test_las_macros_no_se_corren_y_se_dice(leido, libro, tmp_path):
    ruta = con_miembro(
        libro({"P": [ENCABEZADO, [1, "ANA", "X", 3]]}, "base.xlsx"),
        tmp_path / "padron.xlsm",
        {"xl/vbaProject.bin": b"inventado"},
    )
    leyo = leido(ruta)
    assert leyo.avisos == ["macros_ignoradas"]
    assert leyo.filas == [(2, "1", "ANA", "X", "3")]


@pytest.mark.parametrize(
    ("miembros", "dice"),
    [
        (["[Content_Types].xml", "word/document.xml"], "documento o una presentación"),
        (["[Content_Types].xml", "xl/workbook.xml"], "no se pudo leer"),
    ],
)
def test_lo_que_no_es_un_libro_se_dice(leido, tmp_path, miembros, dice):
    ruta = tmp_path / "padron.xlsx"
    with zipfile.ZipFile(ruta, "w") as escrito:
        for miembro in miembros:
            escrito.writestr(miembro, "<x/>")
    with pytest.raises(ArchivoIlegible, match=dice):
        leido(ruta)


def test_una_bomba_zip_se_rechaza_sin_abrirla(leido, tmp_path):
    ruta = tmp_path / "padron.xlsx"
    with zipfile.ZipFile(ruta, "w", zipfile.ZIP_DEFLATED) as escrito:
        escrito.writestr("xl/workbook.xml", "<x/>")
        escrito.writestr("xl/worksheets/sheet1.xml", b"\0" * 30_000_000)
    with pytest.raises(ArchivoIlegible, match="abierta pesa demasiado"):
        leido(ruta)


def ole(*nombres):
    """Lo mínimo de un contenedor de Office antiguo: su firma y los nombres de su directorio."""
    directorio = b"".join(
        n.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<64x") for n in nombres
    )
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + directorio


@pytest.mark.parametrize(
    ("nombres", "dice"),
    [
        (["Root Entry", "EncryptionInfo", "EncryptedPackage"], "tiene contraseña"),
        (["Root Entry", "WordDocument"], "no es hoja de cálculo"),
        (["Root Entry", "Workbook"], "no se pudo leer"),
    ],
)
def test_los_documentos_antiguos_o_con_contrasena_se_dicen(leido, nombres, dice):
    with pytest.raises(ArchivoIlegible, match=dice):
        leido(ole(*nombres), nombre="padron.xlsx")


def test_la_memoria_del_lector_tiene_tope(leido, libro):
    with pytest.raises(ArchivoIlegible, match="memoria|no se pudo leer"):
        leido(
            libro({"P": [ENCABEZADO, [1, "ANA", "X", 3]]}),
            limites=Limites(memoria_de_libro=30_000_000),
        )


def test_un_libro_cortado_se_dice(leido, libro):
    entero = libro({"P": [ENCABEZADO, [1, "ANA", "X", 3]]}).read_bytes()
    with pytest.raises(ArchivoIlegible, match="cortado o dañado"):
        leido(entero[: len(entero) // 2], nombre="cortado.xlsx")
    with pytest.raises(ArchivoIlegible, match="o está dañado"):
        leido(zlib.decompress(base64.b85decode(XLS))[:3000], nombre="cortado.xls")
