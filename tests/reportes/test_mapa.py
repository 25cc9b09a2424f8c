"""El mapa y sus cifras: lo mismo sin JavaScript, con lo que se pida mal dicho con claridad."""

from __future__ import annotations

import datetime
import gzip
import json
import re

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programas.consultas import centros as consultas_de_centros
from sibis.settings import mapa as ajustes  # noqa: TID251  (la función que arma la base, no un ajuste)
from sibis.territorio.consultas.lugares import nombre_legible, sugerencias
from tests.fabricas import programas as f
from tests.fabricas.territorio import (
    AlcaldiaFactory,
    CentroFactory,
    ColoniaFactory,
    TipoDeCentroFactory,
)

pytestmark = pytest.mark.django_db
XSS = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def html(visitante, url: str, **datos: object) -> str:
    respuesta = visitante.get(url, datos)
    assert respuesta.status_code == 200, respuesta.content[:300]
    return respuesta.content.decode()


def ajustes_de(texto: str) -> dict:
    return json.loads(re.search(r'id="ajustes-mapa"[^>]*>(.*?)</script>', texto, re.DOTALL)[1])


class TestElMapa:
    def test_la_leyenda_cuenta_cada_tipo_y_la_lista_obedece_a_los_marcados(self, visitante):
        for clave, cuantos in (("pilares", 3), ("cais", 2), ("utopia", 1)):
            for n in range(cuantos):
                CentroFactory(tipo=TipoDeCentroFactory(clave=clave), nombre=f"{clave} {n}")

        texto = html(visitante, "/mapa/", tipo=["pilares", "cais"])
        cuentas = re.findall(
            r'name="tipo" value="(\w+)"[^>]*?( checked)?>.*?class="cuenta">(\d+)', texto, re.DOTALL
        )
        assert {(t, bool(m), n) for t, m, n in cuentas} == {
            ("pilares", True, "3"),
            ("cais", True, "2"),
            ("utopia", False, "1"),
        }
        assert "<strong>5</strong> centros" in texto
        assert "utopia 0" not in texto

    def test_sin_javascript_el_dibujo_dice_cuantos_hay_y_lleva_a_ellos(self, visitante):
        CentroFactory(alcaldia__clave="09015")
        CentroFactory(alcaldia__clave="09015")
        AlcaldiaFactory(clave="09002")

        texto = html(visitante, "/mapa/")
        assert 'href="/mapa/?alcaldia=09015" aria-label="Cuauhtémoc: 2"' in texto
        assert 'href="/mapa/?alcaldia=09002" aria-label="Azcapotzalco: 0"' in texto
        assert "Todavía no hay límites" not in texto

    def test_con_la_base_vacia_lo_dice(self, visitante):
        texto = html(visitante, "/mapa/")
        assert "Todavía no hay límites que dibujar" in texto
        assert "No hay centros con esos datos" in texto

    def test_de_toda_la_ciudad_el_guion_usa_teselas_y_de_unos_cuantos_sus_puntos(
        self, visitante, monkeypatch
    ):
        CentroFactory(nombre="Comedor El Sol", tipo__clave="cais")

        todos = ajustes_de(html(visitante, "/mapa/", tipo="cais"))
        assert todos["rasgos"] == ""
        assert todos["centros"] == "/teselas/centros/{z}/{x}/{y}.mvt"
        algunos = ajustes_de(html(visitante, "/mapa/", q="sol", tipo="cais"))
        assert algunos["rasgos"] == "/centros.geojson?q=sol"  # los tipos se apagan en el mapa
        monkeypatch.setattr("reportes.consultas.mapa.MAXIMO_DE_RASGOS", 0)
        assert ajustes_de(html(visitante, "/mapa/", q="sol"))["rasgos"] == ""

    def test_el_geojson_no_manda_mas_de_lo_que_cabe(self, visitante, monkeypatch):
        monkeypatch.setattr(consultas_de_centros, "MAXIMO_DE_RASGOS", 2)
        for _ in range(4):
            CentroFactory()
        assert len(visitante.get("/centros.geojson").json()["features"]) == 2

    def test_nada_de_lo_pedido_se_ejecuta(self, visitante):
        CentroFactory(nombre=XSS, slug="malo", clave="malo", servicios=[XSS])
        for url in ("/mapa/", "/centros/malo/", "/mapa/cifras/"):
            assert "<img src=x" not in html(visitante, url)
        assert "<img src=x" not in visitante.get("/mapa/centros/malo.json").json()["html"]

    def test_las_consultas_no_crecen(self, visitante):
        cuentas = []
        for _ in range(2):
            for clave in ("09002", "09015"):
                CentroFactory(alcaldia__clave=clave)
            visitante.get("/mapa/")
            with CaptureQueriesContext(connection) as vistas:
                visitante.get("/mapa/")
            cuentas.append(len(vistas))
        assert cuentas[0] == cuentas[1] <= 6

    def test_cerca_como_basura_no_es_un_error(self, visitante):
        assert visitante.get("/mapa/", {"cerca": "'; DROP TABLE--,9e999"}).status_code == 200


class TestElGlobo:
    def test_dice_todo_lo_que_dice_su_pagina(self, visitante):
        centro = CentroFactory(
            slug="el-sol", clave="el-sol", horario="De 9 a 5", telefono="55 0000 0000",
            accesibilidad="Con rampa", servicios=["Talleres"],
        )  # fmt: skip
        regla = f.en_portal(nombre="Mi Beca", programa__clave="mi-beca")
        f.SedeFactory(programa=regla.programa, centro=centro, ejercicio=2025)
        dia = timezone.localdate() + datetime.timedelta(days=3)
        f.FechaDeEntregaFactory(programa=regla.programa, ejercicio=2025, desde=dia)
        f.FechaDeEntregaFactory(programa=regla.programa, ejercicio=2025, desde="2020-01-01")

        globo = visitante.get("/mapa/centros/el-sol.json").json()["html"]
        pagina = html(visitante, "/centros/el-sol/")
        for dicho in ("De 9 a 5", "55 0000 0000", "Con rampa", "Talleres", "Mi Beca", "Entrega"):
            assert dicho in globo, dicho
            assert dicho in pagina, dicho
        assert "2020" not in globo
        assert 'href="/centros/el-sol/"' in globo

    def test_un_programa_sin_publicar_no_sale(self, visitante):
        centro = CentroFactory(slug="el-sol", clave="el-sol")
        regla = f.ReglaFactory(nombre="Aún en borrador")
        f.SedeFactory(programa=regla.programa, centro=centro)
        f.FechaDeEntregaFactory(programa=regla.programa, desde=timezone.localdate())

        assert "borrador" not in visitante.get("/mapa/centros/el-sol.json").json()["html"]
        assert "Próximas fechas" not in html(visitante, "/centros/el-sol/")

    def test_el_de_uno_cerrado_no_existe(self, visitante):
        CentroFactory(slug="cerrado", clave="cerrado", cerrado=True)
        assert visitante.get("/mapa/centros/cerrado.json").status_code == 404

    def test_la_pagina_dibuja_donde_queda(self, visitante):
        CentroFactory(slug="el-sol", clave="el-sol", alcaldia__clave="09015")
        texto = html(visitante, "/centros/el-sol/")
        assert 'class="localizador"' in texto
        assert 'class="suya"' in texto
        assert 'href="/mapa/?centro=el-sol#mapa"' in texto

    def test_verlo_en_el_mapa_lo_pone_primero_tambien_sin_javascript(self, visitante):
        CentroFactory(nombre="Antes en el alfabeto", alcaldia__clave="09002")
        CentroFactory(slug="el-sol", clave="el-sol", nombre="El Sol", alcaldia__clave="09015")

        texto = html(visitante, "/mapa/", centro="el-sol")
        assert texto.index("El Sol</a>") < texto.index("Antes en el alfabeto</a>")
        assert "Ordenados por distancia a El Sol." in texto
        assert ajustes_de(texto)["desde"]["z"] == 16
        malo = visitante.get("/mapa/", {"centro": "no-existe"})
        assert malo.status_code == 400
        assert "quizá cerró" in malo.content.decode()


class TestLugares:
    @pytest.mark.parametrize(
        "texto", ["condesa", "La Condesa", "col. CONDESA", "  cóndesa ", "condesa hipo"]
    )
    def test_con_y_sin_articulo_acento_ni_orden(self, texto):
        ColoniaFactory(nombre="HIPODROMO CONDESA", alcaldia__clave="09015")
        ColoniaFactory(nombre="Roma Norte", alcaldia__clave="09015")
        assert [s.nombre for s in sugerencias(texto)] == ["Hipodromo Condesa"]

    def test_primero_la_que_se_llama_asi(self):
        for nombre in ("Lomas de Roma", "Aromas", "Roma", "Roma Sur"):
            ColoniaFactory(nombre=nombre, alcaldia__clave="09015")
        assert [s.nombre for s in sugerencias("roma")] == [
            "Roma",
            "Roma Sur",
            "Lomas de Roma",
            "Aromas",
        ]

    @pytest.mark.parametrize("texto", ["", "a", "%", "' OR 1=1 --", "\0", "𝕏🙂", "zzzz" * 5000])
    def test_lo_que_no_es_un_lugar_no_sugiere_nada(self, texto, visitante):
        ColoniaFactory(nombre="Roma")
        assert visitante.get("/mapa/lugares.json", {"q": texto}).json() == {"lugares": []}

    def test_nunca_son_mas_de_ocho(self):
        for n in range(12):
            ColoniaFactory(nombre=f"Roma {n}", alcaldia__clave="09015")
        assert len(sugerencias("roma")) == 8

    def test_elegir_una_colonia_ordena_por_distancia(self, visitante):
        colonia = ColoniaFactory(nombre="Roma", alcaldia__clave="09015")
        CentroFactory(nombre="El de allá", alcaldia__clave="09002")
        CentroFactory(nombre="El de junto", alcaldia__clave="09015")

        sugerida = html(visitante, "/centros/", q="roma")
        assert f'href="/centros/?colonia={colonia.pk}"' in sugerida
        texto = html(visitante, "/centros/", colonia=colonia.pk)
        assert texto.index("El de junto") < texto.index("El de allá")
        assert "Ordenados por distancia al centro de Roma" in texto

    def test_los_nombres_en_mayusculas_se_leen(self):
        assert nombre_legible("ROMA NORTE III") == "Roma Norte III"
        assert nombre_legible("SAN PEDRO DE LOS PINOS (U HAB)") == "San Pedro de los Pinos (U Hab)"
        assert nombre_legible("Del Valle") == "Del Valle"


class TestLaBase:
    @pytest.mark.parametrize(
        ("plantilla", "clase"),
        [
            ("https://t.example/{z}/{x}/{y}.png", "imagen"),
            ("https://t.example/{z}/{x}/{y}.pbf?k=1", "vectorial"),
            ("http://127.0.0.1:9/{z}/{x}/{y}.mvt", "vectorial"),
        ],
    )
    def test_de_imagenes_o_vectorial(self, plantilla, clase):
        base = ajustes.base(plantilla, "Yo")
        assert (base["clase"], base["credito"]) == (clase, "Yo")
        assert plantilla.startswith(base["origen"] + "/")

    @pytest.mark.parametrize(
        "mala",
        [
            "http://t.example/{z}/{x}/{y}.png",
            "https://t.example/1.png",
            "{z}{x}{y}",
            "javascript:{z}{x}{y}",
        ],
    )
    def test_una_plantilla_que_no_puede_servir_detiene_el_arranque(self, mala):
        with pytest.raises(ImproperlyConfigured):
            ajustes.base(mala)

    def test_sin_ella_nada_sale_del_sitio(self, visitante):
        assert ajustes_de(html(visitante, "/mapa/"))["base"] is None
        politica = visitante.get("/mapa/")["Content-Security-Policy"]
        assert "connect-src 'self';" in politica + ";"

    def test_con_ella_la_pagina_la_recibe(self, visitante, settings):
        settings.MAPA_BASE = ajustes.base("https://t.example/{z}/{x}/{y}.png", "Yo")
        assert ajustes_de(html(visitante, "/mapa/"))["base"]["clase"] == "imagen"


def test_los_guiones_del_mapa_caben_en_su_presupuesto(visitante):
    """60 kB comprimidos entre todos los que pide la página."""
    guiones = re.findall(r'<script src="/static/([^"]+)"', html(visitante, "/mapa/"))
    peso = sum(len(gzip.compress((settings.RAIZ / "static" / g).read_bytes(), 9)) for g in guiones)
    assert len(guiones) >= 5
    assert peso <= 60_000
