"""Dedazos y faltas comunes, contra las palabras que el catálogo sí tiene."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sibis.nucleo.ortografia import Corrector, distancia, sonido

PALABRAS = {
    "beca": 30,
    "becas": 25,
    "despensa": 12,
    "desempleo": 6,
    "uniformes": 4,
    "utiles": 4,
    "vivienda": 8,
    "guarderia": 2,
    "jefas": 5,
    "huerfanos": 1,
    "cooperativa": 3,
    "discapacidad": 9,
}
CORRECTOR = Corrector(PALABRAS)
LETRAS = st.sampled_from(string.ascii_lowercase)
PALABRA = st.text(alphabet="abcdeñ", max_size=8)


@pytest.mark.parametrize(
    ("escrita", "correcta"),
    [
        ("veca", "beca"),
        ("becaa", "beca"),
        ("bcea", "beca"),
        ("dezempleo", "desempleo"),
        ("despenza", "despensa"),
        ("utilez", "utiles"),
        ("bibienda", "vivienda"),
        ("vivenda", "vivienda"),
        ("guarderya", "guarderia"),
        ("wuarderia", "guarderia"),
        ("jefaz", "jefas"),
        ("uerfanos", "huerfanos"),
        ("coperativa", "cooperativa"),
        ("discapasida", "discapacidad"),
        ("discapacitda", "discapacidad"),
    ],
)
def test_corregir_una_falta_comun(escrita, correcta):
    assert CORRECTOR.corregir(escrita) == correcta


@pytest.mark.parametrize("palabra", ["xyzw", "taxi", "zapato", "inhospito", "desarrollo"])
def test_corregir_lo_que_no_se_parece_a_nada_lo_deja_igual(palabra):
    assert CORRECTOR.corregir(palabra) is None


@pytest.mark.parametrize("corta", ["", "b", "vca", "df"])
def test_corregir_palabras_de_menos_de_cuatro_letras_no_se_intenta(corta):
    assert CORRECTOR.corregir(corta) is None


@pytest.mark.parametrize("palabra", sorted(PALABRAS))
def test_corregir_nunca_toca_una_palabra_conocida(palabra):
    assert palabra in CORRECTOR
    assert CORRECTOR.corregir(palabra) is None


def test_corregir_entre_dos_igual_de_cercanas_gana_la_mas_usada():
    assert Corrector({"casas": 1, "cosas": 9}).corregir("cxsas") == "cosas"


def test_corregir_con_un_vocabulario_vacio_no_propone_nada():
    assert Corrector({}).corregir("becas") is None


def un_dedazo(palabra: str, lugar: int, letra: str, clase: str) -> str:
    i = lugar % len(palabra)
    return {
        "quitar": palabra[:i] + palabra[i + 1 :],
        "poner": palabra[:i] + letra + palabra[i:],
        "cambiar": palabra[:i] + letra + palabra[i + 1 :],
        "voltear": palabra[:i] + palabra[i : i + 2][::-1] + palabra[i + 2 :],
    }[clase]


@given(
    st.sampled_from(sorted(PALABRAS)),
    st.integers(0, 20),
    LETRAS,
    st.sampled_from(["quitar", "poner", "cambiar", "voltear"]),
)
def test_corregir_un_dedazo_siempre_propone_algo_cercano(palabra, lugar, letra, clase):
    escrita = un_dedazo(palabra, lugar, letra, clase)
    assume(len(escrita) >= 4 and escrita not in PALABRAS)

    propuesta = CORRECTOR.corregir(escrita)

    assert propuesta is not None
    assert distancia(escrita, propuesta) <= 2 or sonido(escrita) == sonido(propuesta)


@given(
    st.dictionaries(st.text(alphabet="abcdef", min_size=1, max_size=9), st.integers(0, 50)),
    st.text(alphabet="abcdef", max_size=9),
)
def test_corregir_solo_propone_palabras_del_vocabulario_y_siempre_las_mismas(vocabulario, palabra):
    propuesta = Corrector(vocabulario).corregir(palabra)

    assert propuesta is None or (propuesta in vocabulario and propuesta != palabra)
    assert Corrector(dict(reversed(vocabulario.items()))).corregir(palabra) == propuesta


@pytest.mark.parametrize(
    ("a", "b", "ediciones"),
    [("", "", 0), ("beca", "", 4), ("beca", "veca", 1), ("beca", "ebca", 1), ("gato", "pato", 1)],
)
def test_distancia_entre(a, b, ediciones):
    assert distancia(a, b) == ediciones


@given(PALABRA, PALABRA)
def test_distancia_es_simetrica(a, b):
    assert distancia(a, b) == distancia(b, a)


@given(PALABRA, PALABRA)
def test_distancia_es_cero_solo_entre_iguales(a, b):
    assert (distancia(a, b) == 0) == (a == b)


@given(PALABRA, PALABRA)
def test_distancia_no_pasa_de_la_palabra_larga_ni_baja_de_lo_que_les_falta(a, b):
    assert abs(len(a) - len(b)) <= distancia(a, b) <= max(len(a), len(b))


@given(PALABRA, PALABRA, PALABRA)
def test_distancia_dar_un_rodeo_no_acerca_a_mas_de_la_mitad(a, b, c):
    """Con letras vecinas cambiadas de lugar la desigualdad del triángulo vale salvo un factor de dos."""
    assert distancia(a, c) <= 2 * (distancia(a, b) + distancia(b, c))


@pytest.mark.parametrize(
    ("una", "otra"),
    [
        ("veca", "beca"),
        ("haser", "aser"),
        ("zapato", "sapato"),
        ("caye", "calle"),
        ("jente", "gente"),
        ("kiero", "quiero"),
        ("baca", "vaca"),
        ("guerra", "guera"),
    ],
)
def test_sonido_junta_lo_que_suena_igual(una, otra):
    assert sonido(una) == sonido(otra)


@pytest.mark.parametrize(("una", "otra"), [("cacho", "caco"), ("gata", "jata"), ("guia", "gia")])
def test_sonido_separa_lo_que_suena_distinto(una, otra):
    assert sonido(una) != sonido(otra)
