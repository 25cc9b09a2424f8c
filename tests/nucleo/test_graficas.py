"""La geometría de una gráfica: dentro del lienzo, en proporción, y sin inventar lo que falta."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sibis.nucleo.graficas import ANCHO_DE_BARRA, Dato, barras, lineas

numeros = st.one_of(st.none(), st.decimals(-(10**12), 10**12, places=2))


@given(st.lists(st.tuples(numeros, numeros), max_size=30))
def test_ninguna_barra_se_sale_ni_es_negativa(valores):
    for fila in barras([Dato("x", "y", par) for par in valores]).filas:
        assert all(0 <= float(ancho) <= ANCHO_DE_BARRA for ancho in fila.anchos)


def test_las_barras_guardan_la_proporcion():
    filas = barras([Dato("a", "", (Decimal(100), Decimal(50))), Dato("b", "", (25, None))]).filas

    assert [f.anchos for f in filas] == [("216.0", "108.0"), ("54.0", "0.0")]


@given(st.lists(numeros, min_size=4, max_size=4), st.lists(numeros, min_size=4, max_size=4))
def test_las_lineas_caben_en_su_lienzo(unos, otros):
    figura = lineas(("T1", "T2", "T3", "T4"), (("uno", unos), ("otro", otros)))
    for serie in figura.series:
        for marca in serie.marcas:
            assert 0 <= float(marca.x) <= figura.ancho
            assert 0 <= float(marca.y) <= figura.alto


def test_lo_que_no_se_sabe_es_un_hueco_y_una_serie_vacia_no_se_dibuja():
    figura = lineas(("T1", "T2"), (("gasto", (10, None)), ("meta", (None, None))))

    assert [s.nombre for s in figura.series] == ["gasto"]
    assert len(figura.series[0].marcas) == 1


def test_dos_valores_del_mismo_lugar_no_se_enciman():
    figura = lineas(("T1",), (("uno", (40,)), ("dos", (42,))))
    abajo, arriba = (s.marcas[0] for s in figura.series)

    assert float(arriba.arriba) < float(arriba.y)
    assert float(abajo.arriba) > float(abajo.y)
