"""El buscador: qué contesta a lo bueno, a lo malo y a lo malintencionado."""

from __future__ import annotations

import re

import pytest

from programas import proyeccion
from tests.fabricas import programas as f
from tests.programas.paginas import XSS, pagina, regla

__all__ = ["regla"]

pytestmark = pytest.mark.django_db


class TestBuscador:
    @pytest.mark.parametrize(
        "q",
        ["a" * 10_000, "beca " * 2_000, "'; DROP TABLE x; --", '"beca"', "beca & | ! <-> :*", "🍎",
         "(((", "\\", "%", "_", "ß", "ﷺ", "\u202e", "\ud7ff", "null", "0", "-1"],
        ids=lambda q: ascii(q)[:20],
    )  # fmt: skip
    def test_ninguna_busqueda_rara_falla(self, q, visitante, regla):
        assert visitante.get("/programas/", {"q": q}).status_code == 200

    def test_un_byte_nulo_es_una_direccion_que_no_se_entiende(self, visitante):
        respuesta = visitante.get("/programas/?q=beca%00")

        assert respuesta.status_code == 400
        assert "¿Qué necesitas?" in respuesta.content.decode()

    def test_bytes_que_no_son_utf8_no_fallan(self, visitante):
        assert visitante.get("/programas/?q=%ff%fe").status_code == 200

    def test_lo_buscado_se_devuelve_escapado(self, visitante, regla):
        html = pagina(visitante, "/programas/", q=XSS)

        assert "<script>alert" not in html
        assert "<img src=x" not in html

    def test_sin_resultados_ayuda_en_vez_de_dejar_un_hueco(self, visitante):
        html = pagina(visitante, "/programas/", q="xilófono")

        assert "Sin resultados" in html
        assert "Prueba con otra palabra" in html
        assert "Por teléfono te orientan" in html

    def test_la_pagina_vacia_ofrece_quitar_filtros_palabras_cercanas_y_derechos(self, visitante):
        f.en_portal(
            nombre="Despensa", derechos=[f.DerechoSocialFactory(clave="comer", nombre="comer")]
        )
        con_filtro = pagina(visitante, "/programas/", q="despensa", tipo="accion")
        assert "Quitar los filtros y ver el único resultado" in con_filtro
        assert 'href="/programas/?q=despensa"' in con_filtro

        vacia = pagina(visitante, "/programas/", q="despesa", literal="1")
        assert 'href="/programas/?q=despensa">Despensa' in vacia
        assert 'href="/programas/?derecho=comer">Comer' in vacia

    def test_lo_corregido_se_dice_y_se_puede_seguir(self, visitante, regla):
        html = pagina(visitante, "/programas/", q="veca")

        assert "Mostramos lo que hay de" in html
        assert '<a href="/programas/?q=beca"><strong>beca</strong></a>' in html
        assert 'href="/programas/?q=veca&amp;literal=1"' in html

    def test_tal_cual_busca_lo_tecleado_y_ofrece_lo_corregido(self, visitante, regla):
        html = pagina(visitante, "/programas/", q="veca", literal="1")

        assert "Sin resultados" in html
        assert "¿Quisiste decir" in html
        assert '<a href="/programas/?q=beca"><strong>beca</strong></a>' in html
        assert '<input type="hidden" name="literal" value="1">' in html

    @pytest.mark.parametrize(
        ("parametro", "valor", "nombre"),
        [
            ("pagina", "0", "pagina"),
            ("pagina", "-1", "pagina"),
            ("pagina", "abc", "pagina"),
            ("pagina", "1.5", "pagina"),
            ("pagina", "9" * 400, "pagina"),
            ("orden", "precio", "orden"),
            ("formato", "xml", "formato"),
            ("estado", "quizas", "¿Se puede pedir hoy?"),
            ("tipo", "beca", "Programa o acción"),
            ("derecho", "volar", "Derecho"),
            ("grupo", "x", "Para quién"),
            ("dependencia", "x", "Dependencia"),
            ("alcaldia", "09999", "Alcaldía"),
            ("alcaldia", "15033", "Alcaldía"),
            ("apoyo", "x", "Tipo de apoyo"),
            ("ejercicio", "1521", "Año"),
            ("ejercicio", "２０２５", "Año"),
            ("derecho", XSS, "Derecho"),
        ],
    )
    def test_un_parametro_malo_da_400_y_dice_cual(self, parametro, valor, nombre, visitante, regla):
        respuesta = visitante.get("/programas/", {parametro: valor})
        html = respuesta.content.decode()

        assert respuesta.status_code == 400
        assert "La dirección no se entiende" in html
        assert nombre in html
        assert 'name="q"' in html  # y deja por dónde seguir
        assert "<img src=x" not in html

    def test_un_parametro_desconocido_no_estorba(self, visitante, regla):
        pagina(visitante, "/programas/", utm_source="volante", fbclid="x")

    def test_una_pagina_que_no_existe_da_404_y_dice_cuantas_hay(self, visitante, regla):
        respuesta = visitante.get("/programas/?pagina=99")

        assert respuesta.status_code == 404
        assert "La búsqueda tiene 1 página" in respuesta.content.decode()

    def test_mil_filtros_repetidos_no_fallan(self, visitante, regla):
        assert visitante.get("/programas/?" + "ejercicio=2025&" * 900).status_code == 200

    def test_pasar_de_pagina_conserva_la_busqueda_y_los_filtros(self, visitante):
        for n in range(26):
            f.ReglaFactory(publicada=True, nombre=f"Beca {n}")
        f.ReglaFactory(publicada=True, nombre="Beca última")
        proyeccion.proyectar()

        html = pagina(visitante, "/programas/", q="beca", tipo="programa", orden="nombre")
        [siguiente] = re.findall(r'rel="next" href="([^"]+)"', html)
        siguiente = siguiente.replace("&amp;", "&")
        assert siguiente == "/programas/?q=beca&tipo=programa&orden=nombre&pagina=2"
        segunda = pagina(visitante, siguiente)
        assert segunda.count('<article class="resultado">') == 3
        [descarga] = re.findall(r'href="([^"]+formato=csv)"', segunda)
        assert "pagina=2" in descarga
