"""/padron/, la página de cada recibo y su lugar en la del programa: cuentas y huellas, nunca personas."""

from __future__ import annotations

import hashlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from padron.consultas.padrones import POR_PAGINA
from padron.tasks import hacer_recibo
from tests.fabricas.padron import CargaFactory
from tests.fabricas.programas import ReglaFactory, en_portal
from tests.fabricas.recibos import ReciboFactory
from tests.padron.recibo.conftest import contenido

pytestmark = pytest.mark.django_db

LISTA = "/padron/"


def pagina(recibo) -> str:
    return reverse("padron:recibo", args=[recibo.folio])


def leida(visitante, url: str) -> str:
    respuesta = visitante.get(url)
    assert respuesta.status_code == 200
    return " ".join(respuesta.content.decode().split())


class TestUnRecibo:
    def test_dice_que_es_autentico_y_vigente_con_sus_huellas(self, visitante, firmado):
        dicho = leida(visitante, pagina(firmado))

        for dato in (
            "Es auténtico y está vigente",
            "Beca de prueba",
            "$18,000",
            "6 mujeres, 6 hombres",
            firmado.sha256,
            firmado.archivo.sha256,
            firmado.carga.archivo.sha256,
            firmado.constancia["registros"]["sha256"],
        ):
            assert dato in dicho, dato
        for personal in ("Peña", "Íñigo", "F-0001"):
            assert personal not in dicho

    def test_el_sustituido_dice_por_cual(self, visitante, firmado, sustituto):
        dicho = leida(visitante, pagina(firmado))

        assert "ya se sustituyó" in dicho
        assert pagina(sustituto) in dicho
        assert pagina(firmado) in leida(visitante, pagina(sustituto))

    def test_el_sustituido_dos_veces_lleva_al_que_vale_hoy(self, visitante, firmado, sustituto):
        carga = sustituto.carga
        carga.estado = "sustituida"
        carga.save(update_fields=["estado"])
        tercera = ReciboFactory(
            carga=CargaFactory(aplicada=True, regla=carga.regla, sustituye=carga, validas=12)
        )

        dicho = leida(visitante, pagina(firmado))
        assert pagina(tercera) in dicho
        assert pagina(sustituto) not in dicho

    def test_el_pdf_es_el_guardado_y_a_quien_ya_lo_tiene_se_le_dice(self, visitante, firmado):
        url = reverse("padron:recibo_pdf", args=[firmado.folio])
        respuesta = visitante.get(url)

        assert b"".join(respuesta.streaming_content) == contenido(firmado)
        repetida = visitante.get(url, headers={"if-none-match": respuesta["ETag"]})
        assert repetida.status_code == 304

    def test_mientras_se_hace_se_dice_y_se_puede_reintentar(self, visitante, recibo):
        respuesta = visitante.get(reverse("padron:recibo_pdf", args=[recibo.folio]))

        assert respuesta.status_code == 503
        assert respuesta["Cache-Control"] == "no-store"
        assert "se está preparando" in leida(visitante, pagina(recibo))

    def test_la_huella_de_la_constancia_publicada_es_la_del_recibo(self, visitante, recibo):
        respuesta = visitante.get(reverse("padron:constancia", args=[recibo.folio]))

        assert hashlib.sha256(respuesta.content).hexdigest() == recibo.sha256

    @pytest.mark.parametrize("nombre", ["recibo", "recibo_pdf", "constancia"])
    def test_el_de_un_programa_sin_publicar_no_existe(self, visitante, nombre):
        recibo = ReciboFactory(carga__regla=ReglaFactory())
        hacer_recibo(recibo.pk)

        assert visitante.get(reverse(f"padron:{nombre}", args=[recibo.folio])).status_code == 404
        assert visitante.get(reverse(f"padron:{nombre}", args=["R-2025-999999"])).status_code == 404


class TestMuyPocasPersonas:
    @pytest.fixture
    def chico(self, regla):
        recibo = ReciboFactory(carga__regla=regla, personas=3, esperan=8)
        hacer_recibo(recibo.pk)
        return recibo

    def test_la_pagina_no_dice_cuantas_ni_deja_calcularlo(self, visitante, chico):
        dicho = leida(visitante, pagina(chico))

        assert "Menos de 5" in dicho
        for calculable in (
            "$4,500",
            "11:",
            "en espera",
            "mujeres,",
            chico.constancia["registros"]["sha256"],
        ):
            assert calculable not in dicho

    @pytest.mark.parametrize("nombre", ["recibo_pdf", "constancia"])
    def test_lo_completo_no_se_publica_y_se_dice_por_que(self, visitante, chico, nombre):
        respuesta = visitante.get(reverse(f"padron:{nombre}", args=[chico.folio]))

        assert respuesta.status_code == 404
        assert "muy pocas personas" in respuesta.content.decode()
        assert reverse(f"padron:{nombre}", args=[chico.folio]) not in leida(
            visitante, pagina(chico)
        )

    def test_ni_la_lista_ni_el_csv_ni_el_programa_lo_dicen(self, visitante, chico):
        for url in (LISTA, f"{LISTA}?formato=csv", chico.carga.programa.get_absolute_url()):
            dicho = leida(visitante, url)
            assert "menos de 5" in dicho.lower(), url
            for calculable in ("4,500", "4500", chico.constancia["registros"]["sha256"]):
                assert calculable not in dicho, url

    def test_un_solo_hombre_tapa_tambien_a_las_mujeres(self, visitante, regla):
        recibo = ReciboFactory(carga__regla=regla, personas=7)  # 4 hombres, 3 mujeres
        hacer_recibo(recibo.pk)

        dicho = leida(visitante, pagina(recibo))
        assert "7" in dicho
        assert "mujeres," not in dicho
        pdf = reverse("padron:recibo_pdf", args=[recibo.folio])
        assert visitante.get(pdf).status_code == 404


class TestLaLista:
    def test_sin_padrones_lo_dice_y_da_a_donde_ir(self, visitante):
        dicho = leida(visitante, LISTA)

        assert "Todavía no ha entrado ningún padrón" in dicho
        assert "<table" not in dicho

    def test_dice_programa_cuentas_y_recibo(self, visitante, recibo):
        dicho = leida(visitante, LISTA)

        for dato in ("Un padrón", recibo.carga.programa.nombre, "2025, todo el año", "$18,000"):
            assert dato in dicho
        assert pagina(recibo) in dicho

    def test_solo_lo_que_hoy_vale(self, visitante, firmado, sustituto):
        dicho = leida(visitante, LISTA)

        assert sustituto.folio in dicho
        assert firmado.folio not in dicho

    def test_un_programa_sin_publicar_no_se_anuncia(self, visitante):
        recibo = ReciboFactory(carga__regla=ReglaFactory())

        assert recibo.folio not in leida(visitante, LISTA)

    def test_los_filtros_y_su_csv_dicen_lo_mismo(self, visitante, recibo):
        otro = ReciboFactory(carga__regla=en_portal(ejercicio=2024))
        clave = recibo.carga.dependencia.clave
        for consulta in ("ejercicio=2025", f"dependencia={clave}"):
            for url in (f"{LISTA}?{consulta}", f"{LISTA}?{consulta}&formato=csv"):
                dicho = leida(visitante, url)
                assert recibo.folio in dicho, url
                assert otro.folio not in dicho, url

    def test_sin_resultados_lo_dice_y_deja_ver_todos(self, visitante, recibo):
        dicho = leida(visitante, f"{LISTA}?ejercicio=2019")

        assert "No hay padrones con esos filtros" in dicho

    @pytest.mark.parametrize(
        "consulta",
        ["ejercicio=abc", "ejercicio=99999", "dependencia=%00", "formato=pdf", "pagina=0"],
    )
    def test_un_valor_malo_da_400_con_una_oracion(self, visitante, consulta):
        assert visitante.get(f"{LISTA}?{consulta}").status_code == 400

    def test_una_pagina_que_no_existe_da_404(self, visitante, recibo):
        assert visitante.get(f"{LISTA}?pagina=9").status_code == 404

    def test_el_doble_de_padrones_cuesta_las_mismas_consultas(self, visitante):
        def cuantas() -> int:
            with CaptureQueriesContext(
                connection,
            ) as hechas:
                leida(visitante, LISTA)
            return len(hechas)

        for _n in range(3):
            ReciboFactory(carga__regla=en_portal(), personas=1)
        con_tres = cuantas()
        for _n in range(3):
            ReciboFactory(carga__regla=en_portal(), personas=1)
        assert cuantas() == con_tres

    def test_pasando_de_una_pagina_se_puede_seguir(self, visitante, regla, monkeypatch):
        monkeypatch.setattr("padron.consultas.padrones.POR_PAGINA", 1)
        ReciboFactory(carga__regla=regla, personas=1)
        ReciboFactory(carga__regla=en_portal(), personas=1)

        assert POR_PAGINA == 50
        assert "pagina=2" in leida(visitante, LISTA)
        assert "pagina=1" in leida(visitante, f"{LISTA}?pagina=2")

    def test_el_csv_no_lleva_formulas(self, visitante, regla):
        programa = regla.programa
        programa.nombre = "=1+1"
        programa.save()
        ReciboFactory(carga__regla=regla)

        assert "'=1+1" in leida(visitante, f"{LISTA}?formato=csv")


class TestEnElPrograma:
    def test_dice_lo_entregado_de_su_anio_con_su_recibo(self, visitante, recibo):
        dicho = leida(visitante, recibo.carga.programa.get_absolute_url())

        assert 'id="padron"' in dicho
        assert "12 personas inscritas" in dicho
        assert pagina(recibo) in dicho

    def test_sin_entregas_no_hay_apartado(self, visitante, regla):
        assert 'id="padron"' not in leida(visitante, regla.programa.get_absolute_url())

    def test_lo_de_otro_anio_no_sale(self, visitante, regla):
        otra = en_portal(programa=regla.programa, ejercicio=2024)
        recibo = ReciboFactory(carga__regla=otra)

        assert recibo.folio not in leida(visitante, regla.programa.get_absolute_url())
