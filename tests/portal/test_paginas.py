"""Páginas del armazón: se abren sin cuenta, ayudan cuando algo falla y no mienten sobre la salud."""

from __future__ import annotations

import pytest
import redis
from django.db import OperationalError, connection
from django.http import HttpRequest
from django.test import Client, RequestFactory, override_settings

from sibis.portal import contexto, salud, views


@pytest.mark.django_db
@pytest.mark.parametrize("ruta", ["/", "/ayuda/", "/accesibilidad/", "/privacidad/"])
def test_paginas_publicas_sin_cuenta(client: Client, ruta: str) -> None:
    respuesta = client.get(ruta)
    assert respuesta.status_code == 200
    assert respuesta.content.count(b"<h1") == 1
    assert b'id="contenido"' in respuesta.content


@pytest.mark.parametrize(
    "ruta", ["/ayuda/", "/accesibilidad/", "/privacidad/", "/robots.txt", "/salud/"]
)
def test_las_paginas_de_servicio_no_tocan_la_base(client: Client, ruta: str) -> None:
    """Sin django_db: una consulta haría fallar la prueba."""
    assert client.get(ruta).status_code == 200


@pytest.mark.parametrize("ruta", ["/ayuda/", "/salud/"])
def test_solo_se_leen(client: Client, ruta: str) -> None:
    assert client.post(ruta).status_code == 405


def test_robots_cierra_el_panel(client: Client) -> None:
    assert "Disallow: /panel/" in client.get("/robots.txt").content.decode()


def test_favicon_lleva_a_la_marca(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"].endswith(".svg")


def test_salud_es_constante(client: Client) -> None:
    respuesta = client.get("/salud/")
    assert respuesta.json() == {"estado": "bien"}
    assert "no-cache" in respuesta["Cache-Control"]


@pytest.mark.django_db
def test_listo_cuando_todo_responde(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(salud, "redis_responde", lambda: salud.BIEN)
    monkeypatch.setattr(salud, "migraciones", lambda: salud.BIEN)
    respuesta = client.get("/salud/listo/")
    assert respuesta.status_code == 200
    assert respuesta.json()["estado"] == "listo"


@pytest.mark.django_db
def test_no_listo_dice_que_pieza_falla_y_nada_mas(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def caido(*_: object, **__: object) -> None:
        raise redis.ConnectionError("redis://usuario:secreto@anfitrion")

    monkeypatch.setattr(redis.Redis, "ping", caido)
    respuesta = client.get("/salud/listo/")
    assert respuesta.status_code == 503
    assert respuesta.json()["redis"] == "falla"
    assert b"secreto" not in respuesta.content


@pytest.mark.django_db
def test_no_listo_sin_base(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def caida() -> None:
        raise OperationalError("no hay servidor en anfitrion-interno")

    monkeypatch.setattr(connection, "cursor", caida)
    piezas = salud.comprobar()
    assert piezas["base_de_datos"] == "falla"
    assert piezas["migraciones"] == "falla"


def test_404_ofrece_buscar_y_las_secciones(client: Client) -> None:
    respuesta = client.get("/esto-no-existe")
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 404
    assert 'role="search"' in pagina
    assert "/programas/" in pagina


def test_500_no_necesita_base_ni_manifiesto(peticion: HttpRequest) -> None:
    with override_settings(
        STORAGES={
            "staticfiles": {
                "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
            }
        }
    ):
        respuesta = views.error_500(peticion)
    assert respuesta.status_code == 500
    assert "sibis.css" in respuesta.content.decode()


def test_csrf_explica_que_hacer(peticion: HttpRequest) -> None:
    respuesta = views.error_csrf(peticion, reason="CSRF cookie not set.")
    assert respuesta.status_code == 403
    assert b"CSRF cookie" not in respuesta.content
    assert "recarga la página" in respuesta.content.decode()


@pytest.fixture
def peticion() -> HttpRequest:
    return RequestFactory().get("/mapa/")


def test_la_seccion_de_la_pagina_se_marca(peticion: HttpRequest) -> None:
    secciones = contexto.comun(peticion)["secciones"]
    assert [str(t) for t, _, actual in secciones if actual] == ["Mapa"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("pedido", "tema"), [("veda", "veda"), ("arcoiris", "institucional")])
def test_un_tema_desconocido_no_rompe(peticion: HttpRequest, pedido: str, tema: str) -> None:
    with override_settings(SIBIS_TEMA=pedido):
        assert contexto.comun(peticion)["tema"] == tema


def test_el_aviso_de_demostracion_solo_si_la_hay(client: Client) -> None:
    with override_settings(SIBIS_DEMOSTRACION=False):
        assert b"banda-demo" not in client.get("/ayuda/").content
    with override_settings(SIBIS_DEMOSTRACION=True):
        assert b"banda-demo" in client.get("/ayuda/").content
