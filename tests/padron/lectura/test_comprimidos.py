"""Un archivo comprimido se abre una vez, por trozos y con tope."""

import gzip
import hashlib
import io
import zipfile

import pytest
import xlsxwriter

from padron.lectura import Limites
from sibis.nucleo.errores import ArchivoIlegible

CSV = b"folio,nombres,alcaldia\n1,ANA,TLALPAN\n"


def zip_de(**miembros):
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as escrito:
        for nombre, contenido in miembros.items():
            escrito.writestr(nombre.replace("__", "."), contenido)
    return salida.getvalue()


def libro():
    salida = io.BytesIO()
    with xlsxwriter.Workbook(salida) as escrito:
        hoja = escrito.add_worksheet("P")
        hoja.write_row(0, 0, ["folio", "nombres", "alcaldia"])
        hoja.write_row(1, 0, ["1", "ANA", "TLALPAN"])
    return salida.getvalue()


@pytest.mark.parametrize(
    "contenido",
    [
        gzip.compress(CSV, mtime=0),
        zip_de(padron__csv=CSV),
        zip_de(padron__xlsx=libro()),
        gzip.compress(libro(), mtime=0),
    ],
    ids=("gz de csv", "zip de csv", "zip de libro", "gz de libro"),  # su contenido lleva la hora
)
def test_un_archivo_comprimido_se_lee_y_su_huella_es_la_del_comprimido(leido, contenido):
    leyo = leido(contenido)
    assert leyo.filas == [(2, "1", "ANA", "TLALPAN")]
    assert leyo.lectura.sha256 == hashlib.sha256(contenido).hexdigest()


def test_lo_que_agrega_el_sistema_al_comprimir_no_cuenta(leido):
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w") as escrito:
        escrito.writestr("padron/", "")
        escrito.writestr("padron/enero.csv", CSV)
        escrito.writestr("__MACOSX/padron/._enero.csv", b"x")
        escrito.writestr("padron/.DS_Store", b"x")
    assert leido(salida.getvalue()).filas == [(2, "1", "ANA", "TLALPAN")]


def con_contrasena():
    """El mismo ZIP con el bit de cifrado puesto en sus dos encabezados."""
    contenido = bytearray(zip_de(padron__csv=CSV))
    contenido[6] |= 1
    contenido[contenido.index(b"PK\x01\x02") + 8] |= 1
    return bytes(contenido)


@pytest.mark.parametrize(
    ("contenido", "dice"),
    [
        (zip_de(enero__csv=CSV, febrero__csv=CSV), "trae 2 archivos .*enero.csv.*febrero.csv"),
        (zip_de(), "ZIP vacío"),
        (zip_de(otro__zip=zip_de(padron__csv=CSV)), "otro archivo comprimido"),
        (gzip.compress(gzip.compress(CSV, mtime=0), mtime=0), "otro archivo comprimido"),
        (gzip.compress(zip_de(padron__csv=CSV), mtime=0), "otro archivo comprimido"),
        (con_contrasena(), "ZIP con contraseña"),
        (gzip.compress(CSV * 50, mtime=0)[:-20], "cortado o dañado"),
        (zip_de(padron__csv=CSV)[:-30], "cortado o dañado"),
        (zip_de(foto__csv=b"\xff\xd8\xff\xe0" + b"x" * 50), "es una imagen"),
        (gzip.compress(b"", mtime=0), "está vacío"),
    ],
    ids=lambda v: v if isinstance(v, str) else "archivo",
)
def test_lo_que_no_se_puede_abrir_se_dice(leido, contenido, dice):
    with pytest.raises(ArchivoIlegible, match=dice):
        leido(contenido)


@pytest.mark.parametrize("comprimir", [gzip.compress, lambda c: zip_de(padron__csv=c)])
def test_una_bomba_se_corta_por_lo_que_de_verdad_sale(leido, tmp_path, comprimir):
    with pytest.raises(ArchivoIlegible, match="descomprimido pasa de"):
        leido(comprimir(b"0" * 30_000_000), limites=Limites(abierto=5_000_000))
    assert not (tmp_path / "trabajo" / "abierto").exists()
