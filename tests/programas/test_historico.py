"""El archivo histórico en el portal: se busca por dentro y se filtra."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programas import proyeccion
from tests.fabricas import programas as f
from tests.fabricas.cuentas import DependenciaFactory
from tests.fabricas.historico import DocumentoFactory

pytestmark = pytest.mark.django_db
XSS = '<img src=x onerror="alert(1)">'


def pagina(visitante, url: str = "/historico/", **parametros) -> str:
    respuesta = visitante.get(url, parametros)
    assert respuesta.status_code == 200, (url, parametros, respuesta.content[-600:])
    return respuesta.content.decode()


def titulos(html: str) -> list[str]:
    return re.findall(r'<h3><a href="/historico/[^"]+">([^<]+)</a></h3>', html)


class TestBuscar:
    def test_encuentra_por_el_texto_de_una_pagina_y_dice_cual(self, visitante):
        DocumentoFactory(
            titulo="Evaluación interna",
            paginas=["Portada del documento", "El tiempo de espera bajó en las ventanillas"],
        )
        DocumentoFactory(titulo="Otro", paginas=["Nada que ver con lo demás"])

        html = pagina(visitante, q="ventanilla")
        assert titulos(html) == ["Evaluación interna"]
        assert "p. 2" in html
        assert "<mark>ventanillas</mark>" in html

    @pytest.mark.parametrize("q", ["evaluacion", "EVALUACIÓN", "evaluaciones", "«evaluación»!"])
    def test_sin_acentos_ni_numero_ni_signos(self, q, visitante):
        DocumentoFactory(titulo="Evaluación interna")
        assert titulos(pagina(visitante, q=q)) == ["Evaluación interna"]

    def test_una_palabra_en_el_titulo_y_otra_en_una_pagina(self, visitante):
        DocumentoFactory(
            titulo="Informe de comedores", paginas=["Se compró equipo de refrigeración"]
        )
        DocumentoFactory(titulo="Informe de becas", paginas=["Se compró equipo de cómputo"])

        html = pagina(visitante, q="comedores refrigeracion")
        assert titulos(html) == ["Informe de comedores"]

    def test_lo_del_titulo_va_antes_que_lo_de_las_paginas(self, visitante):
        DocumentoFactory(titulo="Anexo", ejercicio=2024, paginas=["Habla de comedores y de más"])
        DocumentoFactory(titulo="Comedores comunitarios", ejercicio=2014)

        assert titulos(pagina(visitante, q="comedores"))[0] == "Comedores comunitarios"

    def test_un_dedazo_se_corrige_con_las_palabras_del_catalogo_y_se_dice(self, visitante):
        f.ReglaFactory(publicada=True, nombre="Comedores comunitarios")
        proyeccion.proyectar()
        DocumentoFactory(titulo="Padrón de comedores")

        html = pagina(visitante, q="comedorez")
        assert titulos(html) == ["Padrón de comedores"]
        assert "Esto es lo que hay de «comedores»" in html

    def test_lo_que_el_catalogo_no_conoce_no_se_corrige_si_esta(self, visitante):
        """«comedor» existe en el catálogo; «corredor», solo en el archivo."""
        f.ReglaFactory(publicada=True, nombre="Comedor comunitario")
        proyeccion.proyectar()
        DocumentoFactory(titulo="El corredor verde")
        DocumentoFactory(titulo="El comedor")

        assert titulos(pagina(visitante, q="corredor")) == ["El corredor verde"]

    def test_si_ninguno_trae_todas_las_palabras_se_dice(self, visitante):
        DocumentoFactory(titulo="Padrón de comedores")
        html = pagina(visitante, q="comedores submarinos")
        assert titulos(html) == ["Padrón de comedores"]
        assert "Estos traen alguna" in html

    def test_lo_oculto_no_aparece(self, visitante):
        DocumentoFactory(titulo="Retirado", visible=False)
        assert titulos(pagina(visitante)) == []

    def test_vacio_invita_a_seguir(self, visitante):
        html = pagina(visitante, q="zzzz", ejercicio=2018)
        assert "No encontramos documentos" in html
        assert "quítalos todos" in html

    def test_nada_de_lo_guardado_ni_de_lo_buscado_se_vuelve_etiqueta(self, visitante):
        DocumentoFactory(titulo=XSS, resumen=XSS, paginas=[f"Antes {XSS} después gallina"])
        for q in ("gallina", XSS, "img"):
            assert "<img src=x" not in pagina(visitante, q=q)


class TestFiltrar:
    @pytest.fixture
    def varios(self):
        sebien = DependenciaFactory(clave="SEBIEN", nombre="Secretaría de Bienestar")
        beca = f.ProgramaFactory(clave="mi-beca", nombre="Mi Beca", dependencia=sebien)
        DocumentoFactory(titulo="A", clase="padron", ejercicio=2014, programa=beca)
        DocumentoFactory(titulo="B", clase="gaceta", ejercicio=2018)
        DocumentoFactory(titulo="C", clase="gaceta", ejercicio=2024, dependencia=sebien)

    @pytest.mark.parametrize(
        ("filtro", "quedan"),
        [
            ({"ejercicio": "2014"}, ["A"]),
            ({"ejercicio": ["2014", "2018"]}, ["B", "A"]),
            ({"clase": "gaceta"}, ["C", "B"]),
            ({"dependencia": "SEBIEN"}, ["C", "A"]),
            ({"programa": "mi-beca"}, ["A"]),
            ({"programa": "no-existe"}, []),
            ({"clase": "gaceta", "dependencia": "SEBIEN"}, ["C"]),
            ({"orden": "antiguos"}, ["A", "B", "C"]),
        ],
    )
    def test_cada_filtro_deja_lo_suyo(self, filtro, quedan, varios, visitante):
        assert titulos(pagina(visitante, **filtro)) == quedan

    def test_la_linea_de_tiempo_cuenta_lo_de_antes_de_2019(self, varios, visitante):
        html = pagina(visitante)
        assert "2 de antes de 2019" in html
        for anio in (2014, 2018, 2024):
            assert f'href="/historico/?ejercicio={anio}"' in html

    def test_las_cuentas_dejan_los_demas_filtros_como_estan(self, varios, visitante):
        html = pagina(visitante, clase="gaceta")
        cuentas = dict(re.findall(r'for="f-clase-(\w+)">[^<]+<span class="cuenta">(\d+)', html))
        anios = dict(re.findall(r'for="f-ejercicio-(\w+)">[^<]+<span class="cuenta">(\d+)', html))
        assert cuentas == {"gaceta": "2", "padron": "1"}
        assert anios == {"2018": "1", "2024": "1"}

    def test_las_paginas_de_la_lista(self, visitante):
        for n in range(25):
            DocumentoFactory(titulo=f"Doc {n:02}")
        una, otra = pagina(visitante), pagina(visitante, pagina=2)
        assert len(titulos(una)) == 20
        assert len(titulos(otra)) == 5
        assert not set(titulos(una)) & set(titulos(otra))
        assert visitante.get("/historico/", {"pagina": 3}).status_code == 404


class TestParametrosRaros:
    @pytest.mark.parametrize(
        ("consulta", "dice"),
        [
            ("q=%00", "nulos"),
            ("ejercicio=99999", "1900 a 2100"),
            ("ejercicio=-1", "1900 a 2100"),
            ("ejercicio=x", "cuatro cifras"),
            ("ejercicio=2014&ejercicio=1", "1900 a 2100"),
            ("clase=otra-cosa", "no es una opción"),
            ("dependencia=' OR 1=1", "no es de una dependencia"),
            ("programa=no es slug", "Programa"),
            ("pagina=0", "pagina"),
            ("pagina=999999999999", "pagina"),
            ("orden=azar", "orden"),
        ],
    )
    def test_uno_malo_da_400_y_dice_cual(self, consulta, dice, visitante):
        respuesta = visitante.get(f"/historico/?{consulta}")
        assert respuesta.status_code == 400
        assert dice in respuesta.content.decode()

    @pytest.mark.parametrize(
        "q",
        ["a" * 10_000, "🙂🙂 🙂", "& | ! ( ) :* <->", "'; DROP TABLE x; --", "\\", "%", "de la el"]
        + ["palabra " * 2_000],
    )
    def test_una_busqueda_rara_se_contesta(self, q, visitante):
        DocumentoFactory(paginas=["palabra de verdad"])
        pagina(visitante, q=q)

    def test_lo_repetido_y_lo_desconocido_no_estorba(self, visitante):
        DocumentoFactory(ejercicio=2016)
        muchos = "&".join(["ejercicio=2016"] * 600)
        respuesta = visitante.get(f"/historico/?{muchos}&nada=1&q=a&q=reglas")
        assert respuesta.status_code == 200
        assert len(titulos(respuesta.content.decode())) == 1


def _mas(cuantos: int) -> None:
    for n in range(cuantos):
        DocumentoFactory(
            programa=f.ProgramaFactory(),
            ejercicio=2000 + n,
            paginas=["Texto de prueba con letras", "Otra prueba con letras"],
        )


@pytest.mark.parametrize(("q", "tope"), [("", 3), ("prueba", 4)])
def test_las_consultas_no_crecen_con_los_documentos(q, tope, visitante):
    cuantas = []
    for _vez in range(2):
        _mas(3)
        pagina(visitante, q=q)
        with CaptureQueriesContext(connection) as consultas:
            pagina(visitante, q=q)
        cuantas.append(len(consultas))
    assert cuantas[0] == cuantas[1] <= tope
