"""Partir de lo del año pasado, conversar sobre un campo, ver cómo queda, y modificar lo publicado."""

from __future__ import annotations

import datetime
import io

import docx
import pytest
from django.urls import reverse

from programas.consultas import impresos
from programas.estados import EstadoRegla as E
from programas.materia import REGLA
from programas.models import CampoRevisado, ReglaOperacion
from programas.servicios import captura
from sibis.cuentas import roles
from sibis.documentos import word
from sibis.revision.models import Observacion, Respuesta
from sibis.revision.servicios.expediente import expediente_de
from tests.fabricas import programas as f
from tests.fabricas.cuentas import con_rol, entrar
from tests.fabricas.revision import ObservacionFactory
from tests.programas.captura import Escritorio

pytestmark = pytest.mark.django_db


@pytest.fixture
def publicada(dependencia):
    return f.ReglaFactory(
        completa=True, publicada=True, programa__dependencia=dependencia, queja="En la contraloría."
    )


@pytest.fixture
def regla(publicada, enlace):
    return captura.nueva_version(publicada, por=enlace, ejercicio=2026)


@pytest.fixture
def mesa(client, enlace, regla):
    entrar(client, enlace)
    return Escritorio(client, regla)


class TestCopiado:
    def test_lo_copiado_se_marca_y_se_cuenta(self, mesa):
        pagina = mesa.cliente.get(mesa.url("que-es")).text
        assert pagina.count("Copiado de 2025, sin revisar.") == 3
        lista = mesa.cliente.get(mesa.url_regla)
        assert lista.context["lista"].sin_revisar > 5
        assert "copiados de 2025</strong>, sin revisar" in lista.text

    def test_confirmar_uno_quita_su_marca_y_dice_quien(self, mesa, regla, enlace):
        mesa.escribir("que-es", "revisado:resumen")

        assert [(x.campo, x.quien) for x in CampoRevisado.objects.all()] == [("resumen", enlace)]
        pagina = mesa.cliente.get(mesa.url("que-es")).text
        assert pagina.count("Copiado de 2025, sin revisar.") == 2
        assert f"lo revisó {enlace.username}" in pagina

    def test_confirmar_todos_los_de_la_seccion_y_repetirlo(self, mesa):
        mesa.escribir("que-es", "revisado:todos")
        mesa.escribir("que-es", "revisado:todos")

        assert "sin revisar" not in mesa.cliente.get(mesa.url("que-es")).text

    def test_cambiarlo_tambien_quita_la_marca_y_ensena_que_cambio(self, mesa):
        mesa.escribir("que-es", resumen="Da dinero para la universidad.")
        pagina = mesa.cliente.get(mesa.url("que-es")).text

        assert pagina.count("Copiado de 2025, sin revisar.") == 2
        assert "<ins>universidad.</ins>" in pagina
        assert "<del>escuela.</del>" in pagina

    def test_una_regla_que_no_se_copio_no_lleva_marcas(self, client, enlace, publicada):
        nueva = captura.iniciar(
            publicada.programa,
            ejercicio=2027,
            nombre=publicada.nombre,
            dependencia=publicada.dependencia,
            por=enlace,
        )
        entrar(client, enlace)
        ReglaOperacion.objects.filter(pk=nueva.pk).update(resumen=publicada.resumen)

        pagina = client.get(Escritorio(client, nueva).url("que-es")).text
        assert "sin revisar" not in pagina

    def test_no_se_confirma_un_campo_de_otra_seccion(self, mesa):
        mesa.escribir("que-es", "revisado:queja")

        assert not CampoRevisado.objects.exists()

    def test_que_cambio_lo_dice_campo_por_campo(self, mesa):
        mesa.escribir("que-es", resumen="Otra cosa muy distinta.")
        pagina = mesa.cliente.get(reverse("admin:programas_regla_cambios", args=[mesa.regla.pk]))

        assert "Otra cosa muy distinta." in pagina.text
        assert "distinto de 2025" in pagina.text


class TestConversacion:
    @pytest.fixture
    def observada(self, regla, rectora):
        autora = con_rol(roles.ValidacionSIBISO, en=rectora)
        observacion = ObservacionFactory(
            expediente=expediente_de(REGLA, regla),
            campo="resumen",
            texto="Falta decir cuánto.",
            organo=rectora,
            autor=autora,
            notificada_en=datetime.datetime(2026, 1, 5, tzinfo=datetime.UTC),
        )
        ReglaOperacion.objects.filter(pk=regla.pk).update(estado=E.ENVIADO)
        for estado in (E.EN_REVISION, E.OBSERVADO):
            ReglaOperacion.objects.filter(pk=regla.pk).update(estado=estado)
        return observacion

    def test_un_comentario_queda_en_su_campo_y_solo_lo_ve_la_dependencia(
        self, mesa, validadora, regla
    ):
        mesa.escribir("que-es", "comentar:resumen", **{"comentario-resumen": "¿Y la beca?"})

        assert "¿Y la beca?" in mesa.cliente.get(mesa.url("que-es")).text
        comentario = Observacion.objects.get()
        assert (comentario.campo, comentario.clase) == ("resumen", "comentario")
        entrar(mesa.cliente, validadora)
        assert "¿Y la beca?" not in mesa.cliente.get(mesa.url_regla).text

    def test_comentar_no_pierde_lo_tecleado(self, mesa):
        mesa.escribir(
            "que-es", "comentar:resumen", resumen="A medias", **{"comentario-resumen": "Ojo"}
        )

        assert mesa.abrir("que-es")["resumen"] == ["A medias"]

    def test_un_comentario_se_guarda_sin_lo_que_la_base_no_admite(self, mesa):
        mesa.escribir("que-es", "comentar:resumen", **{"comentario-resumen": "¿Y la\x00 beca?"})

        assert Observacion.objects.get().texto == "¿Y la beca?"

    def test_un_comentario_vacio_se_explica(self, mesa):
        respuesta = mesa.cliente.post(
            mesa.url("que-es"), {**mesa.abrir("que-es"), "accion": "comentar:resumen"}, follow=True
        )

        assert "está vacío" in respuesta.text

    def test_lo_observado_se_lee_y_se_contesta_en_su_campo(self, mesa, observada):
        pagina = mesa.cliente.get(mesa.url("que-es")).text
        assert "Falta decir cuánto." in pagina
        assert "Por contestar." in pagina
        assert "1 observación por contestar" in mesa.cliente.get(mesa.url_regla).text

        campo = f"respuesta-{observada.pk}"
        mesa.escribir("que-es", f"responder:{observada.pk}", **{campo: "Ya dice 600."})

        assert Respuesta.objects.get().texto == "Ya dice 600."
        assert "por contestar" not in mesa.cliente.get(mesa.url_regla).text

    def test_lo_que_no_se_ha_notificado_no_se_ve(self, mesa, observada):
        oculta = ObservacionFactory(
            expediente=observada.expediente,
            campo="resumen",
            texto="Todavía no.",
            organo=observada.organo,
            autor=observada.autor,
        )

        assert "Todavía no." not in mesa.cliente.get(mesa.url("que-es")).text
        campo = f"respuesta-{oculta.pk}"
        mesa.escribir("que-es", f"responder:{oculta.pk}", **{campo: "Hola"})
        assert not Respuesta.objects.exists()

    def test_la_observacion_de_otra_regla_no_se_contesta_aqui(self, mesa):
        ajena = ObservacionFactory()
        mesa.escribir("que-es", f"responder:{ajena.pk}", **{f"respuesta-{ajena.pk}": "X"})

        assert not Respuesta.objects.exists()


class TestVistaPrevia:
    def test_es_la_pagina_publica_con_su_listón_y_sin_indexarse(self, mesa):
        respuesta = mesa.cliente.get(reverse("admin:programas_regla_vista", args=[mesa.regla.pk]))

        assert respuesta.status_code == 200
        assert "Borrador, sin publicar." in respuesta.text
        assert "Da dinero para la escuela." in respuesta.text
        assert 'content="noindex' in respuesta.text
        assert respuesta["X-Robots-Tag"] == "noindex"
        assert "no-store" in respuesta["Cache-Control"]
        assert 'rel="canonical"' not in respuesta.text
        assert "el más reciente" not in respuesta.text
        assert "/programas/" + mesa.regla.programa.slug not in respuesta.text.split("</header>")[1]

    def test_lo_de_otra_dependencia_no_se_ve_y_nada_se_ve_sin_sesion(self, client, regla):
        url = reverse("admin:programas_regla_vista", args=[regla.pk])
        assert client.get(url).status_code == 302
        entrar(client, con_rol(roles.EnlaceDeDependencia))
        assert client.get(url).status_code == 404
        documento = reverse("admin:programas_regla_documento", args=[regla.pk, "pdf"])
        assert client.get(documento).status_code == 404

    def test_lo_publicado_no_tiene_vista_previa(self, mesa, publicada):
        url = reverse("admin:programas_regla_vista", args=[publicada.pk])

        assert mesa.cliente.get(url).status_code == 404

    def test_el_documento_lleva_su_marca_y_no_da_enlace_permanente(self, regla):
        html = impresos._html_de_borrador(regla.pk)
        assert 'class="marca-de-agua"' in html
        assert "http" not in html.split("procedencia")[-1]

        hoja = docx.Document(io.BytesIO(word.desde_json(impresos._json_de_borrador(regla.pk))))
        assert "BORRADOR" in [p.text for p in hoja.sections[0].header.paragraphs]

    def test_el_documento_de_borrador_no_se_hace_de_lo_publicado(self, publicada):
        with pytest.raises(ReglaOperacion.DoesNotExist):
            impresos._html_de_borrador(publicada.pk)
