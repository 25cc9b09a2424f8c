import pytest
from django.utils import translation

from padron.periodos import en_palabras


@pytest.mark.parametrize(
    ("periodo", "leido"),
    [
        ("anual", "todo el año"),
        ("t1", "primer trimestre"),
        ("t4", "cuarto trimestre"),
        ("m03", "marzo"),
        ("m12", "diciembre"),
        ("m13", "m13"),
        ("", ""),
    ],
)
def test_un_periodo_se_lee(periodo, leido):
    assert en_palabras(periodo) == leido


def test_en_ingles_el_mes_va_con_mayuscula():
    with translation.override("en"):
        assert en_palabras("m03") == "March"
