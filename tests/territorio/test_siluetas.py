"""El mapa sin JavaScript: trazos que casan entre vecinas y puntos en su lugar."""

import re

import pytest

from sibis.territorio.consultas import plano_de_la_ciudad
from sibis.territorio.models import Alcaldia
from sibis.territorio.siluetas import Limite, dibujar

OESTE = [[(-99.2, 19.3), (-99.1, 19.3), (-99.1, 19.4), (-99.2, 19.4), (-99.2, 19.3)]]
ESTE = [[(-99.1, 19.3), (-99.0, 19.3), (-99.0, 19.4), (-99.1, 19.4), (-99.1, 19.3)]]


def limite(clave, *poligonos, interior=(-99.1, 19.35)):
    return Limite(clave, f"Alcaldía {clave}", poligonos, interior)


def vertices(trazo):
    """Los puntos absolutos de un trazo, como los dibuja el navegador."""
    puntos = []
    for inicio, pasos in re.findall(r"M([^l]+)l([^Z]+)Z", trazo):
        x, y = map(int, inicio.split(","))
        puntos.append((x, y))
        for paso in pasos.split():
            dx, dy = map(int, paso.split(","))
            x, y = x + dx, y + dy
            puntos.append((x, y))
    return puntos


def test_el_dibujo_llena_su_vista_con_margen():
    plano = dibujar([limite("a", OESTE), limite("b", ESTE)], ancho=200, margen=10)
    puntos = [p for s in plano.siluetas for p in vertices(s.trazo)]
    assert plano.vista == f"0 0 200 {plano.alto}"
    assert (min(x for x, _ in puntos), max(x for x, _ in puntos)) == (10, 190)
    assert (min(y for _, y in puntos), max(y for _, y in puntos)) == (10, plano.alto - 10)


def test_el_norte_queda_arriba():
    plano = dibujar([limite("a", OESTE)])
    assert plano.lugar(-99.2, 19.4)[1] < plano.lugar(-99.2, 19.3)[1]


def test_el_borde_que_dos_comparten_es_el_mismo():
    oeste, este = dibujar([limite("a", OESTE), limite("b", ESTE)]).siluetas
    assert len(set(vertices(oeste.trazo)) & set(vertices(este.trazo))) == 2


def test_un_punto_cae_donde_cae_su_vertice():
    plano = dibujar([limite("a", OESTE)])
    assert plano.lugar(-99.1, 19.3) in vertices(plano.siluetas[0].trazo)


def test_los_huecos_y_las_islas_son_trazos_aparte():
    hueco = [(-99.17, 19.33), (-99.13, 19.33), (-99.13, 19.37), (-99.17, 19.33)]
    (silueta,) = dibujar([limite("a", [*OESTE, hueco], ESTE)]).siluetas
    assert silueta.trazo.count("M") == silueta.trazo.count("Z") == 3


def test_un_anillo_que_a_esa_escala_es_un_punto_no_se_dibuja():
    mota = [[(-99.05, 19.35), (-99.050001, 19.35), (-99.05, 19.350001), (-99.05, 19.35)]]
    (silueta,) = dibujar([limite("a", OESTE, mota)]).siluetas
    assert silueta.trazo.count("M") == 1


def test_sin_limites_hay_un_plano_vacio():
    assert dibujar([]).siluetas == ()


@pytest.mark.django_db
def test_sin_alcaldias_cargadas_el_plano_de_la_ciudad_esta_vacio():
    assert plano_de_la_ciudad().siluetas == ()


def test_el_plano_de_la_ciudad_es_ligero_y_trae_las_dieciseis(ciudad):
    plano = plano_de_la_ciudad()
    assert len(plano.siluetas) == 16
    assert sum(len(s.trazo) for s in plano.siluetas) < 12_000


def test_se_dibuja_una_vez_y_luego_cuesta_una_consulta(ciudad, django_assert_num_queries):
    plano_de_la_ciudad()
    with django_assert_num_queries(1):
        plano_de_la_ciudad()


def test_se_vuelve_a_dibujar_si_un_limite_cambia(ciudad):
    antes = plano_de_la_ciudad()
    Alcaldia.objects.filter(clave="09007").update(nombre="Otro nombre")
    assert plano_de_la_ciudad() != antes
