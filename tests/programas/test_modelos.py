"""Lo que cada objeto sabe de sí mismo, y lo que sus listas dejan ver."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from programas.models import Programa, ReglaOperacion, Sinonimo
from sibis.cuentas.permisos import NINGUNO, Ambito
from tests.fabricas import programas as f

pytestmark = pytest.mark.django_db

DIA = datetime.date(2025, 1, 31)


class TestRegla:
    @pytest.mark.parametrize(
        ("es_accion", "clave"), [(False, "002_35C001_A"), (True, "2025_AS_002_02CD14"), (True, "")]
    )
    def test_la_clave_oficial_de_su_tipo_sirve(self, es_accion, clave):
        f.ReglaFactory(programa__accion=es_accion, clave_oficial=clave).full_clean()

    @pytest.mark.parametrize(
        ("es_accion", "clave"),
        [
            (True, "002_35C001_A"),
            (False, "2025_AS_002_02CD14"),
            (False, "2_35C001_A"),
            (False, "002_35c001_A"),
            (False, "002_35C001_A "),
        ],
    )
    def test_la_de_otro_tipo_o_mal_escrita_se_niega(self, es_accion, clave):
        with pytest.raises(ValidationError, match="clave_oficial"):
            f.ReglaFactory(programa__accion=es_accion, clave_oficial=clave).full_clean()

    def test_un_programa_vale_todo_el_ejercicio_y_no_lleva_fechas(self):
        with pytest.raises(ValidationError, match="solo las acciones llevan fechas"):
            f.ReglaFactory(fecha_inicio=DIA).full_clean()

    def test_una_accion_si_las_lleva(self):
        f.ReglaFactory(programa__accion=True, fecha_inicio=DIA, fecha_fin=DIA).full_clean()

    @pytest.mark.parametrize("ejercicio", [1999, 2101, -1])
    def test_un_ejercicio_imposible_se_niega(self, ejercicio):
        regla = f.ReglaFactory()
        regla.ejercicio = ejercicio

        with pytest.raises(ValidationError, match="ejercicio"):
            regla.full_clean()

    def test_se_nombra_con_su_anio_y_sabe_su_direccion(self):
        regla = f.ReglaFactory(edad_min_meses=720, edad_max_meses=779, programa__clave="mi-beca")

        assert str(regla) == "Mi beca 2025"
        assert regla.get_absolute_url() == "/programas/mi-beca/2025/"
        assert regla.edad_texto == "de 60 a 64 años"

    @pytest.mark.parametrize(
        ("rasgo", "editable"), [("observada", True), ("enviada", False), ("publicada", False)]
    )
    def test_es_editable_solo_en_captura(self, rasgo, editable):
        assert f.ReglaFactory(**{rasgo: True}).es_editable is editable


class TestConvocatoria:
    @pytest.mark.parametrize(
        ("rasgo", "estado"),
        [
            ("pausada", "pausado"),
            ("lista_de_espera", "lista_de_espera"),
            ("vencida", "cerrado"),
            ("futura", "cerrado"),
            ("demostracion", "abierto"),
        ],
    )
    def test_estado_de_hoy(self, rasgo, estado):
        assert f.ConvocatoriaFactory(**{rasgo: True}).estado() == estado

    def test_la_hora_manda_no_solo_el_dia(self):
        convocatoria = f.ConvocatoriaFactory()
        un_segundo = datetime.timedelta(seconds=1)

        assert convocatoria.estado(convocatoria.cierra - un_segundo) == "abierto"
        assert convocatoria.estado(convocatoria.cierra) == "cerrado"
        assert convocatoria.estado(convocatoria.abre) == "abierto"
        assert convocatoria.estado(convocatoria.abre - un_segundo) == "cerrado"

    def test_no_depende_de_la_zona_horaria_en_que_se_pregunte(self):
        convocatoria = f.ConvocatoriaFactory()
        en_greenwich = convocatoria.cierra.astimezone(datetime.UTC)
        aqui = timezone.localtime(convocatoria.cierra)

        assert convocatoria.estado(en_greenwich) == convocatoria.estado(aqui)


class TestSinonimo:
    def test_se_guarda_como_se_compara(self):
        sinonimo = Sinonimo(termino="  Mamá  Soltera ", equivale_a=["Jefas de Familia", "¡!"])
        sinonimo.full_clean()

        assert (sinonimo.termino, sinonimo.equivale_a) == ("mama soltera", ["jefas de familia"])

    @pytest.mark.parametrize(
        ("termino", "equivale_a"), [("¡!", ["beca"]), ("beca", []), ("beca", ["--"]), ("", ["x"])]
    )
    def test_sin_palabras_se_niega(self, termino, equivale_a):
        with pytest.raises(ValidationError):
            Sinonimo(termino=termino, equivale_a=equivale_a).full_clean()


def test_publicados_son_los_que_tienen_ficha_y_salen_una_vez():
    programa = f.ProgramaFactory()
    f.ReglaFactory(publicada=True, programa=programa, ejercicio=2024)
    f.en_portal(programa=programa)
    f.ReglaFactory()

    assert list(Programa.objects.publicados()) == [programa]


def test_del_ambito_solo_trae_lo_de_esas_dependencias():
    una, otra = f.ReglaFactory(), f.ReglaFactory()
    solo_una = Ambito(dependencias=frozenset({una.dependencia_id}))

    assert list(ReglaOperacion.objects.del_ambito(solo_una)) == [una]
    assert list(Programa.objects.del_ambito(solo_una)) == [una.programa]
    assert not ReglaOperacion.objects.del_ambito(NINGUNO).exists()
    assert set(ReglaOperacion.objects.del_ambito(Ambito(todas=True))) == {una, otra}
