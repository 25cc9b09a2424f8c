"""De la regla de fecha al día: años bisiestos, cambios de año y días hábiles con feriados."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibis.nucleo.plazos import ReglaDeFecha, cierre_de_trimestre, dia_que_existe

D = datetime.date


@pytest.mark.parametrize(
    ("regla", "ejercicio", "trimestre", "vence"),
    [
        (ReglaDeFecha("fija", dia=31, mes=1), 2026, None, D(2026, 1, 31)),
        (ReglaDeFecha("fija", dia=30, mes=6, anio=1), 2025, None, D(2026, 6, 30)),
        (ReglaDeFecha("fija", dia=30, mes=11, anio=-1), 2026, None, D(2025, 11, 30)),
        (ReglaDeFecha("fija", dia=29, mes=2), 2028, None, D(2028, 2, 29)),
        (ReglaDeFecha("fija", dia=29, mes=2), 2027, None, D(2027, 2, 28)),
        (ReglaDeFecha("fija", dia=31, mes=4), 2026, None, D(2026, 4, 30)),
        (ReglaDeFecha("tras_trimestre", dias=30), 2026, 1, D(2026, 4, 30)),
        (ReglaDeFecha("tras_trimestre", dias=30), 2026, 4, D(2027, 1, 30)),
        (ReglaDeFecha("tras_trimestre", dias=60), 2027, 4, D(2028, 2, 29)),
        (ReglaDeFecha("tras_trimestre", dias=0), 2026, 3, D(2026, 9, 30)),
        (ReglaDeFecha("tras_fecha", dia=31, mes=12, dias=1), 2026, None, D(2027, 1, 1)),
    ],
)
def test_cada_clase_de_regla_da_su_dia(regla, ejercicio, trimestre, vence):
    assert regla.vence(ejercicio, trimestre) == vence


def test_los_habiles_saltan_el_fin_de_semana_y_los_feriados_del_cambio_de_anio():
    regla = ReglaDeFecha("tras_trimestre", dias=1, habiles=True)

    assert regla.vence(2026, 4) == D(2027, 1, 1)
    assert regla.vence(2026, 4, inhabiles={D(2027, 1, 1)}) == D(2027, 1, 4)


def test_sin_trimestre_no_se_sabe_desde_cuando():
    with pytest.raises(ValueError, match="trimestre"):
        ReglaDeFecha("tras_trimestre", dias=30).vence(2026)
    with pytest.raises(ValueError, match="del 1 al 4"):
        cierre_de_trimestre(2026, 5)


@given(anio=st.integers(2000, 2100), mes=st.integers(1, 12), dia=st.integers(1, 31))
def test_el_dia_siempre_existe_y_nunca_sale_de_su_mes(anio, mes, dia):
    hallado = dia_que_existe(anio, mes, dia)

    assert (hallado.year, hallado.month) == (anio, mes)
    assert hallado.day <= dia
    assert hallado.day == dia or (hallado + datetime.timedelta(days=1)).day == 1


@given(ejercicio=st.integers(2000, 2090), t=st.integers(1, 4), dias=st.integers(0, 120))
def test_mas_dias_nunca_vence_antes_y_los_habiles_nunca_antes_que_los_naturales(ejercicio, t, dias):
    naturales = ReglaDeFecha("tras_trimestre", dias=dias).vence(ejercicio, t)
    habiles = ReglaDeFecha("tras_trimestre", dias=dias, habiles=True).vence(ejercicio, t)
    uno_mas = ReglaDeFecha("tras_trimestre", dias=dias + 1).vence(ejercicio, t)

    assert naturales < uno_mas
    assert habiles >= naturales
