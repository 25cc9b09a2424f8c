"""La obligación trimestral se cumple el día que se envió el informe, y con ningún otro."""

from __future__ import annotations

import datetime

import pytest

from presupuesto.consultas.agenda_de_informes import informes_enviados
from tests.fabricas.agenda import VencimientoFactory
from tests.fabricas.informes import InformeDeAvanceFactory

pytestmark = pytest.mark.django_db
ENVIADO = datetime.datetime(2026, 1, 21, 5, 30, tzinfo=datetime.UTC)  # 20 de enero aquí


def vence(informe, **otros):
    valores = {
        "ejercicio": informe.ejercicio,
        "trimestre": informe.trimestre,
        "dependencia": informe.dependencia,
        "asunto_clave": informe.programa.clave,
    }
    return VencimientoFactory(**valores | otros)


def test_lo_cumple_el_enviado_con_su_fecha_en_la_ciudad():
    informe = InformeDeAvanceFactory(enviado=True, enviado_en=ENVIADO)
    vencimiento = vence(informe)
    cumplido = informes_enviados([vencimiento])[vencimiento.pk]
    assert cumplido.el == datetime.date(2026, 1, 20)
    assert "4.º trimestre de 2025" in cumplido.que
    assert str(informe.pk) in cumplido.url


@pytest.mark.parametrize("estado", ["en_revision", "observado", "aprobado", "sustituido"])
def test_lo_que_le_pase_despues_no_lo_incumple(estado):
    informe = InformeDeAvanceFactory(estado=estado, enviado_en=ENVIADO)
    assert informes_enviados([vence(informe)])


def test_un_borrador_o_un_retirado_no_cumple():
    borrador = InformeDeAvanceFactory()
    retirado = InformeDeAvanceFactory(
        estado="retirado", enviado_en=ENVIADO, enviado_por=borrador.capturado_por
    )
    assert informes_enviados([vence(borrador), vence(retirado)]) == {}


def test_corregirlo_no_cambia_el_dia_en_que_se_cumplio():
    primero = InformeDeAvanceFactory(sustituido=True, enviado_en=ENVIADO)
    InformeDeAvanceFactory(regla=primero.regla, version=2, razon="Se corrige.", enviado=True)
    vencimiento = vence(primero)
    assert informes_enviados([vencimiento])[vencimiento.pk].el == datetime.date(2026, 1, 20)


def test_ni_otro_trimestre_ni_otro_anio_ni_otro_programa():
    informe = InformeDeAvanceFactory(enviado=True)
    otros = [
        vence(informe, trimestre=3),
        vence(informe, ejercicio=2024),
        vence(informe, asunto_clave="otro"),
        vence(informe, trimestre=None),
    ]
    assert informes_enviados(otros) == {}


def test_cuesta_lo_mismo_sean_cuantos_sean(django_assert_num_queries):
    vencimientos = [vence(InformeDeAvanceFactory(enviado=True)) for _ in range(4)]
    for cuantos in (1, 4):
        with django_assert_num_queries(1):
            assert len(informes_enviados(vencimientos[:cuantos])) == cuantos
