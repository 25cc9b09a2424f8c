"""Ningún módulo pasa de 300 renglones ni ninguna función de 40, salvo lo escrito aquí, que solo encoge."""

from __future__ import annotations

import ast
from functools import cache

from tests.arquitectura.fuentes import ARBOLES, NUESTRO, nombre

MODULO, FUNCION = 300, 40

# Ruta → renglones el día que se anotó. Se puede quitar o bajar un número; nunca subirlo ni añadir otro.
MODULOS_LARGOS = {
    "tests/cuentas/test_panel.py": 310,
}
FUNCIONES_LARGAS = {}


def modulos() -> dict[str, int]:
    return {nombre(ruta): len(texto.splitlines()) for ruta, texto in NUESTRO.items()}


@cache
def funciones() -> dict[str, int]:
    largos: dict[str, int] = {}
    for ruta, arbol in ARBOLES.items():
        for nodo in ast.walk(arbol):
            if isinstance(nodo, ast.FunctionDef | ast.AsyncFunctionDef):
                largo = (nodo.end_lineno or nodo.lineno) - nodo.lineno + 1
                llave = f"{nombre(ruta)}:{nodo.name}"
                largos[llave] = max(largo, largos.get(llave, 0))
    return largos


def de_mas(medidas: dict[str, int], tope: int, anotadas: dict[str, int]) -> dict[str, int]:
    return {que: n for que, n in medidas.items() if n > max(tope, anotadas.get(que, 0))}


def ya_caben(medidas: dict[str, int], tope: int, anotadas: dict[str, int]) -> set[str]:
    return {que for que in anotadas if medidas.get(que, 0) <= tope}


def test_ningun_modulo_crece_de_mas():
    assert de_mas(modulos(), MODULO, MODULOS_LARGOS) == {}, "Pártelo por su asunto."


def test_ninguna_funcion_crece_de_mas():
    assert de_mas(funciones(), FUNCION, FUNCIONES_LARGAS) == {}, "Saca de ella lo que tenga nombre."


def test_lo_que_ya_cabe_sale_de_la_lista():
    assert ya_caben(modulos(), MODULO, MODULOS_LARGOS) == set()
    assert ya_caben(funciones(), FUNCION, FUNCIONES_LARGAS) == set()


def test_la_mitad_de_las_funciones_cabe_en_nueve_renglones():
    """La mediana de los proyectos que dan gusto leer (estilo.md, tabla)."""
    propias = sorted(n for que, n in funciones().items() if not que.startswith("tests/"))
    assert propias[len(propias) // 2] <= 9


def test_el_conftest_de_todas_las_pruebas_cabe_en_120():
    assert modulos()["tests/conftest.py"] <= 120
