"""Los centros: la lista, el mapa y su página dicen lo mismo."""

from __future__ import annotations

import csv

import pytest

from tests.fabricas import programas as f
from tests.fabricas.territorio import CentroFactory
from tests.programas.paginas import XSS, pagina, regla

__all__ = ["regla"]

pytestmark = pytest.mark.django_db


class TestCentros:
    def test_la_lista_y_la_pagina_de_un_centro(self, visitante):
        CentroFactory(nombre="Comedor El Sol", slug="el-sol", clave="el-sol", direccion=XSS)

        for url in ("/centros/", "/centros/el-sol/", "/mapa/", "/centros.geojson"):
            html = pagina(visitante, url)
            assert "Comedor El Sol" in html, url
            assert "<img src=x" not in html or url.endswith("geojson"), url

    def test_el_geojson_no_se_puede_tomar_por_html(self, visitante):
        CentroFactory(nombre=XSS)
        respuesta = visitante.get("/centros.geojson")

        assert respuesta["Content-Type"] == "application/geo+json"
        assert respuesta["X-Content-Type-Options"] == "nosniff"
        assert respuesta.json()["features"][0]["properties"]["nombre"] == XSS

    def test_el_suelo_es_geojson_con_y_sin_alcaldias(self, visitante):
        vacio = visitante.get("/mapa/alcaldias.geojson")
        assert vacio.json() == {"type": "FeatureCollection", "features": []}

        centro = CentroFactory()
        lleno = visitante.get("/mapa/alcaldias.geojson").json()
        assert [r["properties"]["clave"] for r in lleno["features"]] == [centro.alcaldia.clave]

    def test_las_sedes_de_un_programa_son_las_suyas(self, visitante, regla):
        sede = f.SedeFactory(programa=regla.programa, centro__nombre="El suyo")
        CentroFactory(nombre="Otro cualquiera", tipo=sede.centro.tipo)

        html = pagina(visitante, "/centros/", programa="mi-beca")
        assert "El suyo" in html
        assert "Otro cualquiera" not in html
        assert '<a href="/centros/">Ver todos</a>' in html

    @pytest.mark.parametrize(
        ("url", "dice"),
        [
            ("?tipo=nave", "Tipo de lugar"),
            ("?alcaldia=09999", "Alcaldía"),
            ("?pagina=x", "pagina"),
            ("?lat=19", "latitud y longitud"),
            ("?lat=nan&lon=-99", "lat"),
            ("?lat=inf&lon=-99", "lat"),
            ("?lat=99&lon=-99", "lat"),
            ("?lat=19&lon=-999", "lon"),
            ("?lat=x&lon=y", "lat"),
            ("?q=%00", "Nombre o dirección"),
            ("?colonia=x", "Colonia"),
            ("?colonia=999999", "No conocemos esa colonia"),
            ("?colonia=99999999999999999999", "Colonia"),
            ("?programa=no%20es%20slug", "programa"),
        ],
    )
    @pytest.mark.parametrize("pagina_", ["/centros/", "/mapa/", "/centros.geojson"])
    def test_un_parametro_malo_da_400_y_dice_cual(self, pagina_, url, dice, visitante):
        respuesta = visitante.get(pagina_ + url)

        assert respuesta.status_code == 400
        assert dice in respuesta.content.decode()

    def test_una_busqueda_larguisima_no_falla(self, visitante):
        assert visitante.get("/centros/", {"q": "a" * 10_000}).status_code in {200, 400}

    def test_el_mas_cercano_va_primero_y_dice_a_cuanto(self, visitante):
        cerca = CentroFactory(nombre="Zeta cerca")
        CentroFactory(nombre="Alfa lejos", tipo=cerca.tipo)
        lugar = {"lat": round(cerca.punto.y, 3), "lon": round(cerca.punto.x, 3)}

        html = pagina(visitante, "/centros/", **lugar)
        assert html.index("Zeta cerca") < html.index("Alfa lejos")
        assert "Quitar mi ubicación" in html

    @pytest.mark.parametrize("url", ["/centros/no-existe/", "/centros/?pagina=9"])
    def test_lo_que_no_existe_da_404(self, url, visitante):
        assert visitante.get(url).status_code == 404

    def test_en_csv_van_los_mismos_y_ninguna_celda_es_formula(self, visitante):
        CentroFactory(nombre="=HYPERLINK(1)", telefono="+52 55", tipo__clave="pilares", clave="uno")
        CentroFactory(nombre="Otro", tipo__clave="cais")

        respuesta = visitante.get("/centros/", {"tipo": "pilares", "formato": "csv"})
        assert respuesta["Content-Type"] == "text/csv; charset=utf-8"
        assert "centros.csv" in respuesta["Content-Disposition"]
        (fila,) = csv.DictReader(respuesta.content.decode("utf-8-sig").splitlines())
        assert (fila["clave"], fila["nombre"]) == ("uno", "'=HYPERLINK(1)")
        assert fila["telefono"] == "'+52 55"
        assert -100 < float(fila["longitud"]) < -98 < 19 < float(fila["latitud"]) < 20
        assert fila["url"].startswith("http")

    def test_un_centro_cerrado_no_aparece(self, visitante):
        CentroFactory(cerrado=True, slug="cerrado", clave="cerrado", nombre="Ya cerró")

        assert visitante.get("/centros/cerrado/").status_code == 404
        assert "Ya cerró" not in pagina(visitante, "/centros/")
