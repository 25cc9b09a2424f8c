"""Los índices del informe: las mismas cuentas con cualquier número, y nunca un cero inventado."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibis.nucleo.avance import Rango, color, iarcm, icmpp, icppp, por_ciento, se_aparta

cantidades = st.decimals(min_value=0, max_value=10**12, places=2)
positivas = st.decimals(min_value=Decimal("0.01"), max_value=10**12, places=2)
RANGOS = [
    Rango("verde", Decimal(90), Decimal(110)),
    Rango("amarillo", Decimal(80), Decimal(120)),
    Rango("rojo"),
]


@given(cantidades, positivas)
def test_el_indice_es_el_cociente_a_la_centesima(alcanzada, programada):
    exacto = alcanzada / programada * 100
    assert abs(icmpp(alcanzada, programada) - exacto) <= Decimal("0.005") + exacto * Decimal(
        "1e-25"
    )
    assert icppp(alcanzada, programada) == icmpp(alcanzada, programada)


@given(cantidades | st.none())
def test_entre_cero_o_sin_dato_no_se_puede_calcular(parte):
    assert icmpp(parte, Decimal(0)) is None
    assert icmpp(parte, None) is None
    assert icmpp(None, Decimal(10)) is None
    assert iarcm(parte, Decimal(0), Decimal(1), Decimal(1)) is None
    assert iarcm(parte, Decimal(1), Decimal(0), Decimal(1)) is None
    assert iarcm(parte, Decimal(1), Decimal(1), Decimal(0)) is None


def test_haber_hecho_nada_de_lo_programado_es_cero_y_no_un_hueco():
    assert icmpp(Decimal(0), Decimal(50)) == 0
    assert iarcm(Decimal(0), Decimal(50), Decimal(1), Decimal(1)) == 0


@given(positivas, positivas)
def test_cumplir_y_gastar_todo_es_uno(programada, programado):
    assert iarcm(programada, programada, programado, programado) == 1


@given(positivas, positivas, positivas, positivas)
def test_iarcm_no_arrastra_el_redondeo_de_los_otros(alcanzada, programada, ejercido, programado):
    exacto = (alcanzada / programada) / (ejercido / programado)
    margen = Decimal("0.005") + exacto * Decimal("1e-20")
    assert abs(iarcm(alcanzada, programada, ejercido, programado) - exacto) <= margen


@given(positivas, positivas, st.integers(2, 1000))
def test_en_otra_unidad_da_lo_mismo(alcanzada, programada, veces):
    assert por_ciento(alcanzada * veces, programada * veces) == por_ciento(alcanzada, programada)


@pytest.mark.parametrize(
    ("valor", "esperado"),
    [
        ("0", "rojo"),
        ("79.99", "rojo"),
        ("80", "amarillo"),
        ("89.99", "amarillo"),
        ("90", "verde"),
        ("110", "verde"),
        ("110.01", "amarillo"),
        ("120", "amarillo"),
        ("120.01", "rojo"),
        ("160", "rojo"),
    ],
)
def test_pasarse_de_la_meta_tambien_es_rojo(valor, esperado):
    assert color(Decimal(valor), RANGOS) == esperado


def test_sin_valor_o_sin_rangos_no_hay_color():
    assert color(None, RANGOS) == ""
    assert color(Decimal(100), []) == ""


@given(st.decimals(min_value=0, max_value=1000, places=2))
def test_la_tolerancia_vale_para_los_dos_lados(valor):
    assert se_aparta(valor, Decimal(10)) is not (Decimal(90) <= valor <= Decimal(110))


def test_lo_que_no_se_puede_calcular_no_se_aparta():
    assert not se_aparta(None, Decimal(0))
