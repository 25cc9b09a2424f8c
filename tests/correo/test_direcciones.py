"""A las direcciones que no existen no se les escribe."""

import pytest

from sibis.correo.direcciones import es_de_ejemplo


@pytest.mark.parametrize(
    "direccion",
    ["a@sibis.invalid", "a@x.INVALID", "a@invalid", "a@x.example", "a@localhost", "a@x.test."],
)
def test_lo_reservado_no_existe(direccion):
    assert es_de_ejemplo(direccion)


@pytest.mark.parametrize(
    "direccion", ["a@cdmx.gob.mx", "a@invalid.mx", "invalid@ejemplo.mx", "a@noinvalid"]
)
def test_lo_demas_puede_existir(direccion):
    assert not es_de_ejemplo(direccion)
