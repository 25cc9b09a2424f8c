"""La historia de una regla: oraciones que se leen, cambios campo por campo, y su cadena intacta."""

from __future__ import annotations

import pghistory
import pytest
from django.core.management import call_command
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programas.models import Apoyo, ReglaOperacion, Requisito
from sibis.cuentas import roles
from sibis.expedientes.cambios import ediciones_de
from sibis.expedientes.consultas import linea_de_tiempo, por_dia
from tests.fabricas import programas as f
from tests.fabricas.bitacora import EventoFactory
from tests.fabricas.cuentas import UsuarioFactory, con_rol, entrar

pytestmark = pytest.mark.django_db

REGLA = "programas.reglaoperacion"


def url(regla) -> str:
    return reverse("historia:objeto", args=[REGLA, regla.pk])


class TestElCaminoEntero:
    def test_cada_paso_se_lee_como_oracion_y_dice_la_version(
        self, recorrida, enlace, titular, validadora
    ):
        frases = [r.frase for r in linea_de_tiempo([(REGLA, recorrida.pk)])][::-1]

        v = f"la versión {recorrida.version} de {recorrida.ejercicio}"
        esperadas = [
            f"{enlace} abrió {v}",
            f"{enlace} guardó cambios en {v}",
            f"{titular} firmó y envió {v}",
            f"{validadora} tomó para revisión {v}",
            f"{validadora} escribió una observación en «Qué es»",
            f"{validadora} regresó con observaciones {v}",
            f"{titular} contestó la observación de «Qué es»",
            f"{titular} envió corregida {v}",
            f"{validadora} dio por resuelta la observación de «Qué es»",
            f"{validadora} validó {v}",
        ]
        assert [
            x.replace("la versión", "la versión") for x in frases[: len(esperadas)]
        ] == esperadas
        assert f"{validadora} publicó {v}" in frases
        assert "quedó firmado y guardado" in frases[-1]
        sin_leer = [x for x in frases if "—" in x or "{" in x or REGLA.split(".")[1] in x]
        assert sin_leer == []

    def test_la_cadena_de_la_bitacora_se_verifica(self, recorrida, capsys):
        call_command("sellar_bitacora")
        call_command("verificar_bitacora")

        assert "Íntegra" in capsys.readouterr().out

    def test_se_agrupa_por_dia_y_se_pinta_sin_javascript(self, recorrida):
        renglones = linea_de_tiempo([(REGLA, recorrida.pk)])
        dias = por_dia(renglones)
        plantilla = "{% load linea_de_tiempo %}{% linea_de_tiempo r titulo='Historia' abierta=0 %}"
        html = Template(plantilla).render(Context({"r": renglones}))

        assert sum(len(d.renglones) for d in dias) == len(renglones)
        assert html.count("<li>") == len(renglones)
        assert "<details" in html
        assert "<script" not in html


class TestLineaDeTiempo:
    def test_las_lecturas_de_datos_no_salen(self):
        EventoFactory(tipo="lectura.persona", objeto_tipo=REGLA, objeto_id="1")
        EventoFactory(tipo="regla.enviar", objeto_tipo=REGLA, objeto_id="1")

        assert len(linea_de_tiempo([(REGLA, 1)])) == 1

    def test_varios_objetos_y_el_doble_de_hechos_en_una_consulta(self):
        def cuantas() -> int:
            with CaptureQueriesContext(connection) as hechas:
                assert linea_de_tiempo([(REGLA, 1), (REGLA, 2)])
            return len(hechas)

        for numero in ("1", "2"):
            EventoFactory(tipo="regla.enviar", objeto_tipo=REGLA, objeto_id=numero)
        antes = cuantas()
        for numero in ("1", "2", "2"):
            EventoFactory(tipo="regla.enviar", objeto_tipo=REGLA, objeto_id=numero)
        assert cuantas() == antes == 1

    def test_sin_objetos_no_pregunta_y_con_limite_da_lo_ultimo(self):
        for _n in range(3):
            EventoFactory(tipo="regla.enviar", objeto_tipo=REGLA, objeto_id="1")

        assert linea_de_tiempo([]) == []
        assert len(linea_de_tiempo([(REGLA, 1)], limite=2)) == 2

    def test_una_via_desconocida_no_truena(self):
        EventoFactory(tipo="regla.enviar", objeto_tipo=REGLA, objeto_id="1", via="paloma")

        assert linea_de_tiempo([(REGLA, 1)])[0].via == ""


class TestQueCambio:
    @pytest.fixture
    def regla(self):
        return f.ReglaFactory(completa=True)

    def editar(self, regla, **cambios):
        ReglaOperacion.objects.filter(pk=regla.pk).update(**cambios)

    def test_dice_quien_que_campo_antes_y_despues(self, regla):
        ana = UsuarioFactory(username="ana")
        with pghistory.context(user=ana.pk):
            self.editar(regla, resumen="Otra cosa.", residencia="alcaldia", queja="")

        edicion = ediciones_de(ReglaOperacion, regla.pk)[0]
        cambios = {c.campo: (c.antes, c.despues) for c in edicion.cambios}
        assert edicion.quien == "ana"
        assert cambios["qué es"] == ("Da dinero para la escuela.", "Otra cosa.")
        assert cambios["dónde quejarse o inconformarse"] == ("En la contraloría interna.", "vacío")
        assert cambios["residencia"][1] != "alcaldia"  # como se lee, no como se guarda
        assert set(cambios) == {"qué es", "residencia", "dónde quejarse o inconformarse"}

    def test_tambien_lo_que_se_agrega_cambia_y_se_quita_de_sus_secciones(self, regla):
        requisito = Requisito.objects.get(regla=regla)
        with pghistory.context(user=1):
            f.RequisitoFactory(regla=regla, texto="Ser mayor de edad")
        with pghistory.context(user=2):
            Requisito.objects.filter(pk=requisito.pk).update(texto="Vivir aquí")
        with pghistory.context(user=3):
            Requisito.objects.filter(pk=requisito.pk).delete()

        dichos = [
            (c.objeto, c.campo, c.antes, c.despues)
            for e in ediciones_de(ReglaOperacion, regla.pk)
            for c in e.cambios
        ]
        assert any(
            o.startswith("requisito") and a == "" and "Ser mayor" in d for o, _c, a, d in dichos
        )
        assert any(a == "Vivir en la ciudad" and d == "Vivir aquí" for _o, _c, a, d in dichos)
        assert any(d == "" and "Vivir aquí" in a for _o, _c, a, d in dichos)

    def test_lo_que_cita_un_catalogo_sale_con_su_nombre(self, regla):
        otro = f.TipoDeApoyoFactory(clave="despensa", nombre="Despensa")
        Apoyo.objects.filter(regla=regla).update(tipo=otro)

        despues = [c.despues for e in ediciones_de(ReglaOperacion, regla.pk) for c in e.cambios]
        assert "Despensa" in despues

    def test_los_pasos_y_los_sellos_no_son_ediciones(self, recorrida):
        campos = {c.campo for e in ediciones_de(ReglaOperacion, recorrida.pk) for c in e.cambios}

        assert "qué es" in campos
        assert not campos & {"estado", "enviado en", "validado por", "versión"}

    def test_el_doble_de_cambios_cuesta_las_mismas_consultas(self, regla):
        def cuantas() -> int:
            with CaptureQueriesContext(connection) as hechas:
                assert ediciones_de(ReglaOperacion, regla.pk)
            return len(hechas)

        ana = UsuarioFactory()
        with pghistory.context(user=ana.pk):
            self.editar(regla, resumen="Uno.")
            Apoyo.objects.filter(regla=regla).update(tipo=f.TipoDeApoyoFactory(clave="uno"))
        antes = cuantas()
        for numero in range(4):
            with pghistory.context(user=ana.pk):
                self.editar(regla, resumen=f"Dos {numero}.")
                tipo = f.TipoDeApoyoFactory(clave=f"otro-{numero}")
                Apoyo.objects.filter(regla=regla).update(tipo=tipo)
        assert cuantas() == antes

    def test_un_modelo_sin_historia_no_tiene_ediciones(self, db):
        assert ediciones_de(type(UsuarioFactory()), 1) == []


class TestLaPagina:
    def test_la_ve_quien_ve_la_regla(self, client, recorrida, enlace):
        entrar(client, enlace)
        dicho = client.get(url(recorrida)).content.decode()

        assert "firmó y envió la versión" in dicho
        assert "Da dinero cada mes para la escuela." in dicho

    def test_de_otra_dependencia_no_existe(self, client, recorrida):
        entrar(client, con_rol(roles.EnlaceDeDependencia))

        assert client.get(url(recorrida)).status_code == 404

    @pytest.mark.parametrize(
        "ruta",
        [
            "programas.reglaoperacion/999999",
            "programas.reglaoperacion/x",
            "programas.noexiste/1",
            "sin-punto/1",
            "bitacora.eslabon/1",
            "a.b.c/1",
        ],
    )
    def test_lo_que_no_existe_contesta_404(self, client, enlace, ruta):
        entrar(client, enlace)

        assert client.get(f"/panel/historia/{ruta}/").status_code == 404

    def test_quien_no_ve_ese_modelo_tampoco_su_historia(self, client, enlace):
        otra = con_rol(roles.Finanzas)
        entrar(client, enlace)

        assert client.get(f"/panel/historia/cuentas.usuario/{otra.pk}/").status_code == 404
