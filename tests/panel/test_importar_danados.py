"""Un archivo que no sirve da palabras: ni un 500, ni media escritura."""

import io
import zipfile

import pytest

from programas.models import TipoDeApoyo
from sibis.panel.models import Importacion
from tests.panel.archivos import APOYOS, en_hoja, subir


@pytest.mark.parametrize(
    ("contenido", "dicho"),
    [
        (b"", "vac"),
        (b"\x00\x01\x02" * 50, "Se recibe CSV"),
        (b"%PDF-1.7 x", "Se recibe CSV"),
        (b"sin encabezado\n1,2\n", "encabezado"),
        (b'clave,nombre\n"abre y no cierra,1\n', "comillas"),
        (b"nombre,orden\nx,1\n", "clave"),
        (b"clave,nombre\n" + b"a,b\n" * 6_000, "filas"),
        (b"clave\n" + b"x" * 30_000, "celda"),
        (b"PK\x03\x04" + b"0" * 300, "Se recibe CSV"),
    ],
    ids=[
        "vacio",
        "binario",
        "pdf",
        "sin-encabezado",
        "comillas",
        "sin-clave",
        "filas",
        "celda",
        "zip",
    ],
)
def test_un_archivo_que_no_sirve_da_palabras(client, validadora, contenido, dicho):
    respuesta = subir(client, APOYOS, contenido)

    assert respuesta.status_code == 200
    assert dicho in respuesta.content.decode()
    assert not TipoDeApoyo.objects.exists()


def libro_falso(hoja: bytes) -> bytes:
    """Un xlsx de verdad con su hoja cambiada por otra."""
    original, salida = zipfile.ZipFile(io.BytesIO(en_hoja(["clave"]))), io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as nuevo:
        for nombre in original.namelist():
            es_la_hoja = nombre == "xl/worksheets/sheet1.xml"
            nuevo.writestr(nombre, hoja if es_la_hoja else original.read(nombre))
    return salida.getvalue()


DE_ORILLA_A_ORILLA = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
)


@pytest.mark.parametrize(
    "hoja",
    [DE_ORILLA_A_ORILLA, b"<no es xml", b"\x00" * 100_000_000],
    ids=["orillas", "rota", "bomba"],
)
def test_una_hoja_que_tiraria_al_lector_no_tira_el_sitio(client, validadora, hoja):
    """Cuatro kilobytes que piden gigas: los lee otro proceso, con límites."""
    respuesta = subir(client, APOYOS, libro_falso(hoja))

    assert respuesta.status_code == 200
    assert "hoja de cálculo" in respuesta.content.decode()
    assert client.get(APOYOS).status_code == 200


def test_pasado_del_tamano_se_dice(client, validadora):
    respuesta = subir(client, APOYOS, b"clave,nombre\n" + b"a,b\n" * 600_000)

    assert "pasa de 2 MB" in respuesta.content.decode()
    assert not Importacion.objects.exists()
