"""Una cifra pintada: el mismo número en el dibujo, en la tabla y en el servicio."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.contrib.gis.geos import Point

from reportes.consultas.cifras import definiciones
from reportes.consultas.coropletas import coropleta, cortes_por_cuantiles, nivel_de
from tests.fabricas import programas as f
from tests.fabricas.territorio import AlcaldiaFactory, CentroFactory, ColoniaFactory, centro_de

pytestmark = pytest.mark.django_db


def html(visitante, url: str, **datos: object) -> str:
    respuesta = visitante.get(url, datos)
    assert respuesta.status_code == 200, respuesta.content[:300]
    return respuesta.content.decode()


class TestCoropletas:
    def test_cada_alcaldia_con_su_numero_tambien_en_la_tabla(self, visitante):
        for clave, cuantos in (("09002", 1), ("09015", 4), ("09009", 0)):
            AlcaldiaFactory(clave=clave)
            for _ in range(cuantos):
                CentroFactory(alcaldia__clave=clave, fecha_corte="2026-01-15")

        texto = html(visitante, "/mapa/cifras/", cifra="centros")
        for nombre, valor in (("Cuauhtémoc", 4), ("Azcapotzalco", 1), ("Milpa Alta", 0)):
            assert f"<title>{nombre}: {valor}</title>" in texto
            assert re.search(
                rf'scope="row"[^>]*>{nombre}</th><td class="numero">{valor}</td>', texto
            )
        assert "Donde más: Cuauhtémoc. Donde menos: Milpa Alta." in texto
        assert "Fuente:" in texto
        assert "Corte: 15 de enero de 2026" in texto

    def test_por_habitante_usa_el_censo_y_lo_cita(self):
        CentroFactory(alcaldia__clave="09009")
        pintada = coropleta("centros_por_100_mil", por="alcaldia")

        assert pintada.tabla[0].valor == Decimal("0.7")  # 1 entre 152,685
        assert any("Censo" in o.nombre for o in pintada.cifra.calculo.origenes)

    def test_el_mismo_numero_que_el_servicio(self):
        for _ in range(3):
            CentroFactory(alcaldia__clave="09015")
        pintada = coropleta("centros", por="alcaldia")
        assert {z.clave: z.valor for z in pintada.zonas} == {
            fila.clave: fila.valor for fila in pintada.cifra.calculo.filas
        }

    def test_por_colonia_se_cuenta_donde_cae_el_punto(self, visitante):
        colonia = ColoniaFactory(nombre="Roma", alcaldia__clave="09015")
        lon, lat = colonia.geometria.centroid.coords
        CentroFactory(alcaldia=colonia.alcaldia, punto=Point(lon, lat, srid=4326), colonia="Otra")
        CentroFactory(alcaldia=colonia.alcaldia, punto=centro_de("09015"), colonia="Roma")

        texto = html(visitante, "/mapa/cifras/", cifra="centros_por_colonia", alcaldia="09015")
        assert "<title>Roma: 1</title>" in texto

    def test_por_colonia_pide_la_alcaldia_y_sin_limites_lo_dice(self, visitante):
        AlcaldiaFactory(clave="09015")
        assert "Elige una alcaldía" in html(visitante, "/mapa/cifras/", cifra="centros_por_colonia")
        sin_colonias = html(
            visitante, "/mapa/cifras/", cifra="centros_por_colonia", alcaldia="09015"
        )
        assert "No se han cargado los límites de las colonias" in sin_colonias

    @pytest.mark.parametrize(
        "datos", [{"cifra": "nada"}, {"alcaldia": "x"}, {"cifra": "\0"}, {"cifra": "x" * 9999}]
    )
    def test_lo_que_no_existe_da_400(self, datos, visitante):
        assert visitante.get("/mapa/cifras/", datos).status_code == 400

    def test_todas_las_cifras_que_se_agrupan_por_alcaldia_se_pueden_pintar(self, visitante):
        AlcaldiaFactory(clave="09015")
        f.en_portal(nombre="Mi Beca")
        con_mapa = [d.clave for d in definiciones().values() if "alcaldia" in d.dimensiones]
        assert len(con_mapa) >= 3
        for clave in con_mapa:
            assert "coropleta-mapa" in html(visitante, "/mapa/cifras/", cifra=clave), clave

    def test_valores_iguales_nunca_quedan_en_tonos_distintos(self):
        for valores in ([2] * 9, [1, 1, 1, 1, 9], [0, 0, 1, 2], list(range(16)), [5], []):
            cortes = cortes_por_cuantiles(valores)
            niveles = {v: nivel_de(v, cortes) for v in valores}
            assert all(1 <= n <= 5 for n in niveles.values())
            assert [niveles[v] for v in sorted(niveles)] == sorted(niveles.values())
        assert nivel_de(None, [1]) == 0
        assert [nivel_de(v, cortes_por_cuantiles(range(16))) for v in (0, 15)] == [1, 5]
