"""El doble de renglones, las mismas consultas: lo contrario mata a un registro."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programas import proyeccion
from programas.models import Programa
from tests.fabricas import programas as f
from tests.fabricas.territorio import AlcaldiaFactory, CentroFactory

pytestmark = pytest.mark.django_db


def contar(visitante, url: str) -> list[str]:
    """Las consultas de una visita; una antes deja cargado lo que cada proceso carga una vez."""
    visitante.get(url)
    with CaptureQueriesContext(
        connection,
    ) as consultas:
        assert visitante.get(url).status_code == 200
    return [c["sql"] for c in consultas.captured_queries]


def mas_reglas(cuantas: int = 3) -> None:
    for _ in range(cuantas):
        regla = f.ReglaFactory(
            publicada=True,
            completa=True,
            derechos=[f.DerechoSocialFactory()],
            grupos=[f.GrupoPrioritarioFactory()],
            alcaldias=[AlcaldiaFactory()],
            apoyos=[{}, {"en_especie": True}],
        )
        f.ReglaFactory(publicada=True, programa=regla.programa, ejercicio=2024)
        f.ConvocatoriaFactory(programa=regla.programa)
    proyeccion.proyectar()


def mas_centros(cuantos: int = 4) -> None:
    for _ in range(cuantos):
        CentroFactory()


def mas_de_todo_en_un_programa(cuantos: int = 3) -> None:
    programa = Programa.objects.filter(clave="el-mio").first() or f.ProgramaFactory(clave="el-mio")
    hay = programa.reglas.count()
    muchas = {
        nombre: [{}] * (hay + 1) * cuantos for nombre in f.SECCIONES if nombre != "poblaciones"
    }
    fuentes = [{"clave": f"f{n}"} for n in range((hay + 1) * cuantos)]
    f.ReglaFactory(
        publicada=True,
        programa=programa,
        ejercicio=2020 + hay,
        **{**muchas, "fuentes": fuentes},
    )
    ejercicio = {"programa": programa, "ejercicio": 2020 + hay}
    for _ in range((hay + 1) * cuantos):
        f.ConvocatoriaFactory(**ejercicio)
        f.FechaDeEntregaFactory(**ejercicio)
        f.SedeFactory(**ejercicio)
    proyeccion.proyectar()


@pytest.mark.parametrize(
    ("crecer", "topes"),
    [
        (
            mas_reglas,
            {
                "/programas/": 6,
                "/programas/?q=programa&orden=nombre": 6,
                "/programas/?q=programa+cuantico": 6,
                "/programas/?formato=csv": 6,
                "/programas/sugerencias.json?q=programa": 4,
                "/": 6,
            },
        ),
        (mas_de_todo_en_un_programa, {"/programas/el-mio/": 14}),
        (mas_centros, {"/centros/": 6, "/mapa/": 7, "/centros.geojson": 6}),
    ],
    ids=["reglas", "secciones", "centros"],
)
def test_las_consultas_no_crecen_con_los_renglones(
    crecer: Callable[[], None], topes: dict[str, int], visitante, settings
):
    settings.PAGINAS_CONDICIONALES = True  # con la consulta que dice si algo cambió
    crecer()
    antes = {url: len(contar(visitante, url)) for url in topes}
    crecer()
    for url, tope in topes.items():
        consultas = contar(visitante, url)
        assert len(consultas) == antes[url], (url, consultas)
        assert len(consultas) <= tope, (url, consultas)


def test_la_pagina_de_un_centro_no_crece_con_los_programas_que_atiende(visitante):
    centro = CentroFactory(slug="el-sol", clave="el-sol")
    vistas = []
    for _ in range(2):
        mas_reglas(2)
        for programa in Programa.objects.exclude(sedes__centro=centro):
            f.SedeFactory(programa=programa, centro=centro)
        vistas.append(len(contar(visitante, "/centros/el-sol/")))

    assert vistas[0] == vistas[1] <= 10
