"""Cada defecto se nota donde se plantó, no toca lo que no dice y no arrastra lo que no declara."""

from __future__ import annotations

from random import Random

import pytest

from padron.generacion import columnas as c
from padron.generacion.defecto import Mundo
from padron.generacion.dobles import DOBLES
from padron.generacion.entre_filas import GENTE_CON_UN_TELEFONO
from padron.generacion.tabla import DE_UNA_FILA, DE_VARIAS_FILAS, DEFECTOS, plantables
from sibis.nucleo.identificadores import Curp
from tests.padron.generacion.mundos import ESTRICTO, inventor_de, mundo_de
from tests.padron.generacion.sabuesos import DE_UNA_FILA as SABUESOS

TIRADAS = 40


@pytest.fixture(scope="module")
def mundo() -> Mundo:
    return mundo_de(ESTRICTO)


@pytest.fixture
def limpias(mundo: Mundo) -> list[list[str]]:
    return inventor_de(mundo).renglones(Random(9), 1, TIRADAS)


def hallados(fila: list[str], mundo: Mundo) -> set[str]:
    return {codigo for codigo, se_nota in SABUESOS.items() if se_nota(fila, mundo)}


def test_en_el_mundo_estricto_cabe_todo(mundo):
    assert set(plantables(mundo)) == set(DEFECTOS)
    assert len(DEFECTOS) >= 60


def test_en_el_neutro_sin_ampliar_caben_mas_de_cuarenta():
    assert len(plantables(mundo_de(ampliado=False))) >= 40


def test_todo_defecto_de_una_fila_tiene_quien_lo_note():
    assert set(SABUESOS) == set(DE_UNA_FILA)


def test_en_lo_limpio_no_se_nota_nada(mundo, limpias):
    assert [hallados(fila, mundo) for fila in limpias if hallados(fila, mundo)] == []


@pytest.mark.parametrize("codigo", DE_UNA_FILA)
def test_plantar_se_nota_y_no_arrastra_lo_que_no_declara(codigo, mundo, limpias):
    defecto = DE_UNA_FILA[codigo]
    dado = Random(codigo)
    for limpia in limpias:
        fila = defecto.plantar(list(limpia), dado, mundo)
        se_noto = hallados(fila, mundo)
        assert codigo in se_noto
        assert se_noto - {codigo} <= defecto.tambien


@pytest.mark.parametrize("codigo", DE_UNA_FILA)
def test_plantar_toca_solo_lo_que_usa(codigo, mundo, limpias):
    defecto = DE_UNA_FILA[codigo]
    dado = Random(codigo)
    for limpia in limpias:
        fila = defecto.plantar(list(limpia), dado, mundo)
        cambiadas = {n for n, (a, b) in enumerate(zip(limpia, fila, strict=False)) if a != b}
        cambiadas |= set(range(len(limpia), len(fila)))
        assert cambiadas
        assert cambiadas <= defecto.usa


@pytest.mark.parametrize("codigo", DE_UNA_FILA)
def test_cada_defecto_se_llama_como_su_codigo(codigo):
    assert DE_UNA_FILA[codigo].plantar.__name__ == codigo == DE_UNA_FILA[codigo].codigo


def plantar_en_grupo(codigo: str, filas: list[list[str]], mundo: Mundo) -> list[list[str]]:
    defecto = {**DE_VARIAS_FILAS, **DOBLES}[codigo]
    grupo = filas[: defecto.cuantos + defecto.original]
    defecto.plantar(grupo, Random(3), mundo)
    return grupo


def test_fila_repetida_es_igual_en_todo(mundo, limpias):
    una, otra = plantar_en_grupo("fila_repetida", limpias, mundo)
    assert una == otra
    assert una is not otra


def test_persona_repetida_cambia_solo_lo_del_tramite(mundo, limpias):
    una, otra = plantar_en_grupo("persona_repetida", limpias, mundo)
    assert {n for n, celda in enumerate(una) if celda != otra[n]} == {
        c.NUMERO,
        c.FOLIO,
        c.TELEFONO,
    }


def test_folio_repetido_es_de_otra_persona(mundo, limpias):
    una, otra = plantar_en_grupo("folio_repetido", limpias, mundo)
    assert una[c.FOLIO] == otra[c.FOLIO]
    assert una[c.CURP] != otra[c.CURP]


def test_curp_de_varias_en_tres_nombres_y_tres_dias(mundo, limpias):
    grupo = plantar_en_grupo("curp_de_varias", limpias, mundo)
    assert len({f[c.CURP] for f in grupo}) == 1
    assert len({(f[c.NOMBRES], f[c.PRIMERO]) for f in grupo}) == 3
    assert len({f[c.ENTREGA] for f in grupo}) == 3
    for fila in grupo:
        assert hallados(fila, mundo) <= {"curp_nombre"}


def test_telefono_y_clabe_de_varias_personas(mundo, limpias):
    grupo = plantar_en_grupo("telefono_de_muchas", limpias, mundo)
    assert len(grupo) == GENTE_CON_UN_TELEFONO
    assert len({f[c.TELEFONO] for f in grupo}) == 1
    grupo = plantar_en_grupo("clabe_de_varias", limpias[20:], mundo)
    assert len({f[c.CLABE] for f in grupo}) == 1
    assert len({f[c.CURP] for f in grupo}) == 2


@pytest.mark.parametrize("codigo", [codigo for codigo, d in DOBLES.items() if d.misma_persona])
def test_un_doble_es_la_misma_persona_escrita_de_otro_modo(codigo, mundo, limpias):
    una, otra = plantar_en_grupo(codigo, limpias, mundo)
    assert una[c.FOLIO] != otra[c.FOLIO]
    de_la_persona = (c.CURP, c.NOMBRES, c.PRIMERO, c.SEGUNDO, c.NACIMIENTO)
    iguales = [n for n in de_la_persona if una[n] == otra[n]]
    assert 2 <= len(iguales) < len(de_la_persona)


@pytest.mark.parametrize("codigo", ["gemela", "tocaya"])
def test_quien_se_parece_es_otra_persona(codigo, mundo, limpias):
    una, otra = plantar_en_grupo(codigo, limpias, mundo)
    assert una[c.PRIMERO] == otra[c.PRIMERO]
    assert Curp.leer(una[c.CURP]).texto != Curp.leer(otra[c.CURP]).texto
    assert hallados(otra, mundo) == set()
