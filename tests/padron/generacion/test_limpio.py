"""Lo limpio es limpio: de acuerdo consigo, con la regla, y de una sola persona."""

from __future__ import annotations

import datetime
from collections import Counter
from random import Random

import pytest

from padron.generacion import columnas as c
from padron.generacion import nombres_comunes
from padron.generacion.defecto import dia_de
from padron.generacion.lugares import ALCALDIAS
from padron.generacion.moldes import SEXOS
from padron.generacion.reglamento import MAYORIA_DE_EDAD, NEUTRO, Reglamento
from sibis.nucleo.edades import edad_en_meses
from sibis.nucleo.entidades import clave_de_entidad
from sibis.nucleo.identificadores import Curp, clabe_valida, es_generica, raiz_y_consonantes
from sibis.nucleo.nombres import es_relleno, tiene_tratamiento
from sibis.nucleo.normalizacion import clave_comparable
from tests.padron.generacion.mundos import ESTRICTO, inventor_de, mundo_de

CUANTAS = 6000
REGLAMENTOS = {"neutro": NEUTRO, "estricto": ESTRICTO}


@pytest.fixture(scope="module", params=REGLAMENTOS.values(), ids=list(REGLAMENTOS))
def limpio(request: pytest.FixtureRequest) -> tuple[Reglamento, list[list[str]]]:
    inventor = inventor_de(mundo_de(request.param))
    return request.param, inventor.renglones(Random(5), 1, CUANTAS)


def test_curp_dice_lo_mismo_que_el_renglon(limpio):
    for fila in limpio[1]:
        curp = Curp.leer(fila[c.CURP])
        assert raiz_y_consonantes(*fila[c.NOMBRES : c.SEGUNDO + 1]) == (
            curp.raiz,
            curp.consonantes,
        )
        assert curp.nacimiento == dia_de(fila[c.NACIMIENTO])
        assert SEXOS[curp.sexo] == fila[c.SEXO]
        assert clave_de_entidad(fila[c.ENTIDAD]) == curp.entidad
        assert not es_generica(curp.texto)


@pytest.mark.parametrize("lugar", [c.NUMERO, c.CURP, c.FOLIO, c.TELEFONO, c.CLABE, c.CORREO])
def test_nadie_comparte_lo_que_es_de_uno(limpio, lugar):
    assert Counter(fila[lugar] for fila in limpio[1]).most_common(1)[0][1] == 1


def test_dos_personas_no_dan_las_mismas_letras_ni_con_otra_homoclave(limpio):
    assert len({fila[c.CURP][:16] for fila in limpio[1]}) == CUANTAS


def test_la_edad_esta_en_regla_todo_el_ejercicio(limpio):
    reglamento, filas = limpio
    minimo, maximo = reglamento.edad_min_meses or 0, reglamento.edad_max_meses or 100 * 12
    for fila in filas:
        nacio = dia_de(fila[c.NACIMIENTO])
        assert edad_en_meses(nacio, al=datetime.date(2025, 1, 1)) >= minimo
        assert edad_en_meses(nacio, al=datetime.date(2025, 12, 31)) <= maximo


def test_la_edad_escrita_es_la_del_dia_de_entrega_y_todo_menor_tiene_tutor(limpio):
    for fila in limpio[1]:
        meses = edad_en_meses(dia_de(fila[c.NACIMIENTO]), al=dia_de(fila[c.ENTREGA]))
        assert fila[c.EDAD] == str(meses // 12)
        es_menor = meses < MAYORIA_DE_EDAD
        assert fila[c.TIPO] == ("MENOR" if es_menor else "PERSONA")
        assert bool(fila[c.TUTOR_CURP]) == bool(fila[c.TUTOR_NOMBRE]) == es_menor
        if es_menor:
            assert Curp.leer(fila[c.TUTOR_CURP]).texto != fila[c.CURP]


def test_el_lugar_es_de_su_alcaldia_y_de_la_regla(limpio):
    reglamento, filas = limpio
    por_nombre = {a.nombre: a for a in ALCALDIAS}
    for fila in filas:
        alcaldia = por_nombre[fila[c.ALCALDIA]]
        assert fila[c.POSTAL][:2] == alcaldia.postal
        assert len(fila[c.POSTAL]) == 5
        assert fila[c.COLONIA] in {colonia.upper() for colonia in alcaldia.colonias}
        assert not reglamento.alcaldias or alcaldia.clave in reglamento.alcaldias


def test_el_apoyo_es_de_la_regla_y_del_periodo(limpio):
    reglamento, filas = limpio
    de_la_regla = {
        (a.modalidad, f"{monto:,.2f}") for a in reglamento.apoyos for monto in (a.minimo, a.maximo)
    }
    assert {(f[c.MODALIDAD], f[c.MONTO]) for f in filas} == de_la_regla
    entregas = [dia_de(f[c.ENTREGA]) for f in filas]
    assert min(entregas) >= reglamento.entregas_desde
    assert max(entregas) <= reglamento.entregas_hasta


def test_telefono_y_clabe_bien_formados(limpio):
    for fila in limpio[1]:
        assert fila[c.TELEFONO].isdecimal()
        assert len(fila[c.TELEFONO]) == 10
        assert clabe_valida(fila[c.CLABE])


def test_la_poblacion_es_creible():
    filas = inventor_de(mundo_de()).renglones(Random(5), 1, CUANTAS)
    nombres = Counter(fila[c.NOMBRES] for fila in filas)
    apellidos = Counter(fila[c.PRIMERO] for fila in filas)
    assert len(nombres) > 500
    assert 0.02 < apellidos.most_common(1)[0][1] / CUANTAS < 0.12
    assert len({f[c.ALCALDIA] for f in filas}) == 16
    assert 0.01 < sum(not f[c.SEGUNDO] for f in filas) / CUANTAS < 0.06
    assert {f[c.SEXO] for f in filas} >= {"MUJER", "HOMBRE"}
    assert {f[c.CURP][16].isdigit() for f in filas} == {True, False}


def test_ningun_nombre_de_la_lista_parece_otra_cosa():
    textos = [
        *nombres_comunes.MUJERES,
        *nombres_comunes.HOMBRES,
        *nombres_comunes.MUJERES_COMPUESTOS,
        *nombres_comunes.HOMBRES_COMPUESTOS,
        *nombres_comunes.APELLIDOS,
        *nombres_comunes.APELLIDOS_COMPUESTOS,
    ]
    assert [t for t in textos if es_relleno(t) or tiene_tratamiento(t) or not t.isupper()] == []


def test_ninguna_colonia_de_la_lista_esta_en_dos_alcaldias():
    nombres = [clave_comparable(colonia) for a in ALCALDIAS for colonia in a.colonias]
    assert [n for n, veces in Counter(nombres).items() if veces > 1] == []
    assert [a.clave for a in ALCALDIAS] == [f"090{n:02}" for n in range(2, 18)]
    assert sorted(a.postal for a in ALCALDIAS) == [f"{n:02}" for n in range(1, 17)]


def test_rango_de_edad_angosto_vale_en_los_dias_de_entrega():
    """«De 3 años a 3 años 10 meses» no lo cumple nadie de enero a diciembre."""
    angosto = Reglamento(edad_min_meses=36, edad_max_meses=46)
    nacimientos = angosto.nacimientos()
    assert nacimientos
    for dia in nacimientos:
        assert edad_en_meses(dia, al=angosto.entregas_desde) >= 36
        assert edad_en_meses(dia, al=angosto.entregas_hasta) <= 46
