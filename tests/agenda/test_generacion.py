"""De obligaciones y hechos, vencimientos: repetir no duplica y lo que ya venció no se mueve."""

from __future__ import annotations

import datetime

import pytest

from sibis.agenda import generacion
from sibis.agenda.models import Obligacion, Vencimiento
from sibis.expedientes.models import Expediente
from tests.fabricas.agenda import ObligacionFactory
from tests.fabricas.calendario import DiaInhabilFactory
from tests.fabricas.cuentas import DependenciaFactory
from tests.fabricas.programas import ReglaFactory

pytestmark = pytest.mark.django_db
D = datetime.date
HOY = D(2026, 1, 10)


def generar(hoy: datetime.date = HOY, *anios: int) -> generacion.Generado:
    return generacion.generar(hoy=hoy, ejercicios=anios or [2026])


def foto() -> list[tuple]:
    campos = ("obligacion", "ejercicio", "trimestre", "dependencia", "asunto_clave", "vence_el")
    return list(Vencimiento.objects.order_by("pk").values_list("pk", *campos, "sin_efecto_el"))


def test_generar_dos_veces_deja_lo_mismo():
    ObligacionFactory(), ObligacionFactory(trimestral=True)
    ReglaFactory(ejercicio=2026), ReglaFactory(ejercicio=2026, programa__accion=True)

    assert generar().nuevos == 5  # la acción no debe nada de esto
    antes = foto()
    repetido = generar()

    assert (repetido.nuevos, repetido.movidos, repetido.sin_efecto) == (0, 0, 0)
    assert foto() == antes
    assert Expediente.objects.count() == 5


def test_cada_vencimiento_nace_con_su_expediente_y_su_direccion():
    ObligacionFactory()
    regla = ReglaFactory(ejercicio=2026, programa__nombre="Mi Beca")

    generar()

    v = Vencimiento.objects.get()
    assert v.expediente.url == v.get_absolute_url()
    assert v.expediente.titulo == str(v) == "Publicar las reglas, Mi Beca, 2026"
    assert v.expediente.dependencia == regla.dependencia
    assert v.creado_el == HOY


def test_las_consultas_no_crecen_con_los_programas(django_assert_max_num_queries):
    ObligacionFactory(), ObligacionFactory(trimestral=True)
    ReglaFactory(ejercicio=2026)
    with django_assert_max_num_queries(30) as pocos:
        generar()
    for _n in range(6):
        ReglaFactory(ejercicio=2026)
    with django_assert_max_num_queries(len(pocos)):
        generar()


@pytest.mark.parametrize(
    ("aplica_a", "cuantos"),
    [
        ("programas", 2),
        ("acciones", 1),
        ("programas_y_acciones", 3),
        ("dependencias", 1),
        ("alcaldias", 1),
        ("dependencias_y_alcaldias", 2),
    ],
)
def test_cada_obligacion_obliga_a_quien_dice(aplica_a, cuantos):
    dependencia, alcaldia = DependenciaFactory(), DependenciaFactory(alcaldia=True)
    ReglaFactory(ejercicio=2026, programa__dependencia=dependencia)
    ReglaFactory(ejercicio=2026, programa__dependencia=dependencia, programa__accion=True)
    ReglaFactory(ejercicio=2026, programa__dependencia=alcaldia)
    ReglaFactory(ejercicio=2026, retirada=True), ReglaFactory(ejercicio=2020)
    DependenciaFactory()
    ObligacionFactory(aplica_a=aplica_a)

    assert generar().nuevos == cuantos


def test_lo_que_vencio_antes_de_llevar_la_agenda_no_se_cuenta(settings):
    settings.AGENDA_DESDE = "2026-05-01"
    ObligacionFactory(trimestral=True)
    ReglaFactory(ejercicio=2026)

    assert generar().nuevos == 3  # el primer trimestre venció el 30 de abril


def test_una_obligacion_solo_rige_los_plazos_de_su_vigencia():
    ObligacionFactory(vigente_hasta=D(2026, 1, 30)), ObligacionFactory(vigente_desde=D(2026, 1, 31))
    ReglaFactory(ejercicio=2026)

    generar()

    assert Vencimiento.objects.get().obligacion.vigente_desde == D(2026, 1, 31)


def test_lo_que_aun_no_vence_se_corre_con_su_regla_y_lo_vencido_no():
    ob = ObligacionFactory(trimestral=True)
    ReglaFactory(ejercicio=2026)
    generar()
    Obligacion.objects.filter(pk=ob.pk).update(dias=40, gracia_dias=5)

    movidos = generar(D(2026, 5, 1)).movidos  # el primero venció el 30 de abril

    fechas = list(Vencimiento.objects.order_by("trimestre").values_list("vence_el", "gracia_dias"))
    assert movidos == 3
    assert fechas[0] == (D(2026, 4, 30), 0)
    assert fechas[1] == (D(2026, 8, 9), 5)


def test_un_inhabil_recien_confirmado_corre_el_plazo():
    ObligacionFactory(trimestral=True, dias=1, habiles=True, trimestres=[4])
    ReglaFactory(ejercicio=2026)
    generar()
    DiaInhabilFactory(fecha=D(2027, 1, 1))

    generar()

    assert Vencimiento.objects.get().vence_el == D(2027, 1, 4)


def test_lo_que_ya_nadie_debe_queda_sin_efecto_y_vuelve_si_vuelve():
    ObligacionFactory()
    regla = ReglaFactory(ejercicio=2026)
    generar()
    type(regla).objects.filter(pk=regla.pk).update(estado="retirado")

    assert generar().sin_efecto == 1
    assert Vencimiento.objects.get().estado_en(HOY) == "sin_efecto"
    ReglaFactory(ejercicio=2026, programa=regla.programa, version=2)
    assert generar().movidos == 1
    assert Vencimiento.objects.get().sin_efecto_el is None


def test_si_el_programa_cambia_de_nombre_su_plazo_y_su_carpeta_tambien():
    ObligacionFactory()
    regla = ReglaFactory(ejercicio=2026)
    generar()
    type(regla).objects.filter(pk=regla.pk).update(nombre="Beca Nueva")

    generar()

    v = Vencimiento.objects.get()
    assert (v.asunto_nombre, v.expediente.titulo) == ("Beca Nueva", str(v))


def test_un_plazo_prorrogado_no_lo_mueve_la_regla():
    ob = ObligacionFactory()
    ReglaFactory(ejercicio=2026)
    generar()
    Vencimiento.objects.update(prorrogado_al=D(2026, 2, 20))
    Obligacion.objects.filter(pk=ob.pk).update(dia=15, mes=2)

    generar()

    assert Vencimiento.objects.get().vence_el == D(2026, 1, 31)
