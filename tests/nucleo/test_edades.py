"""Edades en meses cumplidos, como las escriben las reglas."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibis.nucleo.edades import MESES_MAXIMO, edad_en_meses, en_palabras, rango_en_palabras

FECHAS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
MESES = st.integers(0, MESES_MAXIMO)


@pytest.mark.parametrize(
    ("nacimiento", "al", "meses"),
    [
        (date(1965, 1, 15), date(2024, 11, 15), 718),  # 59 años 10 meses, ese mismo día
        (date(1965, 1, 15), date(2024, 11, 14), 717),  # un día antes, todavía no
        (date(2020, 5, 1), date(2020, 5, 1), 0),
        (date(2020, 5, 1), date(2020, 5, 31), 0),
        (date(2020, 5, 1), date(2020, 6, 1), 1),
        (date(2019, 12, 31), date(2020, 2, 29), 1),  # sin día 31, el mes se cumple al siguiente
        (date(2019, 12, 31), date(2020, 3, 1), 2),
    ],
)
def test_edad_en_meses_de_quien_nacio_en(nacimiento, al, meses):
    assert edad_en_meses(nacimiento, al=al) == meses


@pytest.mark.parametrize(
    ("al", "meses"),
    [
        (date(2021, 2, 28), 11),  # los cumple el 1 de marzo en año común
        (date(2021, 3, 1), 12),
        (date(2024, 2, 28), 47),
        (date(2024, 2, 29), 48),  # y el 29 en bisiesto
    ],
)
def test_edad_de_quien_nacio_el_29_de_febrero(al, meses):
    assert edad_en_meses(date(2020, 2, 29), al=al) == meses


def test_edad_de_quien_aun_no_nace_se_niega():
    with pytest.raises(ValueError, match="posterior"):
        edad_en_meses(date(2024, 1, 2), al=date(2024, 1, 1))


@given(st.tuples(FECHAS, FECHAS, FECHAS).map(sorted))
def test_edad_nunca_baja_al_pasar_los_dias(fechas):
    nacimiento, antes, despues = fechas
    assert edad_en_meses(nacimiento, al=antes) <= edad_en_meses(nacimiento, al=despues)


@given(FECHAS, st.integers(0, 40_000))
def test_edad_de_un_dia_a_otro_sube_un_mes_o_nada(nacimiento, dias):
    hoy = nacimiento + timedelta(days=dias)
    sube = edad_en_meses(nacimiento, al=hoy + timedelta(days=1)) - edad_en_meses(nacimiento, al=hoy)
    assert sube in {0, 1}


@given(st.dates(date(1900, 1, 1), date(2000, 12, 31)), st.integers(0, 100))
def test_edad_en_el_cumpleanos_es_de_doce_meses_por_anio(nacimiento, anios):
    if (nacimiento.month, nacimiento.day) == (2, 29):
        nacimiento += timedelta(days=1)
    cumple = nacimiento.replace(year=nacimiento.year + anios)
    assert edad_en_meses(nacimiento, al=cumple) == anios * 12


@pytest.mark.parametrize(
    ("meses", "palabras"),
    [
        (0, "0 años"),
        (1, "1 mes"),
        (11, "11 meses"),
        (12, "1 año"),
        (13, "1 año 1 mes"),
        (46, "3 años 10 meses"),
        (718, "59 años 10 meses"),
        (720, "60 años"),
        (778, "64 años 10 meses"),
    ],
)
def test_en_palabras_de(meses, palabras):
    assert en_palabras(meses) == palabras


@given(MESES)
def test_en_palabras_se_puede_volver_a_contar(meses):
    numeros = [int(p) for p in en_palabras(meses).split() if p.isdigit()]
    unidades = [12 if p.startswith("año") else 1 for p in en_palabras(meses).split() if p.isalpha()]
    assert sum(n * u for n, u in zip(numeros, unidades, strict=True)) == meses


@pytest.mark.parametrize(
    ("minimo", "maximo", "palabras"),
    [
        (None, None, ""),
        (720, 779, "de 60 a 64 años"),
        (720, None, "desde los 60 años"),
        (718, None, "desde los 59 años 10 meses"),
        (0, None, "desde los 0 años"),
        (None, 215, "hasta los 17 años"),
        (0, 215, "hasta los 17 años"),
        (None, 216, "hasta los 18 años"),
        (180, 191, "de 15 años"),
        (46, 71, "de 3 años 10 meses a 5 años"),
        (46, 70, "de 3 años 10 meses a 5 años 10 meses"),
        (708, 778, "de 59 años a 64 años 10 meses"),
        (None, 11, "hasta los 11 meses"),
        (0, 11, "hasta los 11 meses"),
        (3, 11, "de 3 meses a 11 meses"),
    ],
)
def test_rango_en_palabras_de(minimo, maximo, palabras):
    assert rango_en_palabras(minimo, maximo) == palabras


@given(st.none() | MESES, st.none() | MESES)
def test_rango_en_palabras_nunca_dice_que_alguien_tiene_como_maximo_cero_anios(uno, otro):
    minimo, maximo = (uno, otro) if None in (uno, otro) else sorted((uno, otro))
    texto = rango_en_palabras(minimo, maximo)
    assert not texto.endswith(" 0 años") or maximo in {None, 0}
