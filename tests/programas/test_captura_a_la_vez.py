"""Dos personas, dos pestañas, una sesión muerta: nada se encima y nada se pierde."""

from __future__ import annotations

import pytest
from django.test import Client

from programas.estados import EstadoRegla as E
from programas.models import BorradorDeSeccion, EdicionDeSeccion, ReglaOperacion
from programas.servicios import captura
from sibis.cuentas import roles
from sibis.nucleo.errores import EdicionConcurrente, TransicionInvalida
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


class TestServicio:
    def escribe(self, regla, **valores):
        return lambda: ReglaOperacion.objects.filter(pk=regla.pk).update(**valores)

    def guardar(self, regla, por, seccion="que-es", edicion=0, **valores):
        captura.guardar(
            regla,
            seccion=seccion,
            edicion=edicion,
            por=por,
            escribir=self.escribe(regla, **valores),
        )

    def test_dos_secciones_distintas_se_guardan_desde_la_misma_edicion(self, regla, enlace, ana):
        self.guardar(regla, enlace, "que-es", resumen="Uno.")
        self.guardar(regla, ana, "acceso", queja="Dos.")

        regla = en_la_base(regla)
        assert (regla.resumen, regla.queja, regla.edicion) == ("Uno.", "Dos.", 2)
        assert {(e.seccion, e.numero, e.quien) for e in EdicionDeSeccion.objects.all()} == {
            ("que-es", 1, enlace),
            ("acceso", 1, ana),
        }

    def test_la_misma_seccion_desde_la_misma_edicion_no(self, regla, enlace, ana):
        self.guardar(regla, ana, resumen="Uno.")

        with pytest.raises(EdicionConcurrente):
            self.guardar(regla, enlace, resumen="Dos.")
        assert en_la_base(regla).resumen == "Uno."
        assert en_la_base(regla).edicion == 1

    def test_guardar_la_regla_entera_avisa_a_quien_tenga_cualquier_seccion(
        self, regla, enlace, ana
    ):
        captura.guardar(regla, edicion=0, por=ana, escribir=lambda: None)

        with pytest.raises(EdicionConcurrente):
            self.guardar(regla, enlace, "acceso", queja="X.")

    def test_si_ya_se_envio_se_dice_en_que_esta(self, regla, enlace):
        ReglaOperacion.objects.filter(pk=regla.pk).update(estado=E.ENVIADO)

        with pytest.raises(TransicionInvalida, match="enviado"):
            self.guardar(regla, enlace, resumen="X.")
        assert not EdicionDeSeccion.objects.exists()


class TestChoque:
    def test_el_segundo_ve_los_dos_textos_y_nada_se_encima(self, mesa, mesa_de_ana, regla, ana):
        mios = mesa.abrir("que-es")
        mesa_de_ana.escribir("que-es", resumen="Lo de ana.")
        respuesta = mesa.mandar("que-es", {**mios, "resumen": "Lo mío."})

        assert respuesta.status_code == 409
        assert "Lo de ana." in respuesta.text
        assert "Lo mío." in respuesta.text
        assert ana.username in respuesta.text
        assert en_la_base(regla).resumen == "Lo de ana."
        assert BorradorDeSeccion.objects.get().contenido["resumen"] == ["Lo mío."]

    @pytest.mark.parametrize(("cual", "queda"), [("suyo", "Lo de ana."), ("mio", "Lo mío.")])
    def test_elige_y_guarda(self, mesa, mesa_de_ana, regla, cual, queda):
        mios = mesa.abrir("que-es")
        mesa_de_ana.escribir("que-es", resumen="Lo de ana.")
        choque = mesa.mandar("que-es", {**mios, "resumen": "Lo mío."})
        datos = {**de_la_pagina(choque), "conflicto": "resumen", "elegir-resumen": cual}

        assert mesa.mandar("que-es", datos).status_code == 302
        assert en_la_base(regla).resumen == queda
        assert not BorradorDeSeccion.objects.exists()

    def test_puede_combinar_los_dos(self, mesa, mesa_de_ana, regla):
        mios = mesa.abrir("que-es")
        mesa_de_ana.escribir("que-es", resumen="Lo de ana.")
        choque = mesa.mandar("que-es", {**mios, "resumen": "Lo mío."})
        datos = {
            **de_la_pagina(choque),
            "conflicto": "resumen",
            "elegir-resumen": "mio",
            "resumen": "Lo de ana y lo mío.",
        }
        mesa.mandar("que-es", datos)

        assert en_la_base(regla).resumen == "Lo de ana y lo mío."

    def test_sin_elegir_no_se_guarda_y_se_dice_cual_falta(self, mesa, mesa_de_ana, regla):
        mios = mesa.abrir("que-es")
        mesa_de_ana.escribir("que-es", resumen="Lo de ana.", objetivo="De ana.")
        choque = mesa.mandar("que-es", {**mios, "resumen": "Lo mío.", "objetivo": "Mío."})
        assert choque.context["choque"].por_elegir == ("resumen", "objetivo")
        datos = {
            **de_la_pagina(choque),
            "conflicto": "resumen,objetivo",
            "elegir-resumen": "suyo",
        }
        otra = mesa.mandar("que-es", datos)

        assert otra.status_code == 409
        assert otra.context["choque"].por_elegir == ("objetivo",)
        assert en_la_base(regla).objetivo == "De ana."
        datos = {**de_la_pagina(otra), "conflicto": "objetivo", "elegir-objetivo": "mio"}
        mesa.mandar("que-es", datos)
        assert (en_la_base(regla).resumen, en_la_base(regla).objetivo) == ("Lo de ana.", "Mío.")

    def test_campos_distintos_se_juntan_pero_se_ensenan_antes(self, mesa, mesa_de_ana, regla):
        mios = mesa.abrir("que-es")
        mesa_de_ana.escribir("que-es", resumen="Lo de ana.")
        choque = mesa.mandar("que-es", {**mios, "objetivo": "Lo mío."})

        assert choque.status_code == 409
        assert (choque.context["choque"].por_elegir, choque.context["choque"].suyos) == (
            (),
            ("resumen",),
        )
        assert en_la_base(regla).objetivo == "Objetivo."
        mesa.mandar("que-es", de_la_pagina(choque))
        regla = en_la_base(regla)
        assert (regla.resumen, regla.objetivo) == ("Lo de ana.", "Lo mío.")

    def test_una_lista_se_elige_entera(self, mesa, mesa_de_ana, regla):
        f.RequisitoFactory(regla=regla, texto="A")
        mios = mesa.abrir("requisitos")
        mesa_de_ana.escribir("requisitos", **{"requisitos-0-texto": "De ana"})
        choque = mesa.mandar("requisitos", {**mios, "requisitos-0-texto": "Mío"})
        assert choque.context["choque"].por_elegir == ("requisitos",)
        datos = {**de_la_pagina(choque), "conflicto": "requisitos", "elegir-requisitos": "suyo"}
        mesa.mandar("requisitos", datos)

        assert [r.texto for r in regla.requisitos.all()] == ["De ana"]

    @pytest.mark.parametrize("mal", [{"bases": ""}, {"bases": "[1]"}, {"base_edicion": "x"}])
    def test_sin_saber_desde_donde_se_escribe_se_pregunta_en_lugar_de_encimar(
        self, mesa, mesa_de_ana, regla, mal
    ):
        mios = mesa.abrir("que-es")
        mesa_de_ana.escribir("que-es", resumen="Lo de ana.")
        choque = mesa.mandar("que-es", {**mios, "resumen": "Lo mío.", **mal})

        assert choque.status_code == 409
        assert en_la_base(regla).resumen == "Lo de ana."

    def test_con_otra_seccion_no_hay_choque(self, mesa, mesa_de_ana, regla):
        mios = mesa.abrir("acceso")
        mesa_de_ana.escribir("que-es", resumen="Lo de ana.")

        assert mesa.mandar("acceso", {**mios, "queja": "Mía."}).status_code == 302
        assert (en_la_base(regla).resumen, en_la_base(regla).queja) == ("Lo de ana.", "Mía.")
