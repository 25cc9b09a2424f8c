"""La página de un programa: lo que dice, lo que calla y lo que no deja pasar."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError

from programas import proyeccion
from programas.importacion.programas import cargar
from programas.servicios import captura
from tests.fabricas import programas as f
from tests.programas import camino
from tests.programas.archivos import con_anio, escribir, programa, referencias
from tests.programas.paginas import XSS, pagina, regla

__all__ = ["referencias", "regla"]

pytestmark = pytest.mark.django_db


class TestPrograma:
    def test_dice_lo_que_da_a_quien_y_de_donde_salio(self, visitante, regla):
        html = pagina(visitante, "/programas/mi-beca/")

        for dice in ("Mi Beca", "$600", "al mes", "Niñas y niños de primaria", "Gaceta 1234",
                     "Vivir en la ciudad", "En la contraloría interna"):  # fmt: skip
            assert dice in html, dice

    def test_con_lo_minimo_dice_lo_que_no_se_sabe(self, visitante):
        f.en_portal(programa__clave="vacio")

        assert "Lo que la fuente no dice" in pagina(visitante, "/programas/vacio/")

    @pytest.mark.parametrize(
        "url",
        [
            "/programas/no-existe/",
            "/programas/mi-beca/2019/",
            "/programas/mi-beca/1999/",
            "/programas/mi-beca/2025/reglas/otra/",
            "/programas/mi-beca/2019/reglas/",
            "/programas/mi-beca/?version=99",
            "/programas/mi-beca/2025/?version=2",
            "/programas/" + "a" * 5_000 + "/",
            "/programas/%00/",
            "/programas/%F0%9F%8D%8E/",
        ],
        ids=lambda u: u[:40],
    )
    def test_lo_que_no_existe_da_404_en_espanol_con_buscador(self, url, visitante, regla):
        respuesta = visitante.get(url)
        html = respuesta.content.decode()

        assert respuesta.status_code == 404
        assert "No encontramos esa página" in html
        assert 'name="q"' in html
        assert "matches the given query" not in html

    @pytest.mark.parametrize(
        "version",
        ["0", "-1", "abc", "", "1.0", "١", "²", "9" * 20, "000000001" + "9" * 4_400, "1 OR 1=1"],
        ids=lambda v: ascii(v)[:20],
    )
    def test_una_version_que_no_es_numero_da_400(self, version, visitante, regla):
        respuesta = visitante.get("/programas/mi-beca/2025/", {"version": version})

        assert respuesta.status_code == 400
        assert "La versión es un número" in respuesta.content.decode()

    @pytest.mark.parametrize("rasgo", ["enviada", "observada", "validada", "retirada"])
    def test_lo_que_no_se_ha_publicado_no_se_ve_ni_adivinando_su_version(
        self, rasgo, visitante, regla
    ):
        f.ReglaFactory(programa=regla.programa, version=2, nombre="Clandestina", **{rasgo: True})

        assert "Clandestina" not in pagina(visitante, "/programas/mi-beca/")
        assert visitante.get("/programas/mi-beca/2025/?version=2").status_code == 404

    def test_un_programa_sin_nada_publicado_no_existe_para_el_publico(self, visitante):
        f.ReglaFactory(programa__clave="en-borrador")

        assert visitante.get("/programas/en-borrador/").status_code == 404

    def test_nombres_notas_y_enlaces_se_escapan(self, visitante):
        f.en_portal(
            completa=True,
            nombre=XSS,
            programa__clave="raro",
            programa__otros_nombres=[XSS],
            notas=[XSS],
            resumen=XSS,
            a_quien=XSS,
            queja=XSS,
            como_solicitar=XSS,
            requisitos=[{"texto": XSS, "numeral": "<b>1"}],
            fuentes=[{"texto": XSS}],
            apoyos=[{"modalidad": XSS, "descripcion": XSS}],
            metas=[{"cantidad": 1, "unidad": XSS}],
            compatibilidades=[{"nombre": XSS, "condicion": XSS}],
            textos=[{"texto": XSS}],
        )

        for url in ("/programas/raro/", "/programas/raro/2025/reglas/", "/programas/"):
            html = pagina(visitante, url)
            assert "&lt;script&gt;" in html, url
            assert "<script>alert" not in html, url
            assert not re.search(r"<img[^>]+onerror", html), url

    def test_un_enlace_que_no_es_http_no_llega_a_guardarse(self):
        """`javascript:` en una dirección sería código al primer clic."""
        regla = f.ReglaFactory(enlace="javascript:alert(1)")

        with pytest.raises(ValidationError, match="enlace"):
            regla.full_clean()

    def test_las_reglas_llevan_sus_numerales_con_ancla(self, visitante, regla):
        html = pagina(visitante, "/programas/mi-beca/2025/reglas/")

        assert 'id="numeral-4-1"' in html
        assert "Lo del numeral." in html

    def test_sin_texto_capturado_las_reglas_lo_dicen(self, visitante):
        f.en_portal(programa__clave="sin-texto")

        assert "todavía no está el texto" in pagina(visitante, "/programas/sin-texto/2025/reglas/")

    def test_otros_anios_se_enlazan_y_el_viejo_avisa_que_lo_es(self, visitante, regla):
        f.en_portal(programa=regla.programa, ejercicio=2023)

        assert 'href="/programas/mi-beca/2023/"' in pagina(visitante, "/programas/mi-beca/")
        vieja = pagina(visitante, "/programas/mi-beca/2023/")
        assert "lo que decía el programa en 2023" in vieja


class TestVersiones:
    """Un enlace con versión dice siempre lo mismo, aunque después se publique otra."""

    @staticmethod
    def cuerpo(html: str) -> str:
        return html[html.index("<h1>") : html.index("</main>")]

    def test_la_version_anterior_se_reproduce_igual_tras_cambiar_el_catalogo(
        self, visitante, referencias, tmp_path
    ):
        cargar(escribir(tmp_path, [programa("otra-beca")]))
        proyeccion.proyectar()
        permanente = "/programas/otra-beca/2025/?version=1"
        antes = self.cuerpo(pagina(visitante, permanente))

        cargar(escribir(tmp_path, [con_anio("otra-beca", resumen="Da otra cosa.", apoyos=[])]))
        proyeccion.proyectar()

        assert "Da otra cosa." in pagina(visitante, "/programas/otra-beca/2025/")
        assert self.cuerpo(pagina(visitante, permanente)) == antes

    def test_la_pagina_ofrece_su_enlace_permanente_y_el_enlace_sirve(self, visitante, regla):
        html = pagina(visitante, "/programas/mi-beca/")

        assert 'href="/programas/mi-beca/2025/?version=1"' in html
        pagina(visitante, "/programas/mi-beca/2025/?version=1")
        pagina(visitante, "/programas/mi-beca/2025/reglas/?version=1")

    def test_version_sin_anio_es_la_del_ultimo_que_la_tuvo(self, visitante, regla):
        f.en_portal(programa=regla.programa, ejercicio=2024, nombre="Beca de 2024")

        html = pagina(visitante, "/programas/mi-beca/", version=1)
        assert "<h1>Mi Beca</h1>" in html

    def test_de_la_captura_a_la_pagina(
        self, visitante, regla, dependencia, enlace, titular, validadora
    ):
        """Del panel al portal: lo que se publica es lo que se lee, y lo de antes sigue ahí."""
        programa = f.ProgramaFactory(clave="de-captura", dependencia=dependencia)
        borrador = captura.iniciar(
            programa, ejercicio=2025, nombre="Comedor", dependencia=dependencia, por=enlace
        )
        for resumen in ("Primera.", "Segunda."):
            borrador.resumen = resumen
            captura.guardar(
                borrador,
                edicion=0,
                por=enlace,
                escribir=lambda r=borrador: r.save(update_fields=["resumen"]),
            )
            publicada = camino.hasta_publicar(borrador, titular=titular, validadora=validadora)
            borrador = captura.nueva_version(publicada, por=enlace)

        assert "Segunda." in pagina(visitante, "/programas/de-captura/")
        assert "Primera." in pagina(visitante, "/programas/de-captura/2025/?version=1")
