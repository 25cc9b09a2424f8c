"""El idioma sale de la dirección y de nada más; las páginas existen en los dos."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

import pytest
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils import translation

from sibis.formatos.fechas import fecha_corta, fecha_larga, mes
from sibis.nucleo import edades
from sibis.portal import idiomas
from sibis.portal.templatetags.componentes import pesos, pesos_cortos
from tests.arquitectura.direcciones import todas
from tests.fabricas import programas as f

pytestmark = pytest.mark.django_db
FEBRERO = datetime.date(2026, 2, 28)


def test_las_direcciones_en_espanol_no_llevan_prefijo_y_las_demas_si():
    assert reverse("programas:buscar") == "/programas/"
    with translation.override("en"):
        assert reverse("programas:buscar") == "/en/programas/"
        assert reverse("portal:inicio") == "/en/"
        assert resolve("/en/programas/mi-beca/2025/").kwargs == {
            "slug": "mi-beca",
            "ejercicio": 2025,
        }


@pytest.mark.parametrize("nombre", ["programas:centros_geojson", "portal:robots", "portal:salud"])
def test_los_archivos_y_la_salud_son_los_mismos_en_todos_los_idiomas(nombre):
    with translation.override("en"):
        assert not reverse(nombre).startswith("/en/")


def test_toda_pagina_publica_existe_en_ingles(visitante):
    """Con la base vacía: contesta lo mismo que en español, y dice su lengua."""
    paginas = {d.muestra for d in todas() if d.es_publica}
    for url in sorted(p for p in paginas if not p.startswith(("/cuenta/", "/panel/"))):
        respuesta = visitante.get(url)
        if not respuesta.get("Content-Type", "").startswith("text/html") or url == "/favicon.ico":
            continue
        inglesa = visitante.get(f"/en{url}")
        assert inglesa.status_code == respuesta.status_code, url
        if inglesa.status_code == 200:
            assert '<html lang="en"' in inglesa.content.decode(), url
            assert inglesa["Content-Language"] == "en", url


@pytest.mark.parametrize("ruta", ["/", "/en/", "/programas/", "/en/ayuda/", "/no-existe/"])
def test_ni_la_galleta_ni_el_navegador_cambian_el_idioma(visitante, ruta):
    """Si lo cambiaran, un intermediario no podría guardar la página."""
    sola = visitante.get(ruta)
    visitante.cookies["django_language"] = "en"
    pedida = visitante.get(ruta, headers={"accept-language": "en-US,en;q=0.9,fr"})

    assert pedida.content == sola.content
    for respuesta in (sola, pedida):
        assert "accept-language" not in respuesta.get("Vary", "").lower()
        assert "cookie" not in respuesta.get("Vary", "").lower()


def test_cada_pagina_enlaza_a_si_misma_en_el_otro_idioma(visitante):
    html = visitante.get("/programas/?q=beca&estado=abierto").content.decode()

    assert re.search(
        r'<a class="otro-idioma" href="/en/programas/\?q=beca&amp;estado=abierto" lang="en"', html
    )
    alternas = dict(re.findall(r'hreflang="([\w-]+)" href="([^"]+)"', html))
    assert alternas["es"] == alternas["x-default"]
    assert alternas["en"].endswith("/en/programas/?q=beca&amp;estado=abierto")
    vuelta = visitante.get("/en/programas/?q=beca").content.decode()
    assert 'href="/programas/?q=beca" lang="es"' in vuelta


def test_una_consulta_enorme_no_se_copia_tres_veces():
    peticion = RequestFactory().get("/programas/", {"q": "a" * 10_000})
    peticion.resolver_match = resolve("/programas/")

    assert [v.ruta for v in idiomas.versiones(peticion)] == ["/programas/", "/en/programas/"]


@pytest.mark.parametrize("ruta", ["/no-existe/", "/cuenta/entrar/"])
def test_lo_que_existe_en_un_solo_idioma_no_ofrece_otro(visitante, ruta):
    assert "otro-idioma" not in visitante.get(ruta).content.decode()


@pytest.mark.parametrize(
    "ruta",
    ["/fr/", "/fr/programas/", "/en/panel/", "/en/salud/", "/en/en/", "/es-mx/", "/enx/"]
    + ["/en/centros.geojson", "/en/robots.txt", "/EN/"],
)
def test_un_prefijo_que_no_existe_es_un_404(visitante, ruta):
    assert visitante.get(ruta).status_code == 404


def test_sin_diagonal_final_se_llega_igual(visitante):
    assert visitante.get("/en")["Location"] == "/en/"
    assert visitante.get("/en/programas")["Location"] == "/en/programas/"


def test_al_terminar_la_peticion_no_queda_el_idioma_de_nadie(visitante):
    visitante.get("/en/")
    assert translation.get_language() == "es-mx"


def test_el_nombre_del_programa_sigue_en_espanol_y_lo_dice(visitante):
    f.en_portal(nombre="Mi Beca", completa=True, programa__clave="mi-beca")
    html = visitante.get("/en/programas/").content.decode()

    assert re.search(r'<(\w+)[^>]* lang="es"[^>]*>\s*(<a[^>]*>)?\s*Mi Beca', html)
    assert "Mi Beca" in visitante.get("/en/programas/mi-beca/").content.decode()


def test_fechas_en_palabras_en_cada_idioma():
    assert fecha_larga(FEBRERO) == "28 de febrero de 2026"
    with translation.override("en"):
        assert fecha_larga(FEBRERO) == "28 February 2026"
        assert fecha_corta(FEBRERO, hoy=FEBRERO) == "28 February"
        assert mes(FEBRERO) == "February 2026"


@pytest.mark.parametrize(
    ("minimo", "maximo", "texto"),
    [
        (720, 779, "aged 60 to 64 years"),
        (718, None, "aged 59 years 10 months or older"),
        (None, 11, "aged up to 11 months"),
        (12, 23, "aged 1 year"),
    ],
)
def test_edades_en_ingles(minimo, maximo, texto):
    with translation.override("en"):
        assert edades.rango_en_palabras(minimo, maximo, idioma=translation) == texto


def test_el_dinero_en_ingles_dice_que_son_pesos_mexicanos():
    with translation.override("en"):
        assert pesos(Decimal("1234.5")) == "MX$1,234.50"
        assert pesos_cortos(Decimal(6_820_000_000)) == "MX$6,820 million"
    assert pesos_cortos(Decimal(6_820_000_000)) == "$6,820 millones"
