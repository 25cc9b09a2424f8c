"""Lo pegado se lee con el lector de las cargas: con títulos o sin ellos, de una hoja o de un CSV."""

from __future__ import annotations

import csv
import io

import pytest

from padron.consultas.regla import hechos_de
from padron.importacion.capturas import leer_pegado
from sibis.nucleo.errores import ArchivoIlegible
from tests.padron.carga.archivos import TITULOS, personas
from tests.padron.formulario.conftest import COLUMNAS, celdas_de


@pytest.fixture
def regla(casa):
    return hechos_de(casa.regla)


def texto(filas, separador="\t", *, titulos=None) -> str:
    salida = io.StringIO(newline="")
    escritor = csv.writer(salida, delimiter=separador, lineterminator="\r\n")
    if titulos:
        escritor.writerow(titulos)
    escritor.writerows(filas)
    return salida.getvalue()


@pytest.mark.parametrize("separador", ["\t", ",", ";"])
@pytest.mark.parametrize("cuantas", [1, 2, 40])
def test_con_titulos_cada_columna_cae_en_la_suya(regla, separador, cuantas):
    pegado = leer_pegado(texto(personas(cuantas), separador, titulos=TITULOS), regla, ("nombres",))
    assert pegado.con_encabezado
    assert list(pegado.renglones) == celdas_de(cuantas)


@pytest.mark.parametrize("cuantas", [1, 2, 40])
def test_sin_titulos_van_en_el_orden_de_la_pagina(regla, cuantas):
    pegado = leer_pegado(texto(personas(cuantas)), regla, COLUMNAS)
    assert not pegado.con_encabezado
    assert list(pegado.renglones) == celdas_de(cuantas)


def test_sin_titulos_se_puede_pegar_desde_una_columna(regla):
    pegado = leer_pegado("Rosa\tRojas\nPedro\tLira\n", regla, COLUMNAS[1:])
    assert pegado.renglones == (
        {"nombres": "Rosa", "primer_apellido": "Rojas"},
        {"nombres": "Pedro", "primer_apellido": "Lira"},
    )


def test_una_sola_columna(regla):
    pegado = leer_pegado("Rosa\nPedro\n", regla, COLUMNAS[1:])
    assert pegado.renglones == ({"nombres": "Rosa"}, {"nombres": "Pedro"})


def test_celdas_vacias_y_renglones_en_blanco(regla):
    pegado = leer_pegado("Rosa\t\tLira\n\t\t\nPedro\tCano\t\n", regla, COLUMNAS[1:])
    assert pegado.renglones == (
        {"nombres": "Rosa", "segundo_apellido": "Lira"},
        {"nombres": "Pedro", "primer_apellido": "Cano"},
    )


def test_lo_que_no_se_reconoce_se_dice(regla):
    pegado = leer_pegado(
        texto([["Rosa", "Rojas", "zz"]], titulos=["Nombre(s)", "Primer apellido", "Clave interna"]),
        regla,
        COLUMNAS,
    )
    assert pegado.ignoradas == ("Clave interna",)
    assert pegado.renglones == ({"nombres": "Rosa", "primer_apellido": "Rojas"},)


def test_mas_columnas_que_las_que_se_ven_se_niega_y_dice_que_hacer(regla):
    with pytest.raises(ArchivoIlegible, match="renglón de títulos"):
        leer_pegado("a\tb\tc\n", regla, COLUMNAS[:2])


@pytest.mark.parametrize("nada", ["", "  \n \t\n"])
def test_nada_se_dice(regla, nada):
    with pytest.raises(ArchivoIlegible, match="No pegaste nada"):
        leer_pegado(nada, regla, COLUMNAS)


def test_una_celda_con_salto_de_linea_sigue_siendo_una(regla):
    pegado = leer_pegado('Rosa\t"Rojas\nLira"\nPedro\tCano\n', regla, COLUMNAS[1:])
    assert [r["nombres"] for r in pegado.renglones] == ["Rosa", "Pedro"]
