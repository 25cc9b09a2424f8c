"""Lo que dice una celda es lo que vería quien abre la hoja."""

import datetime as dt

import pytest

from sibis.nucleo.celdas import a_texto

MEDIODIA = dt.datetime(2024, 2, 29, 12, 0)  # noqa: DTZ001  (una celda no guarda zona horaria)


@pytest.mark.parametrize(
    ("valor", "texto"),
    [
        (None, ""),
        ("ANA", "ANA"),
        (True, "sí"),
        (5512345678.0, "5512345678"),
        (-3.0, "-3"),
        (2899.9999999999995, "2900"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (1234567890123456.0, "1234567890123456"),
        (1.2345678901234568e17, "123456789012345680"),
        (float("nan"), ""),
        (MEDIODIA, "2024-02-29T12:00:00"),
        (dt.date(2024, 2, 29), "2024-02-29"),
        (dt.time(9, 5), "09:05:00"),
        (dt.timedelta(hours=26, minutes=3), "26:03:00"),
    ],
)
def test_una_celda_se_lee_como_se_ve(valor, texto):
    assert a_texto(valor) == texto
