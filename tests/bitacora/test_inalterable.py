import pytest
from django.db import IntegrityError, connection, transaction

from sibis.bitacora.models import Eslabon, Evento
from tests.fabricas.bitacora import EslabonFactory, EventoFactory

pytestmark = pytest.mark.django_db
FABRICAS = [EventoFactory, EslabonFactory]


@pytest.mark.parametrize("fabrica", FABRICAS)
def test_cambiar_un_renglon_lo_niega_la_base(fabrica):
    objeto = fabrica()
    campo = "tipo" if isinstance(objeto, Evento) else "huella"

    with pytest.raises(IntegrityError, match="La bitácora solo crece"), transaction.atomic():
        type(objeto).objects.filter(pk=objeto.pk).update(**{campo: "otro"})


@pytest.mark.parametrize("fabrica", FABRICAS)
def test_borrar_un_renglon_lo_niega_la_base(fabrica):
    objeto = fabrica()

    with pytest.raises(IntegrityError, match="La bitácora solo crece"), transaction.atomic():
        objeto.delete()


@pytest.mark.parametrize("modelo", [Evento, Eslabon])
def test_vaciar_la_tabla_lo_niega_la_base(modelo):
    with (
        pytest.raises(IntegrityError, match="La bitácora solo crece"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {modelo._meta.db_table}")
