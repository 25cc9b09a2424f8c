"""Revisar unas filas sueltas da lo mismo que revisarlas en su carga."""

from __future__ import annotations

import time

import pytest

from padron.consultas.filas import contexto_de
from padron.validacion.columnas.fechas import Ordenes
from padron.validacion.filas import revisar_filas
from padron.validacion.regla import Regla
from tests.padron.carga.archivos import TITULOS, personas

REGLA = Regla("p", "Programa", 2025, edad_min_meses=216, hoy="2025-11-01")
MAPEO = {
    "curp": 0,
    "nombres": 1,
    "primer_apellido": 2,
    "segundo_apellido": 3,
    "fecha_nacimiento": 4,
    "sexo": 5,
    "alcaldia": 6,
    "folio": 7,
    "monto": 8,
}


def codigos(filas, **mas):
    hallados = revisar_filas(REGLA, MAPEO, TITULOS, list(enumerate(filas, 2)), **mas)
    return {fila: [h.codigo for h in suyos] for fila, suyos in hallados.items()}


def test_una_fila_buena_no_tiene_nada():
    assert codigos(personas(1)) == {2: []}


def test_cada_fila_con_lo_suyo_y_en_palabras():
    filas = personas(2)
    filas[1][6] = "Ecatepec"
    hallados = revisar_filas(REGLA, MAPEO, TITULOS, list(enumerate(filas, 2)))

    assert hallados[2] == []
    (uno,) = hallados[3]
    assert (uno.columna, uno.codigo, uno.severidad) == (
        "alcaldia",
        "alcaldia_desconocida",
        "bloquea",
    )
    assert uno.mensaje.startswith("«Alcaldía» no es una de las 16")


def test_entre_filas_solo_las_que_se_dan():
    (fila,) = personas(1)
    assert codigos([fila, list(fila)]) == {2: [], 3: ["fila_repetida"]}


def test_sin_filas_no_hay_nada_que_revisar():
    assert revisar_filas(REGLA, MAPEO, TITULOS, []) == {}


def test_una_fila_corta_o_larga_se_empareja_al_encabezado():
    (fila,) = personas(1)
    assert codigos([fila[:8]]) == {2: []}
    assert codigos([[*fila, "de más"]]) == {2: []}


def test_con_lo_que_dejo_ver_su_columna_una_fila_sola_se_lee_como_en_su_carga():
    """«05/06/1958» es dudosa en una columna que usa los dos órdenes, y clara en cualquier otra."""
    (fila,) = personas(1)
    fila[0], fila[4] = "", "05/06/1958"
    dos = {"fecha_nacimiento": Ordenes(dia_primero=True, mes_primero=True)}

    assert "fecha_ambigua" not in codigos([fila])[2]
    assert "fecha_ambigua" in codigos([fila], evidencias=dos)[2]


@pytest.mark.parametrize(
    "texto", ["=cmd|'/c calc'!A1", "a\nb", "a\rb", "a\r\nb", 'con "comillas"', "\\N", "", "ñ" * 500]
)
def test_lo_que_sea_en_una_celda_se_revisa(texto):
    (fila,) = personas(1)
    fila[1] = texto
    assert 2 in codigos([fila])


def test_es_cosa_de_decimas(monkeypatch):
    filas = personas(50)
    codigos(filas)  # la primera vez se arma la consulta
    empezo = time.process_time()
    codigos(filas)
    assert time.process_time() - empezo < 1.5


@pytest.mark.django_db
def test_da_lo_mismo_que_la_carga_entera(entregada):
    filas = personas(30, malas=5)
    filas[7][4] = "31/02/1960"
    filas[8][6] = "Ecatepec"
    filas[9][8] = "2.900"
    carga = entregada(filas)
    contexto = contexto_de(carga)
    de_la_carga = {}
    for fila, columna, codigo in carga.pasada.hallazgos.filter(fila__gt=0).values_list(
        "fila", "columna", "codigo"
    ):
        de_la_carga.setdefault(fila, set()).add((columna, codigo))

    solas = revisar_filas(
        contexto.regla,
        contexto.mapeo,
        contexto.encabezado,
        [(fila, filas[fila - 2]) for fila in de_la_carga],
        evidencias=contexto.evidencias,
    )

    assert {f: {(h.columna, h.codigo) for h in hs} for f, hs in solas.items()} == de_la_carga
