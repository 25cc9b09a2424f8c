"""Una dirección que alguien guardó sigue llevando a su programa, pase lo que pase después."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from programas.importacion import direcciones
from programas.models import DireccionAnterior, Programa
from tests.fabricas import programas as f
from tests.fabricas.territorio import AlcaldiaFactory

pytestmark = pytest.mark.django_db
SITIO = DireccionAnterior.Clase.SITIO


@pytest.fixture
def mudado() -> Programa:
    """Se llamaba /programas/beca-vieja/ y hoy /programas/beca-nueva/."""
    programa = f.en_portal(
        completa=True, programa__clave="beca", programa__slug="beca-vieja"
    ).programa
    programa.slug = "beca-nueva"
    programa.save()
    return programa


@pytest.mark.parametrize(
    "resto",
    ["", "2025/", "2025/reglas/?version=1", "2025/ficha.pdf", "2025/calendario.ics?a=1&b=%C3%B1"],
)
def test_la_de_antes_lleva_para_siempre_a_la_de_hoy_con_todo_lo_demas(resto, visitante, mudado):
    respuesta = visitante.get(f"/programas/beca-vieja/{resto}")

    assert respuesta.status_code == 301
    assert respuesta["Location"] == f"/programas/beca-nueva/{resto}"


def test_escrita_con_mayusculas_tambien_llega(visitante, mudado):
    assert visitante.get("/programas/Beca-Nueva/")["Location"] == "/programas/beca-nueva/"


def test_queda_apuntada_aunque_se_cambie_con_sql(mudado):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE programas_programa SET slug = 'beca-tercera' WHERE clave = 'beca'")

    guardadas = set(DireccionAnterior.objects.values_list("valor", flat=True))
    assert guardadas == {"beca-vieja", "beca-nueva"}


def test_volver_a_la_de_antes_la_revive(visitante, mudado):
    mudado.slug = "beca-vieja"
    mudado.save()

    assert visitante.get("/programas/beca-vieja/").status_code == 200
    assert visitante.get("/programas/beca-nueva/")["Location"] == "/programas/beca-vieja/"


def test_otro_programa_no_puede_quedarse_con_ella(mudado):
    otro = f.ProgramaFactory(clave="otra")
    otro.slug = "beca-vieja"
    with pytest.raises(ValidationError, match="fue de otro programa"):
        otro.full_clean()
    with pytest.raises(IntegrityError, match="fue de otro programa"), transaction.atomic():
        otro.save()


def test_una_direccion_viva_no_se_apunta_como_de_antes(mudado):
    apunte = DireccionAnterior(valor="beca-nueva", programa=f.ProgramaFactory())
    with pytest.raises(ValidationError, match="programa que existe"):
        apunte.full_clean()
    with pytest.raises(IntegrityError, match="programa que existe"), transaction.atomic():
        apunte.save()


def test_una_direccion_lleva_a_un_solo_programa(mudado):
    with pytest.raises(IntegrityError, match="direccion_lleva"), transaction.atomic():
        f.DireccionAnteriorFactory(valor="beca-vieja")


class TestSitioAnterior:
    RUTA = "/detalle_publico/resumen"

    def test_la_clave_de_una_accion_lleva_a_su_anio(self, visitante):
        f.en_portal(
            programa__clave="abrigo", programa__tipo="accion", clave_oficial="2025_AS_002_02CD05"
        )
        respuesta = visitante.get(f"{self.RUTA}/accion/1516/2025_AS_002_02CD05")

        assert respuesta.status_code == 301
        assert respuesta["Location"] == "/programas/abrigo/2025/"

    @pytest.mark.parametrize("final", ["002_35C001_A", "002_35C001_A/", "002_35c001_a"])
    def test_la_de_un_programa_de_varios_anios_lleva_al_programa(self, final, visitante):
        programa = f.ProgramaFactory(clave="ojtli")
        for ejercicio in (2023, 2024):
            f.en_portal(programa=programa, ejercicio=ejercicio, clave_oficial="002_35C001_A")

        respuesta = visitante.get(f"{self.RUTA}/programa/565/{final}")
        assert respuesta["Location"] == "/programas/ojtli/"

    def test_si_la_clave_no_consta_el_numero_apuntado_alcanza(self, visitante):
        programa = f.en_portal(programa__clave="ojtli").programa
        f.DireccionAnteriorFactory(clase=SITIO, valor="programa/565", programa=programa)

        respuesta = visitante.get(f"{self.RUTA}/programa/565/999_99Z999_Z")
        assert respuesta["Location"] == "/programas/ojtli/"

    def test_lo_que_no_consta_da_404_con_el_buscador_escrito(self, visitante):
        for clave in range(2, 18):
            AlcaldiaFactory(clave=f"09{clave:03}", nombre=f"Alcaldía {chr(63 + clave)}")
        respuesta = visitante.get(f"{self.RUTA}/accion/99/2025_AS_099_02CD05")
        html = respuesta.content.decode()

        assert respuesta.status_code == 404
        assert "sitio anterior" in html
        assert 'name="q" value="Alcaldía E"' in html

    @pytest.mark.parametrize(
        "ruta",
        [
            "/otro/1/002_35C001_A",
            "/programa/x/y",
            "/programa/1/<script>",
            f"/programa/{'9' * 50}/a",
        ],
    )
    def test_una_direccion_imposible_da_404(self, ruta, visitante):
        assert visitante.get(self.RUTA + ruta).status_code == 404

    def test_lo_que_aun_no_se_publica_no_se_asoma(self, visitante):
        f.ReglaFactory(programa__clave="borrador", clave_oficial="002_35C001_A")

        assert visitante.get(f"{self.RUTA}/programa/1/002_35C001_A").status_code == 404

    def test_el_word_de_antes_lleva_al_de_hoy(self, visitante):
        f.en_portal(
            completa=True, programa__clave="ojtli", enlace="https://sitio.example/descarga-word/314"
        )

        assert (
            visitante.get("/descarga-word/314")["Location"] == "/programas/ojtli/2025/reglas.docx"
        )
        assert visitante.get("/descarga-word/14").status_code == 404

    def test_lo_que_el_catalogo_cita_queda_apuntado_una_sola_vez(self):
        url = f"https://sitio.example{self.RUTA}/programa/565/002_35C001_A"
        regla = f.en_portal(fuentes=[{"url": url}, {"url": "https://otro.example/"}])

        assert direcciones.apuntar_las_citadas() == 1
        assert direcciones.apuntar_las_citadas() == 0
        apunte = DireccionAnterior.objects.get()
        assert (apunte.clase, apunte.valor) == (SITIO, "programa/565")
        assert apunte.programa_id == regla.programa_id
