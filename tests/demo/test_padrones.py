"""Las cargas que deja la demostración: una en cada momento, de gente inventada."""

from __future__ import annotations

import time

import pytest
from django.utils import timezone

from padron.models import Carga, Registro
from sibis.demo import cuentas, padrones
from tests.demo import mundo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mundo(settings, tmp_path):
    settings.PADRON_TRABAJO = tmp_path
    mundo.cargar()
    cuentas.sembrar(semilla=7, anotados={})


def test_quedan_en_distintos_momentos_y_repetirlo_no_duplica():
    inicio = time.process_time()
    balance = padrones.sembrar(semilla=7, hoy=timezone.localdate())
    tardo = time.process_time() - inicio

    estados = dict(Carga.objects.values_list("programa__clave", "estado"))
    assert estados == {
        "seguro-de-desempleo": "aplicada",
        "iztapalas-jefas": "por_confirmar",
        "mujeres-construyendo-el-futuro": "por_revisar",
        "entrale-con-los-atletas": "por_mapear",
    }
    assert balance.altas == 4
    assert Registro.objects.count() == 60
    assert tardo < 8  # de procesador: sembrar no se nota
    repetida = padrones.sembrar(semilla=7, hoy=timezone.localdate())
    assert (repetida.altas, repetida.iguales) == (0, 4)
