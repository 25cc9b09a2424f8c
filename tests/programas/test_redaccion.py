"""Cifras y fechas como se leen: ni un monto sin su unidad, ni un mes con mayúscula."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from programas.consultas import redaccion as r
from programas.models import Apoyo, TipoDeApoyo

HOY = datetime.date(2026, 5, 1)


def apoyo(minimo=None, maximo=None, **valores) -> Apoyo:
    """Sin guardar: la redacción no necesita la base."""
    dinero = {"monto_minimo": minimo, "monto_maximo": maximo}
    dinero = {c: Decimal(v) if v is not None else None for c, v in dinero.items()}
    return Apoyo(tipo=TipoDeApoyo(nombre="transferencia"), **dinero, **valores)


@pytest.mark.parametrize(
    ("monto", "texto"),
    [("600", "$600"), ("600.00", "$600"), ("1234.5", "$1,234.50"), ("0", "$0"),
     ("6820000000.00", "$6,820,000,000")],
)  # fmt: skip
def test_pesos(monto, texto):
    assert r.pesos(Decimal(monto)) == texto


@pytest.mark.parametrize(
    ("monto", "texto"),
    [("6820000000", "$6,820 millones"), ("12500000", "$12.5 millones"), ("9999999", "$9,999,999")],
)
def test_pesos_cortos(monto, texto):
    assert r.pesos(Decimal(monto), corto=True) == texto


@given(st.decimals(0, Decimal("9999999999999.99"), places=2))
def test_pesos_se_pueden_volver_a_leer(monto):
    assert Decimal(r.pesos(monto).replace("$", "").replace(",", "")) == monto


@pytest.mark.parametrize(
    ("minimo", "maximo", "texto"),
    [
        ("600", None, "$600"),
        (None, "1440", "hasta $1,440"),
        ("600", "700", "de $600 a $700"),
        (None, None, ""),
        ("0", None, "$0"),
    ],
)
def test_monto_de_apoyo(minimo, maximo, texto):
    assert r.monto_de_apoyo(apoyo(minimo, maximo)) == texto


@pytest.mark.parametrize("periodicidad", [p for p in Apoyo.Periodicidad if p != "variable"])
def test_toda_periodicidad_tiene_sus_palabras(periodicidad):
    assert r.cada_cuando(apoyo("1", periodicidad=periodicidad))


@pytest.mark.parametrize(
    ("valores", "texto"),
    [
        ({"base": "total", "periodicidad": "mensual"}, "en total"),
        ({"base": "por_proyecto"}, "por proyecto"),
        ({"base": "por_persona_una_vez"}, "una sola vez"),
        ({"periodicidad": "mensual"}, "al mes"),
        ({"periodicidad": "variable", "ministraciones": 3}, "por ministración"),
        ({}, ""),
    ],
)
def test_cada_cuando(valores, texto):
    assert r.cada_cuando(apoyo("1", **valores)) == texto


@pytest.mark.parametrize(
    ("apoyos", "texto"),
    [
        ([], ""),
        ([apoyo("600", periodicidad="mensual")], "$600 al mes"),
        (
            [apoyo("650", periodicidad="mensual"), apoyo("600", periodicidad="mensual")],
            "de $600 a $650 al mes",
        ),
        ([apoyo("600", "900", periodicidad="anual"), apoyo("700", periodicidad="anual")],
         "de $600 a $900 al año"),
        ([apoyo(None, "900", base="total"), apoyo("700", base="total")], "hasta $900 en total"),
        (
            [apoyo("600", periodicidad="mensual", modalidad="Primaria"), apoyo("9", base="total")],
            "Primaria: $600 al mes, y otras modalidades",
        ),
        ([apoyo(), apoyo()], "transferencia"),
        ([apoyo("9000", para="facilitadoras"), apoyo("600", base="total")], "$600 en total"),
        ([apoyo("9000", para="facilitadoras", base="total")], "$9,000 en total"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)  # fmt: skip
def test_que_recibes(apoyos, texto):
    assert r.que_recibes(apoyos) == texto


@pytest.mark.parametrize(
    ("veces", "texto"), [(None, ""), (1, "1 ministración"), (10, "10 ministraciones")]
)
def test_ministraciones(veces, texto):
    assert r.ministraciones_en_palabras(apoyo(ministraciones=veces)) == texto


@pytest.mark.parametrize("mes", range(1, 13))
def test_las_fechas_llevan_el_mes_con_minuscula(mes):
    dia = datetime.date(2026, mes, 2)

    assert r.fecha_larga(dia) == r.fecha_larga(dia).lower()
    assert r.fecha_larga(dia).startswith("2 de ")


def test_la_fecha_corta_calla_el_anio_solo_si_es_el_corriente():
    assert r.fecha_corta(datetime.date(2026, 2, 28), hoy=HOY) == "28 de febrero"
    assert r.fecha_corta(datetime.date(2027, 2, 28), hoy=HOY) == "28 de febrero de 2027"


@pytest.mark.parametrize(
    ("estado", "valores", "texto"),
    [
        ("abierto", {}, "Abierto"),
        ("cerrado", {}, "Cerrado"),
        ("cerrado", {"tiene_convocatoria": False}, "Sin convocatoria publicada"),
        ("pausado", {}, "En pausa"),
        ("lista_de_espera", {}, "Lista de espera"),
    ],
)
def test_estado_en_palabras(estado, valores, texto):
    assert r.estado_en_palabras(estado, **valores) == texto


def test_el_dia_de_cierre_es_el_de_la_ciudad_y_no_el_de_greenwich():
    """Cierra a las 23:59:59 de aquí, que allá ya es el día siguiente."""
    hoy = timezone.localdate()
    cierra = timezone.make_aware(
        datetime.datetime.combine(hoy, datetime.time(23, 59, 59)), timezone.get_default_timezone()
    )

    assert r.estado_en_palabras("abierto", cierra=cierra).startswith(
        f"Abierto hasta el {hoy.day} de"
    )
