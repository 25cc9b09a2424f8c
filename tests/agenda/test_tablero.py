"""El tablero de atrasos y las colas: quién va tarde, de cuánto, y qué espera a cada quien."""

from __future__ import annotations

import csv
import datetime
import io

import pytest
from django.conf import settings as ajustes
from django.utils import timezone

from sibis.agenda.consultas.colas import colas
from sibis.cuentas import roles
from tests.fabricas.agenda import ProrrogaFactory, VencimientoFactory
from tests.fabricas.cuentas import DependenciaFactory, con_rol, entrar

pytestmark = pytest.mark.django_db
AGENDA = "/panel/agenda/"


def dia(n: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=n)


def test_el_tablero_dice_quien_va_tarde_de_cuanto_y_que_parte_cumple(client):
    anio = timezone.localdate().year
    tarda, puntual = DependenciaFactory(siglas="=TARDA"), DependenciaFactory(siglas="PUNTUAL")
    ayer, antes = timezone.localdate() - datetime.timedelta(1), datetime.date(anio, 1, 1)
    VencimientoFactory(dependencia=tarda, vence_el=antes)
    VencimientoFactory(dependencia=tarda, vence_el=ayer, cumplido=True)
    VencimientoFactory(dependencia=tarda, vence_el=ayer, cumplido_que="x")
    VencimientoFactory(dependencia=puntual, vence_el=ayer, cumplido=True)
    VencimientoFactory(dependencia=puntual, vence_el=antes, sin_efecto_el=ayer)
    VencimientoFactory(dependencia=puntual, vence_el=datetime.date(anio - 1, 5, 1))
    entrar(client, con_rol(roles.Auditoria))

    archivo = client.get(f"{AGENDA}atrasos.csv")
    filas = list(csv.DictReader(io.StringIO(archivo.content.decode("utf-8-sig"))))

    assert [f["siglas"] for f in filas] == ["'=TARDA", "PUNTUAL"]
    assert [(f["vencidos"], f["porcentaje_a_tiempo"]) for f in filas] == [("1", "50"), ("0", "100")]
    assert filas[0]["peor_retraso_dias"] == str((timezone.localdate() - antes).days)
    assert filas[0]["cumplidos_sin_fecha"] == "1"
    html = client.get(f"{AGENDA}atrasos/?anio={anio - 1}").content.decode()
    assert "PUNTUAL" not in html or "Secretaría" in html
    assert client.get(f"{AGENDA}atrasos/?anio=1800").status_code == 400


# Colas


def test_la_dependencia_ve_lo_que_vence_y_quien_valida_lo_que_decide():
    v = VencimientoFactory(vence_el=dia(5), asunto_nombre="Mi Beca")
    rectora = DependenciaFactory(clave=ajustes.DEPENDENCIA_RECTORA)
    VencimientoFactory(dependencia=v.dependencia, vence_el=dia(-3))
    VencimientoFactory(dependencia=v.dependencia, vence_el=dia(31))
    VencimientoFactory(dependencia=v.dependencia, vence_el=dia(-3), cumplido=True)
    ProrrogaFactory(vencimiento=v), ProrrogaFactory(negada=True)
    de_la_rectora = ProrrogaFactory(vencimiento__dependencia=rectora)

    (suya,) = colas(con_rol(roles.EnlaceDeDependencia, en=v.dependencia))
    (decide,) = colas(con_rol(roles.ValidacionSIBISO, en=rectora))
    (evalua,) = colas(con_rol(roles.DictamenEVALUA))

    assert (suya.total, [p.titulo for p in suya.pendientes][1]) == (2, str(v))
    assert [p.url for p in decide.pendientes] == [v.get_absolute_url()]
    assert [p.url for p in evalua.pendientes] == [de_la_rectora.vencimiento.get_absolute_url()]
    assert colas(con_rol(roles.Auditoria)) == []
