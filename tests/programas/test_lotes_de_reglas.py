"""Tomar y cerrar muchas reglas a la vez: lo que el lote anuncia es lo que el motor deja hacer."""

from __future__ import annotations

import pytest
from django.utils import timezone

from programas.models import ReglaOperacion
from programas.servicios.lotes_de_reglas import CerrarReglas, TomarReglas
from sibis.nucleo.errores import ErrorDeNegocio
from tests.fabricas import programas as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def reglas(dependencia, validadora):
    suya = {"programa__dependencia": dependencia}
    return [
        f.ReglaFactory(enviada=True, **suya),
        f.ReglaFactory(**suya),
        f.ReglaFactory(enviada=True, capturado_por=validadora, **suya),
    ]


def test_la_vista_previa_dice_por_cada_una_que_pasara_o_por_que_no(reglas, validadora):
    renglones = TomarReglas().previsualizar(reglas, por=validadora)

    assert [bool(r.que_pasara) for r in renglones] == [True, False, False]
    assert "borrador" in renglones[1].por_que_no
    assert "otra persona" in renglones[2].por_que_no


def test_lo_que_anuncia_es_lo_que_el_motor_deja(reglas, validadora):
    for renglon in TomarReglas().previsualizar(reglas, por=validadora):
        try:
            TomarReglas().aplicar(renglon.objeto, por=validadora)
        except ErrorDeNegocio:
            assert renglon.por_que_no
        else:
            assert renglon.que_pasara
    assert ReglaOperacion.objects.filter(estado="en_revision").count() == 1


def test_previsualizar_cuesta_lo_mismo_sean_cuantas_sean(
    reglas, validadora, dependencia, django_assert_max_num_queries
):
    validadora.adscripciones_vigentes()
    with django_assert_max_num_queries(8) as pocas:
        TomarReglas().previsualizar(reglas, por=validadora)
    mas = f.ReglaFactory.create_batch(4, enviada=True, programa__dependencia=dependencia)
    with django_assert_max_num_queries(len(pocas)):
        TomarReglas().previsualizar([*reglas, *mas], por=validadora)


def test_un_ejercicio_que_no_termina_no_se_cierra_por_lotes(validadora):
    anio = timezone.localdate().year
    de_antes, de_hoy = f.en_portal(ejercicio=anio - 1), f.en_portal(ejercicio=anio)

    renglones = CerrarReglas().previsualizar([de_antes, de_hoy], por=validadora)
    assert [bool(r.que_pasara) for r in renglones] == [True, False]
    CerrarReglas().aplicar(de_antes, por=validadora)
    de_antes.refresh_from_db()
    assert de_antes.estado == "cerrado"
