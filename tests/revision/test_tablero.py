"""El tablero y la cola de lo atrasado: qué ve cada quien."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sibis.cuentas import roles
from sibis.panel.colas import colas_de
from sibis.revision.consultas.colas import colas
from tests.fabricas.cuentas import DependenciaFactory, con_rol, entrar
from tests.fabricas.revision import AsignacionFactory, PlazoDeRevisionFactory
from tests.revision.asuntos import en_estado, hace

pytestmark = pytest.mark.django_db


class TestTablero:
    @pytest.fixture(autouse=True)
    def _plazo(self):
        PlazoDeRevisionFactory(dias_habiles=5)

    @pytest.fixture
    def validadora(self, client):
        cuenta = con_rol(roles.ValidacionSIBISO, en=DependenciaFactory(clave="SEBIEN"))
        return entrar(client, cuenta)

    def test_lo_atrasado_va_primero_y_dice_cuanto(self, client, validadora):
        en_estado("validado", desde=hace(2))
        tarde = en_estado("en_revision", desde=hace(8))

        respuesta = client.get(reverse("revision:tablero"))
        asuntos = respuesta.context["tablero"].asuntos
        assert asuntos[0].expediente == tarde.expediente
        assert "3 días de atraso" in respuesta.content.decode()

    def test_cada_dependencia_ve_lo_suyo(self, client):
        propia = en_estado("observado", desde=hace(1))
        en_estado("observado", desde=hace(1))
        entrar(client, con_rol(roles.EnlaceDeDependencia, en=propia.dependencia))

        asuntos = client.get(reverse("revision:tablero")).context["tablero"].asuntos
        assert [a.expediente for a in asuntos] == [propia.expediente]

    def test_se_filtra_por_instancia_dependencia_revisor_y_atraso(self, client, validadora):
        tarde = en_estado("en_revision", desde=hace(8))
        AsignacionFactory(expediente=tarde.expediente, revisor=validadora)
        otra = en_estado("observado", desde=hace(1))

        def hallados(**consulta):
            respuesta = client.get(reverse("revision:tablero"), consulta)
            return {a.expediente for a in respuesta.context["tablero"].asuntos}

        assert hallados(instancia="validacion") == {tarde.expediente}
        assert hallados(instancia="dependencia") == {otra.expediente}
        assert hallados(dependencia=otra.dependencia_id) == {otra.expediente}
        assert hallados(revisor=validadora.username) == {tarde.expediente}
        assert hallados(atrasadas="si") == {tarde.expediente}
        assert hallados(dependencia="x", pagina="-1") == {tarde.expediente, otra.expediente}
        assert hallados(revisor="nadie") == set()

    def test_la_hoja_de_calculo_trae_lo_mismo_y_sus_celdas_no_son_formulas(
        self, client, validadora
    ):
        regla = en_estado("en_revision", desde=hace(8))
        regla.expediente.titulo = "=SUMA(A1)"
        regla.expediente.save()

        lineas = client.get(reverse("revision:tablero_csv")).content.decode().splitlines()
        assert lineas[0].lstrip("\ufeff").startswith("asunto,clase,presenta,la_tiene")
        assert lineas[1].startswith("'=SUMA(A1)")
        assert ",8,5," in lineas[1]

    def test_el_doble_de_renglones_cuesta_las_mismas_consultas(self, client, validadora):
        def cuantas() -> int:
            with CaptureQueriesContext(connection) as hechas:
                assert client.get(reverse("revision:tablero")).status_code == 200
            return len(hechas)

        for _n in range(2):
            AsignacionFactory(expediente=en_estado("en_revision", desde=hace(8)).expediente)
        cuantas()
        antes = cuantas()
        for _n in range(2):
            AsignacionFactory(expediente=en_estado("en_revision", desde=hace(8)).expediente)
        assert cuantas() == antes

    def test_quien_no_ve_reglas_no_entra(self, client):
        entrar(client, con_rol(roles.AdministracionTecnica))

        assert client.get(reverse("revision:tablero")).status_code == 403


class TestColaDeAtrasadas:
    @pytest.fixture(autouse=True)
    def _plazo(self):
        PlazoDeRevisionFactory(dias_habiles=5)
        PlazoDeRevisionFactory(estado="observado", dias_habiles=5)

    def titulos(self, cuenta) -> list[str]:
        return [p.titulo for cola in colas(cuenta) for p in cola.pendientes]

    def test_cada_quien_ve_lo_atrasado_que_le_toca(self):
        validadora = con_rol(roles.ValidacionSIBISO, en=DependenciaFactory(clave="SEBIEN"))
        de_revisar = en_estado("en_revision", desde=hace(7))
        enlace = con_rol(roles.EnlaceDeDependencia, en=de_revisar.dependencia)
        en_estado("observado", desde=hace(7), dependencia=de_revisar.dependencia)
        en_estado("en_revision", desde=hace(2))  # en plazo

        assert self.titulos(validadora) == ["Regla en en_revision"]
        assert self.titulos(enlace) == ["Regla en observado"]
        assert any(c.titulo == "Atrasadas" for c in colas_de(validadora))

    def test_lo_que_el_servicio_le_negaria_no_se_anuncia(self):
        rectora = DependenciaFactory(clave="SEBIEN")
        validadora = con_rol(roles.ValidacionSIBISO, en=rectora)
        en_estado("en_revision", desde=hace(7), dependencia=rectora)

        assert self.titulos(validadora) == []

    def test_quien_solo_consulta_no_tiene_cola(self):
        assert colas(con_rol(roles.Analista)) == []
