"""Un plazo se cumple con el hecho de otra aplicación, con su fecha; si se deshace, se vuelve a deber."""

from __future__ import annotations

import datetime

import pytest

from sibis.agenda import cumplimiento
from sibis.agenda.models import Vencimiento
from tests.agenda.test_generacion import generar
from tests.fabricas.agenda import ObligacionFactory
from tests.fabricas.programas import ReglaFactory

pytestmark = pytest.mark.django_db
D = datetime.date
HOY = D(2026, 1, 10)


def test_la_regla_publicada_cumple_con_su_gaceta():
    ObligacionFactory(cumple="regla_publicada")
    regla = ReglaFactory(ejercicio=2026, publicada=True, gaceta_fecha=D(2026, 2, 3))
    ReglaFactory(ejercicio=2026)
    generar()

    assert cumplimiento.poner_al_dia(hoy=HOY) == 1
    assert cumplimiento.poner_al_dia(hoy=HOY) == 0
    v = Vencimiento.objects.exclude(cumplido_que="").get()
    assert (v.asunto_clave, v.cumplido_el) == (regla.programa.clave, D(2026, 2, 3))
    assert v.cumplido_url == regla.get_absolute_url()
    assert (v.estado_en(HOY), v.retraso_en(HOY)) == ("cumplido_tarde", 3)


def test_sin_fecha_de_gaceta_se_sabe_que_cumplio_y_no_cuando():
    ObligacionFactory(cumple="regla_publicada")
    regla = ReglaFactory(ejercicio=2026, origen="catalogo")
    type(regla).objects.filter(pk=regla.pk).update(estado="publicado")  # como entra del catálogo
    generar()

    cumplimiento.poner_al_dia(hoy=HOY)

    v = Vencimiento.objects.get()
    assert (v.estado_en(HOY), v.cumplido_el) == ("cumplido_sin_fecha", None)
    assert v.retraso_en(D(2027, 1, 1)) == 0


def test_cuenta_la_primera_publicacion_y_no_la_modificacion():
    ObligacionFactory(cumple="regla_publicada")
    regla = ReglaFactory(ejercicio=2026, sustituida=True, gaceta_fecha=D(2026, 1, 20))
    ReglaFactory(
        programa=regla.programa,
        ejercicio=2026,
        version=2,
        publicada=True,
        gaceta_fecha=D(2026, 8, 1),
    )
    generar()

    cumplimiento.poner_al_dia(hoy=HOY)

    assert Vencimiento.objects.get().cumplido_el == D(2026, 1, 20)


def test_si_el_hecho_se_deshace_el_plazo_vuelve_a_deberse(settings):
    ObligacionFactory(cumple="regla_publicada")
    ReglaFactory(ejercicio=2026, publicada=True)
    generar()
    cumplimiento.poner_al_dia(hoy=HOY)
    settings.CUMPLIMIENTOS_DE_AGENDA = {"regla_publicada": "tests.agenda.test_cumplimiento.nada"}

    assert cumplimiento.poner_al_dia(hoy=HOY) == 1
    assert Vencimiento.objects.por_cumplir().count() == 1


def nada(_vencimientos: list[Vencimiento]) -> dict:
    return {}


def test_comprobar_cuesta_lo_mismo_sean_cuantos_sean(
    django_assert_num_queries, django_assert_max_num_queries
):
    ObligacionFactory(cumple="regla_publicada")
    ReglaFactory(ejercicio=2026, publicada=True)
    generar()
    with django_assert_max_num_queries(20) as pocas:
        cumplimiento.poner_al_dia(hoy=HOY)
    for _n in range(5):
        ReglaFactory(ejercicio=2026, publicada=True)
    generar()
    with django_assert_num_queries(len(pocas)):
        cumplimiento.poner_al_dia(hoy=HOY)
