"""Cómo va un plazo: la cuenta de Python y la de la base son la misma, en toda la tabla."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from sibis.agenda.consultas.redaccion import como_va
from sibis.agenda.estados import EstadoVencimiento as E
from sibis.agenda.models import Vencimiento
from tests.fabricas.agenda import VencimientoFactory

pytestmark = pytest.mark.django_db
HOY = datetime.date(2026, 3, 10)


def dia(n: int) -> datetime.date:
    return HOY + datetime.timedelta(days=n)


# vence, gracia, prorrogado, cumplido, sin efecto → estado, días de retraso, lo que se lee
TABLA = [
    (16, 0, None, None, False, E.PENDIENTE, 0, "Pendiente, faltan 16 días"),
    (15, 0, None, None, False, E.POR_VENCER, 0, "Por vencer, faltan 15 días"),
    (1, 0, None, None, False, E.POR_VENCER, 0, "Por vencer, falta un día"),
    (0, 0, None, None, False, E.POR_VENCER, 0, "Por vencer, es hoy"),
    (-1, 0, None, None, False, E.VENCIDO, 1, "Vencido, un día de retraso"),
    (-1, 1, None, None, False, E.POR_VENCER, 0, "Por vencer, en sus días de gracia"),
    (-9, 5, None, None, False, E.VENCIDO, 4, "Vencido, 4 días de retraso"),
    (12, 5, None, None, False, E.PENDIENTE, 0, "Pendiente, faltan 12 días"),
    (-3, 0, 20, None, False, E.EN_PRORROGA, 0, "En prórroga, faltan 20 días"),
    (-30, 0, 0, None, False, E.EN_PRORROGA, 0, "En prórroga, es hoy"),
    (-30, 0, -2, None, False, E.VENCIDO, 2, "Vencido, 2 días de retraso"),
    (-5, 0, None, -5, False, E.CUMPLIDO, 0, "Cumplido, el 5 de marzo"),
    (-5, 0, None, -4, False, E.CUMPLIDO_TARDE, 1, "Cumplido tarde, un día de retraso"),
    (-5, 3, None, -2, False, E.CUMPLIDO, 0, "Cumplido, el 8 de marzo"),
    (-9, 0, -2, -3, False, E.CUMPLIDO, 0, "Cumplido, el 7 de marzo"),
    (30, 0, None, -1, False, E.CUMPLIDO, 0, "Cumplido, el 9 de marzo"),
    (-5, 0, None, "sin fecha", False, E.CUMPLIDO_SIN_FECHA, 0, "Cumplido, no se sabe qué día"),
    (-5, 0, None, None, True, E.SIN_EFECTO, 0, "Sin efecto"),
    (-5, 0, None, -5, True, E.SIN_EFECTO, 0, "Sin efecto"),
]


@pytest.mark.parametrize(
    ("vence", "gracia", "prorroga", "cumplido", "sin_efecto", "estado", "retraso", "se_lee"), TABLA
)
def test_cada_caso_tiene_un_solo_estado_y_la_base_dice_lo_mismo(
    vence, gracia, prorroga, cumplido, sin_efecto, estado, retraso, se_lee
):
    v = VencimientoFactory(
        vence_el=dia(vence),
        gracia_dias=gracia,
        prorrogado_al=None if prorroga is None else dia(prorroga),
        cumplido_que="" if cumplido is None else "Gaceta",
        cumplido_el=dia(cumplido) if isinstance(cumplido, int) else None,
        sin_efecto_el=HOY if sin_efecto else None,
    )

    assert v.estado_en(HOY) == estado
    assert v.retraso_en(HOY) == retraso
    assert como_va(v, HOY) == se_lee
    assert [e for e in E if Vencimiento.objects.en_estado(e, HOY).exists()] == [estado]
    v.refresh_from_db()
    assert v.limite == v.plazo + datetime.timedelta(days=gracia)


def test_la_tabla_pasa_por_todos_los_estados():
    assert {fila[5] for fila in TABLA} == set(E)


def test_hoy_es_el_de_la_ciudad():
    v = VencimientoFactory(vence_el=timezone.localdate())

    assert v.estado == E.POR_VENCER
    assert Vencimiento.objects.en_estado(E.POR_VENCER).get() == v
    assert list(Vencimiento.objects.por_cumplir()) == [v]
