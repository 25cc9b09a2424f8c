"""Leer un PDF ajeno: nunca tira a quien lo lee, y siempre se sabe qué pasó."""

from __future__ import annotations

import zlib

import pytest

from sibis.archivos.texto_pdf import Falla, Topes, leer
from sibis.demo.pdf_sencillo import pdf
from tests.fabricas.archivos import ArchivoFactory

pytestmark = pytest.mark.django_db

# Con contraseña: el diccionario de cifrado de un PDF que pide una para abrirse.
CIFRADO = pdf([["secreto"]]).replace(
    b"/Root 1 0 R",
    b"/Root 1 0 R /ID [<0123456789abcdef0123456789abcdef> <0123456789abcdef0123456789abcdef>] "
    b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
    + b"11" * 32
    + b"> /U <"
    + b"22" * 32
    + b"> >>",
)


def leido(contenido: bytes, **topes: int):
    return leer(ArchivoFactory(contenido=contenido), topes=Topes(**topes) if topes else None)


def test_cada_pagina_con_su_numero():
    hecho = leido(pdf([["Evaluación"], [], ["Niñas y niños", "segunda línea"]]))

    assert hecho.paginas == 3
    assert hecho.texto == ((1, "Evaluación"), (3, "Niñas y niños\nsegunda línea"))
    assert hecho.entero
    assert not hecho.es_imagen


def test_una_imagen_no_trae_texto():
    hecho = leido(pdf([[], []]))
    assert hecho.falla is None
    assert hecho.es_imagen


@pytest.mark.parametrize(
    "contenido",
    [
        b"%PDF-1.4 y nada mas",
        pdf([["a"]])[:120],
        pdf([["a"]]).replace(b"/Kids [6 0 R]", b"/Kids [2 0 R]"),
        b"%PDF-1.7\n" + b"[" * 200_000,
    ],
    ids=["hueco", "cortado", "que se muerde la cola", "anidado"],
)
def test_uno_danado_se_dice_y_no_levanta(contenido):
    hecho = leido(contenido)
    assert hecho.falla == Falla.ILEGIBLE or hecho.es_imagen


def test_uno_con_contrasena_se_dice():
    assert leido(CIFRADO).falla == Falla.CIFRADO


def test_de_uno_larguisimo_se_leen_las_primeras_paginas():
    hecho = leido(pdf([[f"Página número {n}"] for n in range(30)]), paginas=5)

    assert hecho.paginas == 30
    assert [numero for numero, _texto in hecho.texto] == [1, 2, 3, 4, 5]
    assert not hecho.entero


def test_una_pagina_larguisima_se_recorta_y_el_total_tambien():
    hecho = leido(pdf([["palabra " * 40] * 30] * 4), caracteres_por_pagina=500, caracteres=1200)

    assert all(len(texto) <= 500 for _numero, texto in hecho.texto)
    assert len(hecho.texto) == 2


CON_LETRAS = b"BT /F1 16 Tf 64 700 Td (Al final de todo hay letras) Tj ET"


def bomba(megas: int) -> bytes:
    """Una página que pesa poco y al abrirse pide muchísima memoria."""
    apretada = zlib.compress(b" " * (megas << 20) + CON_LETRAS, 1)
    return pdf([["a"]]).replace(
        b"endobj\n6 0 obj",
        b"endobj\n5 0 obj\n<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n"
        b"6 0 obj" % (len(apretada), apretada),
    )


def test_el_que_pide_mas_memoria_que_la_dada_no_pasa_de_ahi():
    """El proceso muere o se queda sin texto; quien lo llamó sigue y lo anota."""
    assert leido(bomba(1)).texto == ((1, "Al final de todo hay letras"),)

    hecho = leido(bomba(300), memoria_mb=300, segundos=15)
    assert hecho.falla == Falla.ILEGIBLE or hecho.es_imagen


def test_el_que_se_tarda_se_corta():
    hecho = leido(pdf([["palabra " * 200] * 40] * 30), segundos=0)
    assert hecho.falla == Falla.ILEGIBLE or not hecho.entero


def test_lo_leido_no_trae_caracteres_de_control():
    hecho = leido(pdf([["con\x02marcas\x03 y \x07más letras de verdad"]]))
    assert not set("\x02\x03\x07") & set(hecho.texto[0][1])
