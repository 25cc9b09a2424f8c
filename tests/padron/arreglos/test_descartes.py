"""Las filas que alguien deja fuera: no entran, se cuentan aparte y pueden volver."""

from __future__ import annotations

import pytest

from padron.consultas.arreglos import hechos
from padron.models import Descarte, FilaEnEspera
from padron.servicios import en_marcha, recetas
from padron.validacion.motor import CifrasDeControl
from sibis.nucleo.errores import ErrorDeNegocio
from tests.padron.arreglos.conftest import (
    aplicar,
    de_nuevo,
    fuera,
    repetidas,
)
from tests.padron.carga.archivos import personas

pytestmark = pytest.mark.django_db


def test_lo_que_queda_fuera_se_cuenta_aparte_y_no_entra(entregada, casa):
    carga = repetidas(entregada)
    assert carga.con_error == 3

    cuantas, carga = aplicar(carga, fuera(carga)[1], casa.enlace)

    assert cuantas == 3
    assert (carga.filas, carga.validas, carga.con_error) == (13, 10, 0)
    assert carga.pasada.resumen["descartadas"] == 3
    motivos = set(Descarte.objects.values_list("motivo", flat=True))
    assert motivos == {"La fila es idéntica a otra anterior."}
    # Siguen a la vista, por si hay que volver atrás.
    assert FilaEnEspera.objects.filter(pasada=carga.pasada).count() == 3


def test_lo_que_queda_fuera_puede_volver(entregada, casa):
    carga = repetidas(entregada)
    _n, carga = aplicar(carga, fuera(carga)[1], casa.enlace)
    (hecho,) = hechos(carga)

    recetas.deshacer(carga, hecho.receta, por=casa.enlace, en_cola=False)

    assert de_nuevo(carga).con_error == 3


def test_dejar_fuera_la_primera_salva_a_la_segunda(entregada, casa):
    carga = repetidas(entregada)
    Descarte.objects.create(carga=carga, fila=2, motivo="Sobra.", por=casa.enlace)

    en_marcha.revisar_de_nuevo(carga, por=casa.enlace, en_cola=False)

    assert de_nuevo(carga).con_error == 2


def test_la_cifra_declarada_se_coteja_con_todas_tambien_las_que_quedan_fuera(entregada, casa):
    filas = personas(10)
    carga = entregada([*filas, list(filas[0])], cifras=CifrasDeControl(filas=11))
    _n, carga = aplicar(carga, fuera(carga)[1], casa.enlace)

    assert not carga.pasada.resumen["impide_todo"]


def test_un_motivo_con_una_curp_se_niega_y_no_queda_nada(entregada, casa):
    carga = repetidas(entregada)

    with pytest.raises(ErrorDeNegocio, match="sin datos de nadie"):
        aplicar(carga, fuera(carga)[1], casa.enlace, motivo="Es HELM800101MDFRPR09 otra vez")
    assert not Descarte.objects.exists()
