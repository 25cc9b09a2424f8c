"""El catálogo DCAT y el diccionario dicen lo que hay, y lo que dicen se puede abrir."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import urlsplit

import pytest

from reportes.consultas.conjuntos import CONJUNTOS
from tests.fabricas import programas as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogo(visitante, settings):
    settings.URL_PUBLICA = "https://bienestar.example"
    f.en_portal(completa=True)
    respuesta = visitante.get("/datos/catalogo.jsonld")
    assert respuesta["Content-Type"] == "application/ld+json"
    return json.loads(respuesta.content)


def test_cada_conjunto_esta_con_su_licencia_y_sus_formatos(catalogo, settings):
    conjuntos = {c["dcterms:identifier"]: c for c in catalogo["dcat:dataset"]}

    assert list(conjuntos) == list(CONJUNTOS)
    for clave, descrito in conjuntos.items():
        assert descrito["dcterms:license"]["@id"] == settings.DATOS_LICENCIA_URL
        assert len(descrito["dcat:distribution"]) == len(CONJUNTOS[clave].formatos)
        assert descrito["dcterms:title"]["@value"]
        assert descrito["dcat:keyword"]


def test_toda_direccion_es_absoluta_y_abre(catalogo, visitante):
    for conjunto in catalogo["dcat:dataset"]:
        for distribucion in conjunto["dcat:distribution"]:
            url = urlsplit(distribucion["dcat:downloadURL"]["@id"])
            assert (url.scheme, url.netloc) == ("https", "bienestar.example")
            respuesta = visitante.head(url.path)
            assert respuesta.status_code == 200
            medio = distribucion["dcat:mediaType"]["@id"].rsplit("media-types/", 1)[1]
            assert respuesta["Content-Type"].split(";")[0] == medio


def test_el_diccionario_trae_todas_las_columnas(visitante):
    como_json = json.loads(visitante.get("/datos/diccionario.json").content)
    texto = visitante.get("/datos/diccionario.csv").content.decode("utf-8-sig")

    assert list(csv.DictReader(io.StringIO(texto))) == como_json
    assert len(como_json) == sum(len(c.columnas) for c in CONJUNTOS.values())
    assert all(renglon["descripcion"] for renglon in como_json)


def test_la_pagina_dice_cuantos_renglones_hay_y_como_citarlos(visitante):
    f.en_portal(completa=True)
    pagina = visitante.get("/datos/programas/").content.decode()

    assert "versión" in pagina
    assert "/datos/programas/" in pagina
    assert "CC BY 4.0" in pagina
    assert "1 renglón" in visitante.get("/datos/").content.decode()


def test_la_pagina_cuesta_lo_mismo_con_mas_programas(visitante, django_assert_max_num_queries):
    for _ in range(3):
        f.en_portal(completa=True)
    # Tres por conjunto: su versión, sus renglones y su fecha.
    with django_assert_max_num_queries(3 * len(CONJUNTOS)):
        visitante.get("/datos/")
