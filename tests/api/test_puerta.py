"""La puerta de la API: errores con una sola forma, CORS, versiones y límite."""

from __future__ import annotations

import json

import pytest
from django.core.cache import cache

from tests.fabricas import programas as f
from tests.fabricas.territorio import CentroFactory

pytestmark = pytest.mark.django_db

LISTAS = [
    "programas",
    "convocatorias",
    "centros",
    "presupuesto",
    "indicadores",
    "cifras",
    "catalogos",
]


@pytest.mark.parametrize(
    "consulta",
    [
        "limite=0",
        "limite=201",
        "limite=-1",
        "limite=x",
        "limite=" + "9" * 400,
        "limite=1.5",
        "limite=%00",
        "cursor=" + "a" * 700,
    ],
)
@pytest.mark.parametrize("lista", LISTAS)
def test_un_parametro_malo_se_dice_en_espanol(lista, consulta, pedir):
    problema = pedir(f"{lista}?{consulta}", estado=422)

    assert problema["status"] == 422
    (error,) = problema["errores"]
    assert error["parametro"] == consulta.split("=")[0]
    assert error["mensaje"].startswith(("Se espera", "El número", "Es demasiado", "No tiene"))


@pytest.mark.parametrize(
    "consulta", ["tipo=otro", "estado=x", "orden=precio", "ejercicio=1999", "alcaldia=9007"]
)
def test_un_filtro_cerrado_dice_lo_que_se_espera(consulta, pedir):
    assert pedir(f"programas?{consulta}", estado=422)["errores"][0]["parametro"]


@pytest.mark.parametrize("filtro", ["derecho", "grupo", "dependencia", "apoyo"])
def test_una_clave_que_no_esta_en_su_catalogo_se_dice(filtro, pedir):
    assert "no-hay" in pedir(f"programas?{filtro}=no-hay", estado=404)["detail"]


@pytest.mark.parametrize("cursor", ["x", "abc:def", "%00", "..", "e30:1", "🙂"])
@pytest.mark.parametrize("lista", LISTAS)
def test_un_cursor_inventado_se_niega(lista, cursor, pedir):
    assert "cursor" in pedir(f"{lista}?cursor={cursor}", estado=400)["detail"].lower()


def test_un_cursor_no_sirve_en_otra_busqueda(pedir):
    for _ in range(3):
        CentroFactory()
        f.en_portal()
    cursor = pedir("centros?limite=1")["siguiente"].split("cursor=")[1]

    pedir(f"centros?limite=2&cursor={cursor}", estado=400)
    pedir(f"programas?limite=1&cursor={cursor}", estado=400)
    assert pedir(f"centros?limite=1&cursor={cursor}")["resultados"]


@pytest.mark.parametrize(
    "q", ["a" * 10_000, "'; DROP TABLE", "\0", "🙂", "%_\\", "(a|b)&!c", "«ñ»"]
)
def test_cualquier_busqueda_contesta(q, pedir):
    for lista in ("programas", "centros"):
        pedir(lista, {"q": q})


@pytest.mark.parametrize(
    "ruta",
    ["nada", "programas/", "programas/%00", "reglas/x", "reglas/x.2025", "cifras/x;y", "catalogos/x",
     "a\nb", "programas/a/b", "//", "cifras/" + "x" * 2000],
)  # fmt: skip
def test_lo_que_no_existe_contesta_con_la_misma_forma(ruta, pedir):
    assert pedir(f"/api/v1/{ruta}", estado=404)["type"] == "/api/#error-404"


@pytest.mark.parametrize("metodo", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("ruta", ["programas", "openapi.json", "nada", ""])
def test_no_se_escribe(metodo, ruta, visitante):
    respuesta = getattr(visitante, metodo)(f"/api/v1/{ruta}")

    assert respuesta.status_code == 405
    assert respuesta["Content-Type"] == "application/problem+json"
    assert "GET" in respuesta["Allow"]


def test_desde_cualquier_pagina_y_sin_galletas(visitante):
    previa = visitante.options(
        "/api/v1/programas",
        headers={"origin": "https://otra.example", "access-control-request-method": "GET"},
    )
    assert previa.status_code == 204
    for respuesta in (previa, visitante.get("/api/v1/programas"), visitante.get("/api/v1/nada")):
        assert respuesta["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in respuesta
        assert not respuesta.cookies


@pytest.mark.parametrize("ruta", [*LISTAS, "cifras/centros", "catalogos/tipos", "openapi.json", ""])
def test_lo_que_no_cambio_es_304(ruta, visitante):
    primera = visitante.get(f"/api/v1/{ruta}")

    for encabezado, valor in (
        ("if-none-match", primera["ETag"]),
        ("if-modified-since", primera["Last-Modified"]),
    ):
        repetida = visitante.get(f"/api/v1/{ruta}", headers={encabezado: valor})
        assert repetida.status_code == 304
        assert repetida.content == b""
        assert repetida["Access-Control-Allow-Origin"] == "*"


def test_si_algo_cambio_se_contesta_entero(visitante):
    regla = f.en_portal(completa=True)
    rutas = ("programas", f"programas/{regla.programa.clave}", "cifras/programas_publicados")
    antes = {ruta: visitante.get(f"/api/v1/{ruta}")["ETag"] for ruta in rutas}
    f.en_portal(programa=regla.programa, ejercicio=regla.ejercicio + 1, nombre="Otro nombre")

    for ruta, etiqueta in antes.items():
        respuesta = visitante.get(f"/api/v1/{ruta}", headers={"if-none-match": etiqueta})
        assert respuesta.status_code == 200, ruta
        assert respuesta["ETag"] != etiqueta


def test_dos_busquedas_no_comparten_etiqueta(visitante):
    una, otra = (visitante.get(f"/api/v1/programas?limite={n}")["ETag"] for n in (1, 2))

    assert una != otra


def test_head_no_trae_cuerpo(visitante):
    respuesta = visitante.head("/api/v1/programas")

    assert respuesta.status_code == 200
    assert respuesta.content == b""
    assert respuesta["ETag"]


def test_quien_pide_de_mas_espera(visitante, settings):
    settings.API_POR_MINUTO = 3
    respuestas = [visitante.get("/api/v1/cifras") for _ in range(5)]

    assert [r.status_code for r in respuestas] == [200, 200, 200, 429, 429]
    assert 1 <= int(respuestas[-1]["Retry-After"]) <= 61
    assert json.loads(respuestas[-1].content)["status"] == 429
    assert respuestas[-1]["Cache-Control"] == "no-store"


def test_el_limite_es_de_cada_direccion(visitante, settings):
    settings.API_POR_MINUTO = 1
    assert visitante.get("/api/v1/cifras", REMOTE_ADDR="10.0.0.1").status_code == 200
    assert visitante.get("/api/v1/cifras", REMOTE_ADDR="10.0.0.1").status_code == 429
    assert visitante.get("/api/v1/cifras", REMOTE_ADDR="10.0.0.2").status_code == 200


def test_detras_de_un_intermediario_cuenta_la_direccion_de_la_persona(visitante, settings):
    settings.API_POR_MINUTO, settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1, 1
    for persona in ("10.0.0.1", "10.0.0.2"):
        respuesta = visitante.get("/api/v1/cifras", headers={"x-forwarded-for": persona})
        assert respuesta.status_code == 200


def test_la_direccion_no_se_guarda(visitante, settings):
    settings.API_POR_MINUTO = 5
    visitante.get("/api/v1/cifras", REMOTE_ADDR="203.0.113.77")

    assert not [llave for llave in cache._cache if "203.0.113" in llave]


def test_cero_es_sin_limite(visitante, settings):
    settings.API_POR_MINUTO = 0
    assert {visitante.get("/api/v1/catalogos").status_code for _ in range(12)} == {200}


def test_un_fallo_nuestro_tambien_tiene_forma(visitante, settings):
    """Una cifra que truena no enseña por qué, y la respuesta sigue siendo un problema."""
    settings.CIFRAS = ["tests.api.test_puerta.TRUENAN"]
    respuesta = visitante.get("/api/v1/cifras/truena")

    assert respuesta.status_code == 500
    assert respuesta["Content-Type"] == "application/problem+json"
    assert "secreto" not in respuesta.content.decode()


def _truena(_peticion):
    raise RuntimeError("secreto")


class _Truena:
    clave, dimensiones, filtros, version = "truena", (), (), 1
    calcular = staticmethod(_truena)


TRUENAN = [_Truena()]
