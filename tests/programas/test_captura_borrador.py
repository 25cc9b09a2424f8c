"""Lo tecleado no se pierde: borrador, pestañas, sesión muerta; y se sabe quién está."""

from __future__ import annotations

import datetime
import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from programas import presencia
from programas.models import BorradorDeSeccion, ReglaOperacion
from sibis.cuentas import roles
from tests.fabricas import programas as f
from tests.fabricas.cuentas import con_rol, entrar
from tests.programas.captura import Escritorio, de_la_pagina

pytestmark = pytest.mark.django_db


@pytest.fixture
def regla(dependencia):
    return f.ReglaFactory(
        programa__dependencia=dependencia, resumen="De antes.", objetivo="Objetivo."
    )


@pytest.fixture
def ana(dependencia):
    return con_rol(roles.EnlaceDeDependencia, en=dependencia)


@pytest.fixture
def mesa(client, enlace, regla):
    entrar(client, enlace)
    return Escritorio(client, regla)


@pytest.fixture
def mesa_de_ana(ana, regla):
    cliente = Client()
    entrar(cliente, ana)
    return Escritorio(cliente, regla)


def en_la_base(regla) -> ReglaOperacion:
    return ReglaOperacion.objects.get(pk=regla.pk)


class TestBorrador:
    def test_se_guarda_solo_dice_la_hora_y_se_ofrece_al_volver(self, mesa, regla):
        datos = {**mesa.abrir("que-es"), "resumen": "A medias"}
        respuesta = mesa.autoguardar("que-es", datos)

        assert respuesta.json()["estado"] == "guardado"
        assert re.search(r"\d\d:\d\d", respuesta.json()["mensaje"])
        assert en_la_base(regla).resumen == "De antes."
        assert mesa.abrir("que-es")["resumen"] == ["A medias"]

    def test_un_nombre_de_casilla_que_la_base_no_admite_no_impide_guardar(self, mesa):
        datos = {**mesa.abrir("que-es"), "resumen": "A medias", "inventada\x00": "x"}

        assert mesa.autoguardar("que-es", datos).json()["estado"] == "guardado"
        assert mesa.abrir("que-es")["resumen"] == ["A medias"]
        assert "Tienes cambios sin guardar" in mesa.cliente.get(mesa.url("que-es")).text

    def test_descartarlo_vuelve_a_lo_guardado(self, mesa):
        mesa.autoguardar("que-es", {**mesa.abrir("que-es"), "resumen": "A medias"})
        mesa.escribir("que-es", "descartar")

        assert mesa.abrir("que-es")["resumen"] == ["De antes."]

    def test_el_borrador_de_una_no_lo_ve_la_otra_pero_sabe_que_existe(
        self, mesa, mesa_de_ana, enlace
    ):
        mesa.autoguardar("que-es", {**mesa.abrir("que-es"), "resumen": "Secreto"})

        assert mesa_de_ana.abrir("que-es")["resumen"] == ["De antes."]
        lista = mesa_de_ana.cliente.get(mesa_de_ana.url_regla).text
        assert f"{enlace.username} tiene cambios sin guardar" in lista

    def test_quien_vuelve_a_su_borrador_sigue_en_la_edicion_que_abrio(
        self, mesa, mesa_de_ana, regla
    ):
        mesa.autoguardar("que-es", {**mesa.abrir("que-es"), "resumen": "Lo mío"})
        mesa_de_ana.escribir("que-es", resumen="Lo de ana.")
        pagina = mesa.cliente.get(mesa.url("que-es"))

        assert "Desde entonces" in pagina.text
        assert mesa.mandar("que-es", de_la_pagina(pagina)).status_code == 409
        assert en_la_base(regla).resumen == "Lo de ana."

    def test_otra_pestana_no_encima_el_borrador_de_la_primera(self, mesa):
        una = mesa.abrir("que-es")
        otra = mesa.abrir("que-es")
        mesa.autoguardar("que-es", {**una, "resumen": "Una"})
        respuesta = mesa.autoguardar("que-es", {**otra, "resumen": "Otra"})

        assert (respuesta.status_code, respuesta.json()["estado"]) == (409, "otra_pestana")
        assert BorradorDeSeccion.objects.get().contenido["resumen"] == ["Una"]
        mesa.autoguardar("que-es", {**otra, "resumen": "Otra"}, aqui="1")
        assert BorradorDeSeccion.objects.get().contenido["resumen"] == ["Otra"]

    def test_la_misma_pestana_sigue_guardando_encima_de_lo_suyo(self, mesa):
        datos = mesa.abrir("que-es")
        visto = mesa.autoguardar("que-es", {**datos, "resumen": "Uno"}).json()["visto"]
        otra = mesa.autoguardar("que-es", {**datos, "resumen": "Uno dos", "visto": visto})

        assert otra.json()["estado"] == "guardado"

    def test_sin_sesion_lo_dice_y_no_guarda(self, mesa):
        datos = mesa.abrir("que-es")
        mesa.cliente.logout()
        respuesta = mesa.autoguardar("que-es", {**datos, "resumen": "X"})

        assert (respuesta.status_code, respuesta.json()) == (401, {"estado": "sin_sesion"})
        assert not BorradorDeSeccion.objects.exists()

    def test_demasiado_texto_se_niega_y_se_dice(self, mesa):
        datos = {**mesa.abrir("que-es"), "resumen": "x" * 400_001}

        assert mesa.autoguardar("que-es", datos).status_code == 422
        assert not BorradorDeSeccion.objects.exists()

    def test_un_cero_binario_no_rompe_el_borrador(self, mesa):
        respuesta = mesa.autoguardar("que-es", {**mesa.abrir("que-es"), "resumen": "a\x00b"})

        assert respuesta.json()["estado"] == "guardado"
        assert BorradorDeSeccion.objects.get().contenido["resumen"] == ["ab"]

    def test_no_lleva_la_llave_de_la_pagina_ni_los_comentarios(self, mesa):
        mas = {"csrfmiddlewaretoken": "x", "comentario-resumen": "Ojo"}
        mesa.autoguardar("que-es", {**mesa.abrir("que-es"), **mas})

        assert not set(mas) & set(BorradorDeSeccion.objects.get().contenido)

    def test_guardar_con_la_sesion_muerta_no_pierde_lo_enviado(self, mesa, regla, enlace):
        """Sin JavaScript: se vuelve a entrar y lo tecleado está en la página, sin haberse guardado."""
        datos = {**mesa.abrir("que-es"), "resumen": "Escrito con cuidado."}
        mesa.cliente.session.flush()
        respuesta = mesa.cliente.post(mesa.url("que-es"), datos)
        assert respuesta.url.startswith("/cuenta/entrar/")

        entrar(mesa.cliente, enlace)
        pagina = mesa.cliente.get(mesa.url("que-es"))
        assert "Escrito con cuidado." in pagina.text
        assert "Tu sesión se había terminado" in pagina.text
        assert en_la_base(regla).resumen == "De antes."
        mesa.mandar("que-es", de_la_pagina(pagina))
        assert en_la_base(regla).resumen == "Escrito con cuidado."
        assert "Tu sesión se había" not in mesa.cliente.get(mesa.url("que-es")).text

    def test_sin_haber_tenido_sesion_no_se_guarda_nada_de_nadie(self, regla):
        cliente = Client()
        cliente.post(
            f"/panel/programas/reglaoperacion/{regla.pk}/seccion/que-es/", {"resumen": "X"}
        )

        assert "sin_enviar" not in cliente.session


class TestPresencia:
    def test_quien_la_tiene_abierta_se_ve_en_la_lista_y_en_la_seccion(
        self, mesa, mesa_de_ana, enlace
    ):
        mesa.autoguardar("que-es", {}, latido="1")

        assert (
            f"ahora la tiene abierta {enlace.username}"
            in mesa_de_ana.cliente.get(mesa_de_ana.url_regla).text
        )
        assert (
            f"la tiene abierta {enlace.username}"
            in mesa_de_ana.cliente.get(mesa_de_ana.url("que-es")).text
        )
        assert not BorradorDeSeccion.objects.exists(), "un latido no guarda nada"

    def test_a_si_misma_no_se_ve(self, mesa, enlace):
        respuesta = mesa.autoguardar("que-es", {}, latido="1")

        assert respuesta.json()["presentes"] == []
        assert "la tiene abierta" not in mesa.cliente.get(mesa.url_regla).text

    def test_el_latido_dice_que_alguien_guardo(self, mesa, mesa_de_ana, ana):
        datos = mesa.abrir("que-es")
        mesa_de_ana.escribir("que-es", resumen="Lo de ana.")

        assert ana.username in mesa.autoguardar("que-es", datos, latido="1").json()["aviso"]

    def test_quien_se_fue_deja_de_verse(self, monkeypatch):
        presencia.anotar(1, "que-es", usuario="ana")
        assert presencia.presentes(1, ["que-es"]) == {"que-es": ("ana",)}

        despues = timezone.now() + datetime.timedelta(seconds=90)
        monkeypatch.setattr("programas.presencia.time.time", despues.timestamp)
        assert presencia.presentes(1, ["que-es"]) == {}

    def test_sin_redis_nadie_se_ve_y_todo_lo_demas_sigue(self, mesa, settings):
        settings.CACHES = {
            "default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}
        }
        cache.close()

        assert mesa.autoguardar("que-es", mesa.abrir("que-es")).json()["estado"] == "guardado"
        assert mesa.cliente.get(mesa.url_regla).status_code == 200
