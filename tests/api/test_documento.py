"""El OpenAPI dice la verdad: schemathesis pide lo que promete y lo que no, por HTTP de verdad."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.utils import translation
from django.utils.translation import gettext

from reportes.api.aplicacion import documento
from sibis.territorio.models import Centro
from tests.fabricas import programas as f
from tests.fabricas.territorio import CentroFactory

# Corta en cada corrida; larga con SIBIS_EJEMPLOS_DE_API=200, que además prueba los bordes de cada tipo.
EJEMPLOS = os.environ.get("SIBIS_EJEMPLOS_DE_API", "")


def test_toda_operacion_dice_que_puede_salir_mal():
    for ruta, metodos in documento()["paths"].items():
        assert set(metodos) == {"get"}, ruta
        respuestas = metodos["get"]["responses"]
        assert {"200", "304", "405", "429", "500"} <= set(respuestas), ruta
        for codigo, respuesta in respuestas.items():
            if codigo >= "400":
                assert set(respuesta["content"]) == {"application/problem+json"}, (ruta, codigo)


def test_todo_parametro_y_toda_operacion_se_explican():
    for ruta, metodos in documento()["paths"].items():
        operacion = metodos["get"]
        assert operacion["summary"], ruta
        assert operacion["description"], ruta
        for parametro in operacion["parameters"]:
            if parametro["in"] == "query":
                assert parametro["description"], (ruta, parametro["name"])


def test_la_pagina_explica_cada_operacion(visitante):
    html = visitante.get("/api/").content.decode()

    for ruta, metodos in documento()["paths"].items():
        assert ruta in html
        assert f'id="{metodos["get"]["operationId"]}"' in html
    assert 'id="error-422"' in html


def test_la_pagina_en_ingles_explica_en_ingles_y_el_documento_sigue_en_espanol(visitante):
    documento.cache_clear()
    html = visitante.get("/en/api/").content.decode()

    for metodos in documento()["paths"].values():
        operacion = metodos["get"]
        assert operacion["responses"]["304"]["description"].startswith("No ha cambiado")
        textos = {operacion["summary"], operacion["description"]}
        textos |= {p.get("description", "") for p in operacion["parameters"]} - {""}
        with translation.override("en"):
            # La lista de claves de catálogo se escribe igual en los dos idiomas.
            iguales = {t for t in textos if gettext(t) == t and not t.startswith("`derechos`")}
        assert iguales == set()
        assert operacion["summary"] not in html
    assert "one of: " in html
    assert "uno de: " not in html


@pytest.mark.django_db
def test_el_documento_se_lee_desde_fuera(visitante):
    respuesta = visitante.get("/api/v1/openapi.json")

    assert json.loads(respuesta.content) == documento()
    assert respuesta["Access-Control-Allow-Origin"] == "*"


@pytest.mark.django_db(transaction=True)
def test_la_api_cumple_lo_que_promete_su_documento(live_server, settings, tmp_path):
    settings.API_POR_MINUTO = 0
    regla = f.en_portal(completa=True, derechos=[f.DerechoSocialFactory()])
    f.ConvocatoriaFactory(programa=regla.programa)
    CentroFactory()
    assert Centro.objects.exists()
    orden = [
        sys.executable, "-m", "schemathesis.cli",
        "--config-file", str(settings.RAIZ / "tests" / "api" / "schemathesis.toml"),
        "run", f"{live_server.url}/api/v1/openapi.json",
        "--checks", "all", "--phases", "coverage,fuzzing,stateful" if EJEMPLOS else "fuzzing",
        "--max-examples", EJEMPLOS or "3",
        "--generation-deterministic", "--max-failures", "5",
    ]  # fmt: skip
    corrida = subprocess.run(orden, capture_output=True, text=True, cwd=tmp_path, check=False)

    assert corrida.returncode == 0, corrida.stdout[-6000:] + corrida.stderr[-2000:]
