"""Lo que nadie teclea a propósito no tira la agenda."""

from __future__ import annotations

import pytest

from sibis.cuentas import roles
from tests.fabricas.cuentas import con_rol, entrar

pytestmark = pytest.mark.django_db
AGENDA = "/panel/agenda/"


@pytest.fixture
def titular(client):
    return entrar(client, con_rol(roles.TitularQueFirma))


@pytest.mark.parametrize(
    "pedido",
    [{"dia": "0001-01-01"}, {"dia": "9999-12-31"}, {"mes": "20٢٦-11"}],
    ids=["primer día", "último día", "cifras de otra escritura"],
)
def test_un_dia_que_no_cabe_en_la_cuadricula_se_niega(client, titular, pedido):
    assert client.get(AGENDA, pedido).status_code == 400


@pytest.mark.parametrize("llave", ["9" * 5000, "9" * 30, "²"])
def test_un_numero_de_plazo_imposible_lleva_a_la_agenda(client, titular, llave):
    respuesta = client.get(f"/panel/agenda/vencimiento/{llave}/change/")

    assert respuesta.status_code == 302
    assert respuesta.url == AGENDA
