"""La página como promesa: cada bloque, cada estado, y lo que la acompaña para buscadores."""

from __future__ import annotations

import datetime
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.fabricas import programas as f
from tests.programas.paginas import XSS, pagina

pytestmark = pytest.mark.django_db


@pytest.fixture
def beca():
    return f.en_portal(
        completa=True,
        nombre="Mi Beca",
        programa__clave="mi-beca",
        fuentes=[{"clave": "g", "texto": "Gaceta 1"}],
    )


def enlazados(html: str) -> dict:
    hallado = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert hallado is not None
    return json.loads(hallado[1])


class TestEstados:
    @pytest.mark.parametrize(
        ("rasgo", "dice"),
        [
            ({}, "Abierto hasta el"),
            ({"pausada": True}, "En pausa"),
            ({"lista_de_espera": True}, "Lista de espera"),
            ({"vencida": True}, "Cerrado"),
        ],
    )
    def test_se_dice_el_estado(self, rasgo, dice, visitante, beca):
        f.ConvocatoriaFactory(programa=beca.programa, **rasgo)

        assert dice in pagina(visitante, "/programas/mi-beca/")

    def test_cerrado_dice_cual_es_la_proxima_ventana(self, visitante, beca):
        abre = datetime.datetime(2099, 3, 4, 15, tzinfo=datetime.UTC)
        cierra = abre + datetime.timedelta(days=10)
        f.ConvocatoriaFactory(programa=beca.programa, abre=abre, cierra=cierra)
        html = pagina(visitante, "/programas/mi-beca/")

        assert "Próxima ventana" in html
        assert "del 4 de marzo de 2099 al 14 de marzo de 2099" in html

    def test_abierto_no_anuncia_otra_ventana(self, visitante, beca):
        f.ConvocatoriaFactory(programa=beca.programa)
        f.ConvocatoriaFactory(programa=beca.programa, futura=True)

        assert "Próxima ventana" not in pagina(visitante, "/programas/mi-beca/")


class TestVersionSustituida:
    @pytest.fixture
    def dos_versiones(self, beca):
        type(beca).objects.filter(pk=beca.pk).update(estado="sustituido")
        f.en_portal(programa=beca.programa, version=2, completa=True, nombre="Mi Beca")
        return beca

    def test_avisa_que_hay_otra_y_lleva_a_ella(self, visitante, dos_versiones):
        html = pagina(visitante, "/programas/mi-beca/2025/", version=1)

        assert "Ya la sustituyó otra" in html
        assert "Ver la versión 2, la vigente" in html
        assert "cambios/?version=2&amp;contra=1" in html

    def test_sus_enlaces_llevan_a_sus_propios_documentos(self, visitante, dos_versiones):
        html = pagina(visitante, "/programas/mi-beca/2025/", version=1)

        assert 'href="/programas/mi-beca/2025/ficha.pdf?version=1"' in html
        assert 'href="/programas/mi-beca/2025/reglas/?version=1"' in html

    def test_la_vigente_no_avisa_nada(self, visitante, dos_versiones):
        assert "Ya la sustituyó" not in pagina(visitante, "/programas/mi-beca/2025/")
        assert "Ya la sustituyó" not in pagina(visitante, "/programas/mi-beca/2025/", version=2)


class TestFuentes:
    def test_cada_poblacion_dice_la_suya_y_la_que_no_la_dice_usa_la_general(self, visitante):
        regla = f.ReglaFactory(
            fuentes=[
                {"clave": "g", "texto": "Gaceta general"},
                {"clave": "p", "texto": "Padrón de prensa"},
            ]
        )
        general, prensa = regla.fuentes.order_by("pk")
        f.PoblacionFactory(regla=regla, clase="objetivo", fuente=prensa)
        f.PoblacionFactory(regla=regla, clase="potencial")
        f.PoblacionFactory(regla=regla, clase="beneficiaria", fuente=prensa, total=7)
        f.llevar(regla, "publicado")
        html = pagina(visitante, f"/programas/{regla.programa.slug}/")
        seccion = html[html.index('id="metas"') : html.index('id="fuentes"')]

        assert seccion.count("Fuente:") == 2
        assert str(general) in seccion
        assert str(prensa) in seccion


class TestReglasPorNumeral:
    def test_lo_capturado_sale_en_su_numeral_aunque_nadie_lo_haya_redactado(self, visitante):
        apartados = {
            clave: f.ApartadoFactory(clave=clave, numeral=numeral, orden=orden)
            for orden, (clave, numeral) in enumerate(
                [("rop-7", "7"), ("rop-8", "8"), ("rop-8-2", "8.2"), ("rop-9", "9")], 1
            )
        }
        f.en_portal(
            completa=True,
            programa__clave="mi-beca",
            requisitos=[{"texto": "Vivir aquí", "numeral": "8.2.1"}],
        )
        html = pagina(visitante, "/programas/mi-beca/2025/reglas/")

        assert 'id="numeral-7"' in html
        assert "$1,000,000" in html
        assert 'id="numeral-8"' in html  # capítulo de algo que sí dice
        assert 'id="numeral-8-2-1"' in html
        assert 'id="numeral-9"' not in html
        assert apartados["rop-9"].nombre not in html

    def test_el_numeral_de_un_requisito_lleva_a_su_lugar(self, visitante):
        f.ApartadoFactory(clave="rop-8-2", numeral="8.2")
        f.en_portal(
            completa=True,
            programa__clave="mi-beca",
            requisitos=[{"texto": "A", "numeral": "8.2"}, {"texto": "B", "numeral": "8.2.9"}],
        )
        reglas = pagina(visitante, "/programas/mi-beca/2025/reglas/")

        anclas = re.findall(r'reglas/#([\w-]+)"', pagina(visitante, "/programas/mi-beca/"))
        assert anclas == ["numeral-8-2", "numeral-8-2-9"]
        assert all(reglas.count(f'id="{ancla}"') == 1 for ancla in anclas)

    def test_cada_titulo_lleva_su_enlace_para_citarlo(self, visitante, beca):
        f.ApartadoFactory(clave="rop-8-2", numeral="8.2")
        html = pagina(visitante, "/programas/mi-beca/2025/reglas/")

        assert '<a class="ancla" href="#numeral-8-2">' in html
        assert "Enlace al numeral 8.2" in html

    def test_lo_armado_con_fuentes_publicas_no_se_hace_pasar_por_oficial(self, visitante):
        f.ApartadoFactory(clave="rop-8-2", numeral="8.2")
        f.en_portal(completa=True, programa__clave="de-prensa", origen="catalogo")
        f.en_portal(completa=True, programa__clave="de-captura")

        avisa = "No es el texto oficial"
        assert avisa in pagina(visitante, "/programas/de-prensa/2025/reglas/")
        assert avisa not in pagina(visitante, "/programas/de-captura/2025/reglas/")


class TestParaBuscadores:
    def test_es_un_servicio_publico_con_lo_que_se_sabe(self, visitante, beca, settings):
        settings.URL_PUBLICA = "https://bienestar.example"
        datos = enlazados(pagina(visitante, "/programas/mi-beca/"))

        assert datos["@type"] == "GovernmentService"
        assert datos["name"] == "Mi Beca"
        assert datos["url"] == "https://bienestar.example/programas/mi-beca/"
        assert datos["provider"]["name"] == beca.dependencia.nombre_actual
        assert "audience" not in datos or datos["audience"]["audienceType"]

    def test_una_fecha_inventada_no_se_anuncia_a_los_buscadores(self, visitante, beca):
        f.ConvocatoriaFactory(programa=beca.programa, nombre="De verdad")
        f.ConvocatoriaFactory(programa=beca.programa, nombre="Inventada", demostracion=True)
        datos = enlazados(pagina(visitante, "/programas/mi-beca/"))

        assert [v["name"] for v in datos["hoursAvailable"]] == ["De verdad"]

    def test_un_nombre_malicioso_no_cierra_el_guion(self, visitante):
        f.en_portal(programa__clave="raro", nombre=f"</script>{XSS}", resumen="<!-- <script>")
        html = pagina(visitante, "/programas/raro/")

        assert enlazados(html)["name"].startswith("</script>")
        assert "</script><script>alert" not in html

    def test_la_direccion_canonica_es_absoluta_y_una_por_anio(self, visitante, beca, settings):
        settings.URL_PUBLICA = "https://bienestar.example"
        f.en_portal(programa=beca.programa, ejercicio=2024)

        def canonica(ruta: str) -> str:
            return re.findall(r'rel="canonical" href="([^"]+)"', pagina(visitante, ruta))[0]

        base = "https://bienestar.example/programas/mi-beca/"
        assert canonica("/programas/mi-beca/") == base
        assert canonica("/programas/mi-beca/2025/?version=1") == base
        assert canonica("/programas/mi-beca/2024/") == f"{base}2024/"

    def test_al_compartirla_se_ve_su_nombre_y_una_imagen(self, visitante, beca):
        html = pagina(visitante, "/programas/mi-beca/")

        assert '<meta property="og:title" content="Mi Beca">' in html
        assert re.search(r'og:image" content="http[^"]+para-compartir[^"]*\.png"', html)


class TestMapaDelSitio:
    def test_lleva_cada_anio_con_su_fecha_y_lo_anuncia_robots(self, visitante, beca, settings):
        settings.URL_PUBLICA = "https://bienestar.example"
        f.en_portal(programa=beca.programa, ejercicio=2024)
        f.ReglaFactory(programa__clave="en-borrador")

        indice = visitante.get("/sitemap.xml").content.decode()
        mapa = visitante.get("/sitemap-programas.xml").content.decode()
        robots = visitante.get("/robots.txt").content.decode()
        assert "<loc>https://bienestar.example/sitemap-programas.xml</loc>" in indice
        assert "<loc>https://bienestar.example/programas/mi-beca/</loc>" in mapa
        assert "<loc>https://bienestar.example/programas/mi-beca/2024/</loc>" in mapa
        assert "en-borrador" not in mapa
        assert f"<lastmod>{timezone.localdate(beca.actualizado_en)}" in mapa
        assert "Sitemap: https://bienestar.example/sitemap.xml" in robots

    @pytest.mark.parametrize("consulta", ["?p=9999", "?p=x", "?p=-1"])
    def test_una_pagina_que_no_hay_da_404(self, consulta, visitante, beca):
        assert visitante.get(f"/sitemap-programas.xml{consulta}").status_code == 404

    def test_una_seccion_que_no_hay_da_404(self, visitante):
        assert visitante.get("/sitemap-otra.xml").status_code == 404

    def test_sus_consultas_no_crecen_con_los_programas(self, visitante, beca):
        def consultas() -> int:
            with CaptureQueriesContext(connection) as hechas:
                visitante.get("/sitemap-programas.xml")
            return len(hechas)

        antes = consultas()
        for _numero in range(3):
            f.en_portal()
        assert consultas() == antes


def test_las_consultas_de_cada_pagina_no_crecen_con_sus_renglones(visitante):
    """Con n y con 2n apoyos, requisitos, textos, ventanas y fuentes: las mismas."""

    def programa(clave: str, cuantos: int) -> None:
        secciones = {n: [{}] * cuantos for n in f.SECCIONES if n not in {"poblaciones", "fuentes"}}
        regla = f.en_portal(
            programa__clave=clave,
            fuentes=[{"clave": f"f{n}"} for n in range(cuantos)],
            **secciones,
        )
        f.en_portal(programa=regla.programa, ejercicio=2024)
        for _numero in range(cuantos):
            f.ConvocatoriaFactory(programa=regla.programa)
            f.FechaDeEntregaFactory(programa=regla.programa)

    def consultas(ruta: str) -> int:
        visitante.get(ruta)
        with CaptureQueriesContext(connection) as hechas:
            assert visitante.get(ruta).status_code == 200
        return len(hechas)

    programa("chico", 3)
    programa("grande", 6)
    for resto in ("", "2025/reglas/", "2025/cambios/", "2025/calendario.ics"):
        assert consultas(f"/programas/chico/{resto}") == consultas(f"/programas/grande/{resto}")
