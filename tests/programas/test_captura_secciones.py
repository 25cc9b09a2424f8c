"""Escribir una regla por secciones, sin JavaScript: guardar, corregir, y lo que no procede."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from programas.consultas.secciones import secciones_de
from programas.estados import EstadoRegla as E
from programas.models import BorradorDeSeccion, EdicionDeSeccion, ReglaOperacion
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from tests.fabricas import programas as f
from tests.fabricas.cuentas import con_rol, entrar
from tests.fabricas.territorio import AlcaldiaFactory
from tests.programas.captura import Escritorio

pytestmark = pytest.mark.django_db


@pytest.fixture
def regla(dependencia):
    for numeral in ("1", "1.1", "2"):
        f.ApartadoFactory(numeral=numeral)
    return f.ReglaFactory(programa__dependencia=dependencia)


@pytest.fixture
def mesa(client, enlace, regla):
    entrar(client, enlace)
    return Escritorio(client, regla)


def de_la_base(regla) -> ReglaOperacion:
    return ReglaOperacion.objects.get(pk=regla.pk)


class TestGuardar:
    def test_guarda_los_campos_de_la_seccion_y_va_a_la_siguiente(self, mesa, regla):
        derecho = f.DerechoSocialFactory()
        respuesta = mesa.escribir(
            "que-es",
            "guardar:siguiente",
            resumen="Da dinero.",
            objetivo="Que estudie.",
            derechos=[derecho.pk],
        )

        assert respuesta.url == mesa.url("para-quien")
        regla = de_la_base(regla)
        assert (regla.resumen, regla.objetivo) == ("Da dinero.", "Que estudie.")
        assert list(regla.derechos.all()) == [derecho]
        evento = Evento.objects.get()
        assert (evento.tipo, evento.detalle["seccion"]) == ("regla.guardada", "que-es")

    def test_la_edad_se_escribe_en_anios_y_meses(self, mesa, regla):
        mesa.escribir("para-quien", edad_0="15", edad_1="6", edad_2="64", sexo="mujer")

        regla = de_la_base(regla)
        assert (regla.edad_min_meses, regla.edad_max_meses) == (186, 779)
        assert mesa.abrir("para-quien")["edad_2"] == ["64"]

    def test_el_dinero_se_escribe_con_comas_y_los_trimestres_suman(self, mesa, regla):
        trimestres = {f"presupuesto_trimestres_{n}": "250,000.125"[:-1] for n in range(4)}
        respuesta = mesa.escribir("dinero", presupuesto_aprobado="$1,000,000.48", **trimestres)

        assert respuesta.status_code == 302
        regla = de_la_base(regla)
        assert regla.presupuesto_aprobado == Decimal("1000000.48")
        assert regla.presupuesto_trimestres == [Decimal("250000.12")] * 4

    def test_trimestres_que_no_suman_dicen_por_cuanto(self, mesa, regla):
        trimestres = {f"presupuesto_trimestres_{n}": "100" for n in range(4)}
        respuesta = mesa.escribir("dinero", presupuesto_aprobado="1,000", **trimestres)

        assert respuesta.status_code == 422
        assert "suman $400 y el aprobado es $1,000: $600 de diferencia" in respuesta.text
        assert de_la_base(regla).presupuesto_aprobado is None

    @pytest.mark.parametrize("texto", ["1.234,50", "mil", "1,23", "-5", "9" * 20, "1.234"])
    def test_un_importe_que_no_se_entiende_se_dice_y_no_se_adivina(self, mesa, regla, texto):
        respuesta = mesa.escribir("dinero", presupuesto_aprobado=texto)

        assert respuesta.status_code == 422
        assert 'href="#id_presupuesto_aprobado"' in respuesta.text
        assert texto in respuesta.text, "lo tecleado sigue en la página"
        assert de_la_base(regla).presupuesto_aprobado is None

    def test_con_un_error_nada_se_guarda_y_lo_tecleado_queda_de_borrador(self, mesa, regla, enlace):
        mesa.escribir("para-quien", edad_0="30", edad_2="20", residencia_detalle="Aquí.")

        assert de_la_base(regla).residencia_detalle == ""
        borrador = BorradorDeSeccion.objects.get(regla=regla, usuario=enlace)
        assert borrador.contenido["residencia_detalle"] == ["Aquí."]
        assert "Aquí." in mesa.cliente.get(mesa.url("para-quien")).text

    def test_las_poblaciones_caben_unas_en_otras(self, mesa, regla):
        respuesta = mesa.escribir(
            "poblaciones",
            **{"poblacion-objetivo-total": "1,000", "poblacion-beneficiaria-total": "1,001"},
        )

        assert respuesta.status_code == 422
        assert "Son más personas que las de la población objetivo" in respuesta.text
        assert not regla.poblaciones.exists()

    def test_mujeres_y_hombres_no_pasan_del_total(self, mesa, regla):
        datos = {"total": "10", "mujeres": "6", "hombres": "5"}
        respuesta = mesa.escribir(
            "poblaciones", **{f"poblacion-objetivo-{c}": v for c, v in datos.items()}
        )

        assert "suman más que el total" in respuesta.text
        assert not regla.poblaciones.exists()

    def test_una_poblacion_en_blanco_no_se_guarda_y_la_que_se_vacia_se_quita(self, mesa, regla):
        mesa.escribir("poblaciones", **{"poblacion-objetivo-total": "10"})
        assert [(p.clase, p.total) for p in regla.poblaciones.all()] == [("objetivo", 10)]

        mesa.escribir("poblaciones", **{"poblacion-objetivo-total": ""})
        assert not regla.poblaciones.exists()

    def test_un_capitulo_guarda_cada_numeral_y_quita_el_que_se_vacia(self, mesa, regla):
        mesa.escribir("capitulo-rop-1", **{"rop-1": "Uno.", "rop-1-1": "Uno uno."})
        assert {t.apartado.clave: t.texto for t in regla.textos.all()} == {
            "rop-1": "Uno.",
            "rop-1-1": "Uno uno.",
        }

        mesa.escribir("capitulo-rop-1", **{"rop-1": ""})
        assert [t.apartado.clave for t in regla.textos.all()] == ["rop-1-1"]

    def test_guardar_descarta_el_borrador_propio_y_no_el_ajeno(self, mesa, regla, enlace):
        otra = con_rol(roles.EnlaceDeDependencia, en=regla.dependencia)
        for usuario in (enlace, otra):
            BorradorDeSeccion.objects.create(regla=regla, seccion="que-es", usuario=usuario)

        mesa.escribir("que-es", resumen="Ya.")

        assert [b.usuario for b in BorradorDeSeccion.objects.all()] == [otra]

    def test_guardar_una_seccion_no_toca_las_demas(self, mesa, regla):
        datos = mesa.abrir("que-es")
        ReglaOperacion.objects.filter(pk=regla.pk).update(queja="En la contraloría.")

        mesa.mandar("que-es", {**datos, "resumen": "Otra cosa."})

        assert de_la_base(regla).queja == "En la contraloría."


class TestAccion:
    @pytest.fixture
    def regla(self, dependencia):
        f.ApartadoFactory(numeral="1", clave="accion-1", aplica_a="accion")
        f.ApartadoFactory(numeral="1", clave="rop-1", aplica_a="programa")
        accion = f.ProgramaFactory(accion=True, dependencia=dependencia)
        return f.ReglaFactory(programa=accion)

    def test_es_mas_corta_y_lleva_su_propia_numeracion(self, regla):
        claves = [s.clave for s in secciones_de(regla)]

        assert "alineaciones" not in claves
        assert [c for c in claves if c.startswith("capitulo-")] == ["capitulo-accion-1"]

    def test_lleva_fechas_en_lugar_de_trimestres(self, mesa, regla):
        assert "presupuesto_trimestres_0" not in mesa.abrir("dinero")
        mesa.escribir("dinero", fecha_inicio="2025-11-01", fecha_fin="2025-12-31")

        assert de_la_base(regla).fecha_fin == datetime.date(2025, 12, 31)

    def test_su_clave_lleva_as(self, mesa, regla):
        respuesta = mesa.escribir("nombre", clave_oficial="002_35C001_A")

        assert "La clave no corresponde al tipo" in respuesta.text
        mesa.escribir("nombre", clave_oficial="2025_AS_002_02CD14")
        assert de_la_base(regla).clave_oficial == "2025_AS_002_02CD14"

    def test_una_fecha_en_otra_seccion_no_estorba_a_esta(self, mesa, regla):
        """Un programa con fechas heredadas es inválido, pero no por su nombre."""
        regla.programa.tipo = "programa"
        regla.programa.save()
        ReglaOperacion.objects.filter(pk=regla.pk).update(fecha_inicio=datetime.date(2025, 1, 1))

        assert mesa.escribir("nombre", nombre="Otro").status_code == 302


class TestQuien:
    def test_la_de_otra_dependencia_no_existe(self, client, regla):
        entrar(client, con_rol(roles.EnlaceDeDependencia))
        mesa = Escritorio(client, regla)

        assert client.get(mesa.url_regla).status_code == 404
        for url in (mesa.url("que-es"), mesa.url("que-es", "borrador")):
            assert client.post(url).status_code == 404

    def test_quien_no_captura_la_lee_y_no_la_escribe(self, client, titular, regla):
        entrar(client, titular)
        mesa = Escritorio(client, regla)

        assert client.get(mesa.url("que-es")).url == mesa.url_regla
        assert mesa.mandar("que-es", {"resumen": "X", "base_edicion": "0"}).url == mesa.url_regla
        assert de_la_base(regla).resumen == ""
        assert mesa.autoguardar("que-es", {"resumen": "X"}).status_code == 403

    def test_una_seccion_que_no_existe_no_existe(self, mesa):
        assert mesa.cliente.get(mesa.url("otra")).status_code == 404
        assert mesa.cliente.get(mesa.url("modificacion")).status_code == 404

    def test_si_se_envio_mientras_se_escribia_lo_escrito_se_conserva_y_se_dice(
        self, mesa, regla, enlace
    ):
        datos = mesa.abrir("que-es")
        ReglaOperacion.objects.filter(pk=regla.pk).update(estado=E.ENVIADO)
        respuesta = mesa.cliente.post(
            mesa.url("que-es"), {**datos, "resumen": "Tarde."}, follow=True
        )

        assert "Lo que escribiste se conserva aparte" in respuesta.text
        assert mesa.url("que-es") in respuesta.text
        assert de_la_base(regla).resumen == ""
        pagina = mesa.cliente.get(mesa.url("que-es")).text
        assert "Tarde." in pagina
        assert "ya no se edita" in pagina


def test_un_get_de_la_captura_no_escribe(mesa, regla, django_assert_num_queries):
    from django.db import connection

    from tests.conftest import negar_escrituras

    mesa.cliente.get(mesa.url_regla)  # la sesión se alarga en la primera
    with connection.execute_wrapper(negar_escrituras):
        for url in (mesa.url_regla, *(mesa.url(s.clave) for s in secciones_de(regla))):
            assert mesa.cliente.get(url).status_code == 200
    assert not EdicionDeSeccion.objects.exists()


def test_toda_casilla_de_alcaldias_se_ofrece(mesa):
    AlcaldiaFactory(clave="09007", nombre="Iztapalapa")

    assert "Iztapalapa" in mesa.cliente.get(mesa.url("para-quien")).text
