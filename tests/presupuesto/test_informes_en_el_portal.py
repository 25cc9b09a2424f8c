"""Lo aprobado llega al portal con su fuente; lo que no se ha aprobado, no."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from presupuesto.consultas import fisico
from presupuesto.models import InformeDeAvance
from presupuesto.servicios import informes
from tests.fabricas.informes import InformeDeAvanceFactory
from tests.fabricas.presupuesto import (
    AvanceFisicoFactory,
    CorteDeEgresosFactory,
    MontoDeProgramaFactory,
)
from tests.presupuesto.informes import aprobar, escribir

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("criterios")]
PAGINA, FICHA = "/presupuesto/mi-beca/", "/programas/mi-beca/2025/"


def con(regla, **valores) -> InformeDeAvance:
    return InformeDeAvanceFactory(
        **{"regla": regla, "aprobado": True, "renglones": [{"alcanzada": 93}]} | valores
    )


@pytest.mark.parametrize("ruta", [PAGINA, FICHA])
def test_lo_aprobado_se_ve_con_su_fuente(client, regla, ruta):
    con(regla)
    pagina = client.get(ruta).content.decode()
    assert "Informe de la dependencia, 4.º trimestre, aprobado el" in pagina
    assert "93" in pagina
    assert "Lo que informó la dependencia" in pagina


@pytest.mark.parametrize("estado", ["borrador", "enviado", "en_revision", "observado", "retirado"])
def test_lo_que_no_se_ha_aprobado_no_se_ve(client, regla, estado):
    con(regla, aprobado=False, estado=estado, explicacion_del_gasto="Todavía es un secreto.")
    for ruta in (PAGINA, FICHA, "/presupuesto/"):
        pagina = client.get(ruta).content.decode()
        assert "secreto" not in pagina
        assert "Informe de la dependencia" not in pagina


def test_manda_el_informe_y_lo_de_otra_fuente_se_muestra_si_difiere(client, regla):
    AvanceFisicoFactory(
        programa=regla.programa, trimestre=4, alcanzado=Decimal(80), fuente="Quinto informe"
    )
    con(regla)
    assert fisico.del_ejercicio(2025)[regla.programa_id].alcanzado == 93
    pagina = client.get(PAGINA).content.decode()
    assert "Otra fuente dice 80" in pagina
    assert "Quinto informe" in pagina


def test_si_la_otra_fuente_dice_lo_mismo_no_se_repite(client, regla):
    AvanceFisicoFactory(programa=regla.programa, trimestre=4, alcanzado=Decimal(93))
    con(regla)
    assert "Otra fuente" not in client.get(PAGINA).content.decode()


def test_un_trimestre_posterior_de_fuente_publica_gana_al_informe_de_uno_anterior(regla):
    con(regla, trimestre=2)
    AvanceFisicoFactory(programa=regla.programa, trimestre=3, alcanzado=Decimal(99))
    assert fisico.del_ejercicio(2025)[regla.programa_id].alcanzado == 99


def test_lo_ejercido_va_junto_a_lo_que_dice_egresos_y_si_difieren_se_dice(client, regla):
    corte = CorteDeEgresosFactory(
        ejercicio=2025, momento="t4", fecha_corte=datetime.date(2025, 12, 31)
    )
    MontoDeProgramaFactory(
        programa=regla.programa, corte=corte, aprobado=1000, ejercido=Decimal("777.00")
    )
    con(regla, explicacion_de_egresos="Una CLC quedó en tránsito.")
    pagina = client.get(PAGINA).content.decode()
    assert "777" in pagina
    assert "Informe de la dependencia, enero a diciembre" in pagina
    assert "Las fuentes no dicen lo mismo" in pagina
    assert "Una CLC quedó en tránsito." in pagina


def test_una_correccion_dice_que_decia_antes_y_por_que_cambio(
    client, regla, enlace, titular, revisora
):
    primero = informes.abrir(regla.programa, ejercicio=2025, trimestre=4, por=enlace)
    aprobar(escribir(primero, por=enlace), titular=titular, revisora=revisora)
    segundo = informes.corregir(primero, razon="Una sede se contó dos veces.", por=enlace)
    segundo.renglones.filter(orden=1).update(alcanzada=95)
    assert "se contó dos veces" not in client.get(PAGINA).content.decode()

    aprobar(segundo, titular=titular, revisora=revisora)

    pagina = client.get(PAGINA).content.decode()
    assert "Una sede se contó dos veces." in pagina
    assert "100 personas" in pagina
    assert fisico.del_ejercicio(2025)[regla.programa_id].alcanzado == 95


def test_las_paginas_cuestan_lo_mismo_con_mas_informes(client, regla):
    def consultas(ruta: str) -> int:
        with CaptureQueriesContext(connection) as hechas:
            client.get(ruta)
        return len(hechas)

    con(regla, trimestre=1)
    con(regla, trimestre=2)
    antes = {ruta: consultas(ruta) for ruta in (PAGINA, FICHA, "/presupuesto/")}
    con(regla, trimestre=3)
    con(regla, trimestre=4)
    assert {ruta: consultas(ruta) for ruta in antes} == antes


def test_el_csv_y_la_vista_general_dicen_la_misma_cifra(client, regla):
    con(regla)
    assert "93" in client.get("/presupuesto/?ejercicio=2025&formato=csv").content.decode()
