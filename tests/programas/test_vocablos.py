"""Los nombres del catálogo de fábrica se leen en el idioma de la página; los demás, marcados."""

from __future__ import annotations

import json

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

from programas.consultas.vocablos import CONOCIDOS, vocablo

CATALOGOS = settings.RAIZ / "programas" / "datos" / "catalogos.json"


def test_todo_el_catalogo_de_fabrica_esta_traducido():
    contenido = json.loads(CATALOGOS.read_text(encoding="utf-8"))
    nombres = {
        renglon["nombre"]
        for catalogo in ("derechos", "grupos", "tipos_de_apoyo")
        for renglon in contenido[catalogo]
    }

    assert nombres == CONOCIDOS
    with translation.override("en"):
        assert [n for n in nombres if vocablo(n) == n] == []


@pytest.mark.parametrize(
    ("idioma", "nombre", "marca", "texto"),
    [
        ("es-mx", "Personas mayores", "", "Personas mayores"),
        ("en", "Personas mayores", ' lang="es"', "Older people"),
        ("en", "derecho a la fiesta", ' lang="es"', '<span lang="es">Derecho a la fiesta</span>'),
    ],
)
def test_lo_que_nadie_tradujo_va_con_su_marca(idioma, nombre, marca, texto):
    fuente = "{% load busqueda %}{% del_catalogo nombre marca|safe %}"
    with translation.override(idioma):
        assert Template(fuente).render(Context({"nombre": nombre, "marca": marca})) == texto
