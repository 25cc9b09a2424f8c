"""Sugerencias al teclear: pocas, rápidas, y nunca un error."""

from __future__ import annotations

import pytest

from tests.fabricas import programas as f
from tests.programas.portal import publicar

pytestmark = pytest.mark.django_db


def sugeridas(visitante, q: str) -> list[tuple[str, str]]:
    respuesta = visitante.get("/programas/sugerencias.json", {"q": q})
    assert respuesta.status_code == 200
    return [(s["texto"], s["url"]) for s in respuesta.json()["sugerencias"]]


def test_los_programas_que_empiezan_asi_van_antes(visitante):
    publicar("Mi beca para empezar", "Beca deportiva", "Comedores", "Becas Leona")

    assert [t for t, _ in sugeridas(visitante, "bec")] == [
        "Beca deportiva",
        "Becas Leona",
        "Mi beca para empezar",
    ]


def test_cada_una_lleva_a_su_pagina(visitante):
    [regla] = publicar("Beca", programa__clave="la-beca")

    assert sugeridas(visitante, "beca") == [(regla.nombre, "/programas/la-beca/")]


def test_tambien_ofrece_para_quien_y_lo_escrito_con_faltas(visitante):
    grupo = f.GrupoPrioritarioFactory(clave="mayores", nombre="personas mayores")
    publicar("Pensión mayores", grupos=[grupo])

    assert ("personas mayores", "/programas/?grupo=mayores") in sugeridas(visitante, "mayor")
    assert sugeridas(visitante, "penzion")[0] == ("pension", "/programas/?q=pension")


@pytest.mark.parametrize(
    "q", ["", "b", " ", "¿", "\x00", "&|!:*()", "🍎", "x" * 10_000, "%", "\u202e"]
)
def test_con_nada_o_con_cualquier_cosa_contesta_vacio(q, visitante):
    publicar("Beca")

    assert sugeridas(visitante, q) == []


def test_son_pocas_y_el_navegador_las_guarda_un_rato(visitante, django_assert_max_num_queries):
    publicar(*[f"Beca {n}" for n in range(20)])
    sugeridas(visitante, "beca")

    with django_assert_max_num_queries(2):  # la revisión y, quizá, la huella de la página
        respuesta = visitante.get("/programas/sugerencias.json?q=beca")
    assert len(respuesta.json()["sugerencias"]) <= 8
    assert "max-age=300" in respuesta["Cache-Control"]
    assert not respuesta.cookies


def test_sin_q_o_con_q_repetida_no_falla(visitante):
    assert visitante.get("/programas/sugerencias.json").json()["sugerencias"] == []
    assert visitante.get("/programas/sugerencias.json?q=a&q=b").status_code == 200
