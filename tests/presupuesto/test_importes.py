"""Un importe se lee como lo leería una persona, o se rechaza diciendo por qué."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presupuesto.importacion.importes import a_centavos, leer_importe


@pytest.mark.parametrize(
    ("texto", "valor"),
    [
        ("1234.5", "1234.5"),
        ("1,234.50", "1234.50"),
        ("$1,234.50", "1234.50"),
        (" $ 1 234.50 MXN", "1234.50"),
        ("1,234", "1234"),
        ("2.900,00", "2900.00"),
        ("1234,5", "1234.5"),
        ("-50.25", "-50.25"),
        ("(50.25)", "-50.25"),
        ("50.25-", "-50.25"),
        ("\u221250", "-50"),
        ("-", "0"),
        ("0", "0"),
        ("1278587941.4400001", "1278587941.4400001"),
        (".5", "0.5"),
    ],
)
def test_se_entiende_como_lo_escriben(texto, valor):
    assert leer_importe(texto) == Decimal(valor)


@pytest.mark.parametrize("texto", ["", "  ", "\u00a0"])
def test_lo_vacio_no_es_cero(texto):
    assert leer_importe(texto) is None


@pytest.mark.parametrize(
    "texto",
    [
        "N/D",
        "1,23,4",
        "1.2.3",
        "NaN",
        "Infinity",
        "1_000",
        "1e5",
        "1.5E+10",
        "١٢",
        "9" * 20,
        "--5x",
    ],
)
def test_lo_que_no_es_un_importe_se_rechaza(texto):
    with pytest.raises(ValueError, match=r"\w"):
        leer_importe(texto)


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=2))
def test_escribir_y_leer_da_lo_mismo(valor):
    assert leer_importe(f"{valor:,.2f}") == valor
    assert leer_importe(f"${valor:,.2f}" if valor >= 0 else f"({-valor:,.2f})") == valor
    assert a_centavos(valor) == valor
