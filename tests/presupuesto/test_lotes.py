"""Confirmar vínculos por lotes: lo que no cabe en el entero se ve antes."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from presupuesto.models import VinculoPresupuestal
from presupuesto.servicios.lotes import ConfirmarVinculos
from sibis.cuentas import roles
from sibis.panel import tasks
from sibis.panel.servicios import lotes
from tests.fabricas.cuentas import con_rol
from tests.fabricas.presupuesto import VinculoPresupuestalFactory as V

pytestmark = pytest.mark.django_db


@pytest.fixture
def finanzas():
    return con_rol(roles.Finanzas)


def previstos(por) -> dict[int, str]:
    objetos = list(VinculoPresupuestal.objects.select_related("programa").order_by("pk"))
    return {r.objeto.pk: r.por_que_no for r in ConfirmarVinculos().previsualizar(objetos, por=por)}


def test_se_ve_antes_lo_que_no_procede(finanzas):
    ya = V(confirmado=True, programa_presupuestario="S001", participacion=Decimal("0.6"))
    cabe = V(programa_presupuestario="S001", participacion=Decimal("0.4"))
    ya_no_cabe = V(programa_presupuestario="S001", participacion=Decimal("0.1"))
    negado = V(confirmado=True, estado="rechazado", nota="no es")
    solo = V(programa_presupuestario="S002")

    dichos = previstos(finanzas)

    assert dichos[ya.pk] == "Ya estaba confirmado."
    assert dichos[cabe.pk] == dichos[solo.pk] == ""
    assert "más del entero" in dichos[ya_no_cabe.pk]
    assert "no es ese programa" in dichos[negado.pk]


def test_lo_previsto_es_lo_que_pasa(finanzas):
    V(confirmado=True, programa_presupuestario="S001", participacion=Decimal("0.6"))
    cabe = V(programa_presupuestario="S001", participacion=Decimal("0.4"))
    V(programa_presupuestario="S001", participacion=Decimal("0.1"))
    lote = lotes.preparar(ConfirmarVinculos, VinculoPresupuestal.objects.all(), por=finanzas)

    lotes.confirmar(lote, por=finanzas)
    tasks.avanzar_lote(lote.pk)

    lote.refresh_from_db()
    cabe.refresh_from_db()
    assert (lote.estado, lote.hechos, lote.fallidos, lote.omitidos) == ("terminado", 1, 0, 2)
    assert (cabe.estado, cabe.revisado_por) == ("confirmado", finanzas)


def test_lo_que_la_base_niega_al_final_se_dice_y_no_detiene(finanzas):
    uno = V(programa_presupuestario="S001", participacion=Decimal("0.9"))
    otro = V(programa_presupuestario="S002")
    lote = lotes.preparar(ConfirmarVinculos, VinculoPresupuestal.objects.all(), por=finanzas)
    V(confirmado=True, programa_presupuestario="S001", participacion=Decimal("0.5"))

    lotes.confirmar(lote, por=finanzas)
    tasks.avanzar_lote(lote.pk)

    lote.refresh_from_db()
    assert lote.estado == "con_fallas"
    assert "pasa del entero" in lote.renglones.get(objeto=uno.pk).motivo
    otro.refresh_from_db()
    assert otro.estado == "confirmado"


def test_prever_no_hace_mas_consultas_con_mas_vinculos(finanzas):
    def cuantas() -> int:
        with CaptureQueriesContext(connection) as capturadas:
            previstos(finanzas)
        return len(capturadas)

    V.create_batch(2)
    con_dos = cuantas()
    V.create_batch(5)
    assert cuantas() == con_dos
