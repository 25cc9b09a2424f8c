"""Lo que la base hace cumplir del padrón aunque alguien escriba SQL a mano."""

import pytest
from django.db import DatabaseError, connection, transaction

from padron.models import Registro
from tests.fabricas.padron import CargaFactory, RegistroFactory

pytestmark = pytest.mark.django_db


def negado(sql: str, *parametros: object) -> str:
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parametros)
    return str(error.value)


@pytest.mark.parametrize(
    "tabla", ["padron_registro", "padron_registro_2025", "padron_registro_2025_resto"]
)
@pytest.mark.parametrize("orden", ["UPDATE {} SET apoyo = 'otro'", "DELETE FROM {}", "TRUNCATE {}"])
def test_un_registro_no_cambia_por_ninguna_puerta(tabla, orden):
    RegistroFactory()

    assert "adrón" in negado(orden.format(tabla))
    assert Registro.objects.get().apoyo is None


def test_una_particion_nueva_hereda_los_resguardos():
    carga = CargaFactory(aplicada=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT padron_registro_del_ejercicio(2025)")
        cursor.execute("CREATE TABLE suelta (LIKE padron_registro INCLUDING CONSTRAINTS)")
        cursor.execute(
            "INSERT INTO suelta (id, carga_id, programa_id, dependencia_id, fila, ejercicio, con_aviso,"
            " tipo_persona) VALUES (%s, %s, 1, 1, 7, 2025, false, 'persona')",
            [carga.pk * 4194304 + 7, carga.pk],
        )
        cursor.execute(
            f"ALTER TABLE padron_registro_2025 ATTACH PARTITION suelta FOR VALUES IN ({carga.pk})"
        )
        cursor.execute("SELECT padron_registro_cuidar('suelta')")

    assert [r.fila for r in Registro.objects.vigentes()] == [7]
    for orden in ("UPDATE suelta SET apoyo = 'x'", "DELETE FROM suelta", "TRUNCATE suelta"):
        assert "adrón" in negado(orden)


def test_hacer_un_ejercicio_se_puede_repetir():
    with connection.cursor() as cursor:
        for _vez in range(2):
            cursor.execute("SELECT padron_registro_del_ejercicio(2031)")
        cursor.execute(
            "SELECT count(*) FROM pg_inherits WHERE inhparent = 'padron_registro'::regclass"
        )
        assert cursor.fetchone()[0] >= 1
