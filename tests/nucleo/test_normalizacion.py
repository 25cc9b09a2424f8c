"""Comparar como compara la gente; guardar sin lo invisible."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibis.nucleo.normalizacion import clave_comparable, limpiar_texto, sin_acentos


@pytest.mark.parametrize(
    ("escrito", "comparable"),
    [
        ("  Álvaro  OBREGÓN. ", "alvaro obregon"),
        ("Niñez", "ninez"),
        ("A\u0301lvaro", "alvaro"),  # la tilde venía como carácter aparte
        ("c++ & c#", "c c"),
        ("«despensa»—2025", "despensa 2025"),
        ("a & !b | c <-> d:*", "a b c d"),
        ("🍎", ""),
        ("", ""),
        ("\x00\t\n", ""),
    ],
)
def test_clave_comparable_de(escrito, comparable):
    assert clave_comparable(escrito) == comparable


@given(st.text())
def test_clave_comparable_dos_veces_es_lo_mismo_que_una(texto):
    una = clave_comparable(texto)
    assert clave_comparable(una) == una


@given(st.text())
def test_clave_comparable_no_distingue_como_se_compuso_el_acento(texto):
    junto, aparte = unicodedata.normalize("NFC", texto), unicodedata.normalize("NFD", texto)
    assert clave_comparable(junto) == clave_comparable(aparte)


@given(st.text())
def test_clave_comparable_solo_deja_letras_y_numeros_separados_por_un_espacio(texto):
    palabras = clave_comparable(texto).split(" ")
    assert palabras == [""] or all(p.isascii() and p.isalnum() for p in palabras)


@given(st.text(alphabet="abcdefghijklmnñopqrstuvwxyzáéíóúü 0123456789"))
def test_clave_comparable_no_distingue_mayusculas(texto):
    assert clave_comparable(texto.upper()) == clave_comparable(texto)


def test_sin_acentos_quita_toda_marca():
    assert sin_acentos("Ávila, Ñuñoa, pingüino") == "Avila, Nunoa, pinguino"


@given(st.text())
def test_sin_acentos_dos_veces_es_lo_mismo_que_una(texto):
    assert sin_acentos(sin_acentos(texto)) == sin_acentos(texto)


@pytest.mark.parametrize(
    ("capturado", "guardado"),
    [
        ("  hola   mundo ", "hola mundo"),
        ("uno\ndos", "uno\ndos"),
        ("a\u200bb", "a b"),  # espacio de ancho cero
        ("a\x00b", "a b"),
        ("\ufeffClave", "Clave"),
        ("A\u0301vila", "Ávila"),
    ],
)
def test_limpiar_texto_de(capturado, guardado):
    assert limpiar_texto(capturado) == guardado


@given(st.text())
def test_limpiar_texto_dos_veces_es_lo_mismo_que_una(texto):
    limpio = limpiar_texto(texto)
    assert limpiar_texto(limpio) == limpio


@given(st.text())
def test_limpiar_texto_no_deja_caracteres_invisibles(texto):
    raros = [c for c in limpiar_texto(texto) if unicodedata.category(c)[0] == "C"]
    assert set(raros) <= {"\n", "\t"}
