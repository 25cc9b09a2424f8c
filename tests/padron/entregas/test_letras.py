"""El abecedario, y que Python y la base digan la misma letra."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from padron import esperadas, letras
from padron.models import JornadaDeEntrega
from tests.fabricas.entregas import JornadaDeEntregaFactory
from tests.fabricas.padron import CargaFactory, RegistroFactory

CASOS = {
    "ÁVILA": "A",
    "  lópez": "L",
    "ñáñez": "Ñ",
    "Ñuño": "Ñ",
    "ORTIZ": "O",
    "De la Cruz": "D",
    "Çelik": "C",
    "Ünal": "U",
    "": "Z",
    "3M": "Z",
    "'Neill": "Z",
}


@pytest.mark.parametrize(("apellido", "letra"), CASOS.items())
def test_la_letra_de_un_apellido(apellido, letra):
    assert letras.letra_de(apellido) == letra


def test_quien_no_trae_apellido_va_con_la_ultima():
    assert letras.letra_de(None) == "Z"


@pytest.mark.django_db
def test_la_base_dice_la_misma_letra():
    carga = CargaFactory(aplicada=True)
    for n, apellido in enumerate(CASOS):
        RegistroFactory(carga=carga, fila=n + 2, primer_apellido=apellido)
    RegistroFactory(carga=carga, fila=50, denominacion="Ñandú, A.C.", tipo_persona="colectivo")
    RegistroFactory(carga=carga, fila=51, nombres="Beatriz")
    contadas = esperadas.cuantas_por_letra(carga.programa_id, carga.ejercicio)

    en_python = [*CASOS.values(), "Ñ", "B"]
    assert contadas == {
        letra: en_python.count(letra) for letra in sorted(set(en_python), key=letras.lugar)
    }


@given(
    st.integers(1, 27), st.dictionaries(st.sampled_from(letras.ALFABETO), st.integers(0, 90_000))
)
def test_los_tramos_cubren_el_abecedario_sin_encimarse(grupos, cuantas):
    tramos = letras.dividir(grupos, cuantas)

    assert len(tramos) == grupos
    cubiertas = [letras.ALFABETO[letras.lugar(a) : letras.lugar(b) + 1] for a, b in tramos]
    assert "".join(cubiertas) == letras.ALFABETO


def test_los_tramos_se_reparten_por_personas():
    tramos = letras.dividir(3, {"A": 100, "G": 100, "M": 100})
    sumas = [sum({"A": 100, "G": 100, "M": 100}.get(x, 0) for x in tramo(t)) for t in tramos]
    assert sumas == [100, 100, 100]


def tramo(par: tuple[str, str]) -> str:
    return letras.ALFABETO[letras.lugar(par[0]) : letras.lugar(par[1]) + 1]


@pytest.mark.parametrize("grupos", [0, 28, -1])
def test_mas_tramos_que_letras_no_se_puede(grupos):
    with pytest.raises(ValueError, match=str(grupos)):
        letras.dividir(grupos)


@pytest.mark.django_db
def test_a_quien_le_toca():
    jornada: JornadaDeEntrega = JornadaDeEntregaFactory(letra_desde="N", letra_hasta="O")
    assert [x for x in letras.ALFABETO if jornada.le_toca(x)] == ["N", "Ñ", "O"]
    assert jornada.letras == "N a O"
