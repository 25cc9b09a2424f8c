"""Personas inventadas: repetibles, y con una CURP que cualquier validador daría por buena."""

import datetime
import re

import pytest

from sibis.demo.personas import Persona, ciudadanas, inventar
from sibis.nucleo.identificadores import digito_verificador

# La forma oficial, escrita aparte de quien la genera.
FORMA = re.compile(
    r"^[A-Z][AEIOUX][A-Z]{2}\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])[HMX]"
    r"(AS|BC|BS|CC|CL|CM|CS|CH|DF|DG|GT|GR|HG|JC|MC|MN|MS|NT|NL|OC|PL|QT|QR|SP|SL|SR|TC|TS|TL|VZ|YN|ZS|NE)"
    r"[B-DF-HJ-NP-TV-Z]{3}[A-Z\d]\d$"
)


def _persona(nombres: str, primero: str, segundo: str, *, anio: int = 1985) -> Persona:
    return Persona(nombres, primero, segundo, "M", datetime.date(anio, 3, 9), "DF")


def test_ciudadanas_con_la_misma_semilla_son_las_mismas():
    assert list(ciudadanas(7, 20)) == list(ciudadanas(7, 20))
    assert list(ciudadanas(7, 20)) != list(ciudadanas(8, 20))


def test_ciudadanas_pedir_mas_conserva_las_primeras():
    assert list(ciudadanas(7, 20))[:5] == list(ciudadanas(7, 5))


def test_ciudadanas_no_repite_curp_y_todas_estan_bien_formadas():
    curps = [p.curp for p in ciudadanas(1, 2000)]
    assert len(set(curps)) == 2000
    assert all(FORMA.match(c) for c in curps)
    assert all(c[17] == digito_verificador(c[:17]) for c in curps)


def test_curp_dice_el_siglo_con_la_homoclave():
    assert _persona("Rosa", "Luna", "Vega", anio=1999).curp[16] == "9"
    assert _persona("Rosa", "Luna", "Vega", anio=2001).curp[16] == "Z"


@pytest.mark.parametrize(
    ("nombres", "primero", "segundo", "empieza", "consonantes"),
    [
        ("Rosa Elena", "Luna", "Vega", "LUVR", "NGS"),
        ("María Fernanda", "Pérez", "Díaz", "PEDF", "RZR"),
        ("José", "Peña", "Ñuño", "PEXJ", "XXS"),
        ("Ana", "de la Cruz", "Ríos", "CURA", "RSN"),
        ("Alicia", "Cacho", "Castro", "CXCA", "CSL"),
    ],
    ids=["común", "María se salta", "Ñ", "partículas", "palabra molesta"],
)
def test_curp_sigue_las_reglas_de_formacion(nombres, primero, segundo, empieza, consonantes):
    curp = _persona(nombres, primero, segundo).curp
    assert (curp[:4], curp[13:16]) == (empieza, consonantes)


def test_digito_verificador_detecta_un_caracter_cambiado():
    buena = inventar(1, "alguien").curp
    otra = buena[:4] + str((int(buena[4]) + 1) % 10) + buena[5:17]
    assert digito_verificador(otra) != buena[17]
