"""Lo que la gente teclea, con sus faltas: el programa debe estar entre los tres primeros."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from programas.consultas.busqueda import buscar
from programas.consultas.filtros import Filtros
from programas.models import Programa, ReglaOperacion

ARCHIVO = Path(__file__).parents[2] / "datos" / "busquedas.csv"
MINIMO = 45


@pytest.fixture(scope="module")
def casos() -> list[tuple[str, set[str]]]:
    with ARCHIVO.open(encoding="utf-8", newline="") as archivo:
        return [(f["consulta"], set(f["esperados"].split("|"))) for f in csv.DictReader(archivo)]


def primeros(consulta: str, cuantos: int = 3) -> list[str]:
    reglas = buscar(Filtros(q=consulta), cuantas=cuantos).reglas
    claves = dict(ReglaOperacion.objects.filter(pk__in=reglas).values_list("pk", "programa__clave"))
    return [claves[r] for r in reglas]


def test_son_45_y_esperan_programas_que_existen(casos):
    existen = set(Programa.objects.values_list("clave", flat=True))

    assert len({consulta for consulta, _ in casos}) == 45
    assert {clave for _, esperados in casos for clave in esperados} <= existen


def test_las_45_estan_entre_los_tres_primeros(casos):
    fallan = {
        consulta: hallados
        for consulta, esperados in casos
        if not esperados & set(hallados := primeros(consulta))
    }
    assert len(casos) - len(fallan) >= MINIMO, fallan


@pytest.mark.parametrize(
    ("una", "otra"),
    [
        ("educación", "EDUCACION"),
        ("niñas", "ninas"),
        ("seguro de desempleo", "  Seguro   de DESEMPLEO!! "),
        ("madre soltera", "Madre, soltera"),
    ],
)
def test_acentos_mayusculas_y_signos_no_cambian_lo_hallado_ni_su_orden(una, otra):
    assert primeros(una, 10) == primeros(otra, 10)


@pytest.mark.parametrize(
    ("una", "otra"), [("beca", "becas"), ("mujer", "mujeres"), ("comedor", "comedores")]
)
def test_singular_y_plural_hallan_lo_mismo(una, otra):
    assert set(primeros(una, 500)) == set(primeros(otra, 500))
