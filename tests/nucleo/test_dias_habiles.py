"""La cuenta de días hábiles, contra la forma lenta y evidente de contar."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibis.nucleo.dias_habiles import es_habil, habiles_entre, siguiente_habil, sumar_habiles

UN_DIA = datetime.timedelta(days=1)
dias = st.dates(datetime.date(2020, 1, 1), datetime.date(2032, 12, 31))
feriados = st.frozensets(dias, max_size=60)


@given(desde=dias, n=st.integers(1, 260), inhabiles=feriados)
def test_sumar_y_contar_son_inversas(desde, n, inhabiles):
    vence = sumar_habiles(desde, n, inhabiles)

    assert es_habil(vence, inhabiles)
    assert habiles_entre(desde, vence, inhabiles) == n
    assert habiles_entre(vence, desde, inhabiles) == -n


@given(desde=dias, largo=st.integers(0, 400), inhabiles=feriados)
def test_contar_es_contar_uno_por_uno(desde, largo, inhabiles):
    hasta = desde + datetime.timedelta(days=largo)
    uno_por_uno = sum(es_habil(desde + UN_DIA * k, inhabiles) for k in range(1, largo + 1))

    assert habiles_entre(desde, hasta, inhabiles) == uno_por_uno


@given(dia=dias, inhabiles=feriados)
def test_el_siguiente_es_el_primero_que_se_trabaja(dia, inhabiles):
    siguiente = siguiente_habil(dia, inhabiles)

    assert es_habil(siguiente, inhabiles)
    assert siguiente >= dia
    assert sumar_habiles(dia, 0, inhabiles) == siguiente
    assert not any(es_habil(dia + UN_DIA * k, inhabiles) for k in range((siguiente - dia).days))


@given(desde=dias, n=st.integers(0, 60), inhabiles=feriados, otro=dias)
def test_un_feriado_mas_nunca_acorta_un_plazo(desde, n, inhabiles, otro):
    assert sumar_habiles(desde, n, inhabiles | {otro}) >= sumar_habiles(desde, n, inhabiles)


def test_del_viernes_al_lunes_hay_un_dia_habil():
    viernes, lunes = datetime.date(2026, 1, 30), datetime.date(2026, 2, 2)

    assert sumar_habiles(viernes, 1, ()) == lunes
    assert sumar_habiles(viernes, 1, {lunes}) == lunes + UN_DIA
    assert habiles_entre(viernes, lunes, ()) == 1


def test_el_dia_siguiente_al_29_de_febrero_existe():
    assert sumar_habiles(datetime.date(2028, 2, 28), 2, ()) == datetime.date(2028, 3, 1)


def test_un_plazo_no_cuenta_hacia_atras():
    with pytest.raises(ValueError, match="hacia atrás"):
        sumar_habiles(datetime.date(2026, 1, 1), -1, ())
