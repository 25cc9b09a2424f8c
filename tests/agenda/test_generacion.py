"""De obligaciones y hechos, vencimientos: repetir no duplica y lo que ya venció no se mueve."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction

from sibis.agenda import cumplimiento, generacion, importacion
from sibis.agenda.models import Obligacion, Vencimiento
from sibis.expedientes.models import Expediente
from tests.fabricas.agenda import ObligacionFactory, VencimientoFactory
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


def test_un_plazo_prorrogado_no_lo_mueve_la_regla():
    ob = ObligacionFactory()
    ReglaFactory(ejercicio=2026)
    generar()
    Vencimiento.objects.update(prorrogado_al=D(2026, 2, 20))
    Obligacion.objects.filter(pk=ob.pk).update(dia=15, mes=2)

    generar()

    assert Vencimiento.objects.get().vence_el == D(2026, 1, 31)


# Cumplimiento


def test_la_regla_publicada_cumple_con_su_gaceta():
    ObligacionFactory(cumple="regla_publicada")
    regla = ReglaFactory(ejercicio=2026, publicada=True, gaceta_fecha=D(2026, 2, 3))
    ReglaFactory(ejercicio=2026)
    generar()

    assert cumplimiento.poner_al_dia(hoy=HOY) == 1
    assert cumplimiento.poner_al_dia(hoy=HOY) == 0
    v = Vencimiento.objects.exclude(cumplido_que="").get()
    assert (v.asunto_clave, v.cumplido_el) == (regla.programa.clave, D(2026, 2, 3))
    assert v.cumplido_url == regla.get_absolute_url()
    assert (v.estado_en(HOY), v.retraso_en(HOY)) == ("cumplido_tarde", 3)


def test_sin_fecha_de_gaceta_se_sabe_que_cumplio_y_no_cuando():
    ObligacionFactory(cumple="regla_publicada")
    ReglaFactory(ejercicio=2026, publicada=True, origen="catalogo", gaceta_fecha=None)
    generar()

    cumplimiento.poner_al_dia(hoy=HOY)

    v = Vencimiento.objects.get()
    assert (v.estado_en(HOY), v.cumplido_el) == ("cumplido_sin_fecha", None)
    assert v.retraso_en(D(2027, 1, 1)) == 0


def test_cuenta_la_primera_publicacion_y_no_la_modificacion():
    ObligacionFactory(cumple="regla_publicada")
    regla = ReglaFactory(ejercicio=2026, sustituida=True, gaceta_fecha=D(2026, 1, 20))
    ReglaFactory(
        programa=regla.programa,
        ejercicio=2026,
        version=2,
        publicada=True,
        gaceta_fecha=D(2026, 8, 1),
    )
    generar()

    cumplimiento.poner_al_dia(hoy=HOY)

    assert Vencimiento.objects.get().cumplido_el == D(2026, 1, 20)


def test_si_el_hecho_se_deshace_el_plazo_vuelve_a_deberse(settings):
    ObligacionFactory(cumple="regla_publicada")
    ReglaFactory(ejercicio=2026, publicada=True)
    generar()
    cumplimiento.poner_al_dia(hoy=HOY)
    settings.CUMPLIMIENTOS_DE_AGENDA = {"regla_publicada": "tests.agenda.test_generacion.nada"}

    assert cumplimiento.poner_al_dia(hoy=HOY) == 1
    assert Vencimiento.objects.por_cumplir().count() == 1


def nada(_vencimientos: list[Vencimiento]) -> dict:
    return {}


def test_comprobar_cuesta_lo_mismo_sean_cuantos_sean(django_assert_num_queries):
    ObligacionFactory(cumple="regla_publicada")
    ReglaFactory(ejercicio=2026, publicada=True)
    generar()
    with django_assert_num_queries(5) as pocas:
        cumplimiento.poner_al_dia(hoy=HOY)
    for _n in range(5):
        ReglaFactory(ejercicio=2026, publicada=True)
    generar()
    with django_assert_num_queries(len(pocas)):
        cumplimiento.poner_al_dia(hoy=HOY)


# Catálogo y restricciones


def test_el_catalogo_trae_las_obligaciones_de_verdad_y_repetirlo_no_duplica():
    assert importacion.cargar().rechazos == []
    repetida = importacion.cargar()

    assert (repetida.altas, repetida.cambios) == (0, 0)
    reglas = Obligacion.objects.get(clave="reglas-en-la-gaceta")
    assert reglas.regla_de_fecha.vence(2027) == D(2027, 1, 31)
    for ob in Obligacion.objects.all():
        assert ob.norma
        ob.full_clean()


def test_lo_que_alguien_cambio_en_el_panel_no_lo_deshace_la_carga():
    importacion.cargar()
    Obligacion.objects.filter(clave="padron-en-la-gaceta").update(gracia_dias=10, dia=20)

    importacion.cargar()

    ob = Obligacion.objects.get(clave="padron-en-la-gaceta")
    assert ob.dia == 20


def test_una_obligacion_mal_escrita_se_nombra_y_las_demas_entran(tmp_path):
    archivo = tmp_path / "o.json"
    archivo.write_text(
        '[{"clave": "a", "nombre": "A", "aplica_a": "programas", "clase_de_fecha": "fija"}, 7,'
        ' {"clave": "b", "color": "rojo"},'
        ' {"clave": "c", "nombre": "C", "aplica_a": "programas", "clase_de_fecha": "fija",'
        ' "dia": 1, "mes": 2}]'
    )

    informe = importacion.cargar(archivo)

    assert [fila for fila, _m in informe.rechazos] == [1, 2, 3]
    assert informe.altas == 1


@pytest.mark.parametrize(
    ("crear", "restriccion"),
    [
        (lambda: ObligacionFactory(dia=None), "obligacion_con_su_fecha"),
        (lambda: ObligacionFactory(trimestral=True, trimestres=[]), "obligacion_con_su_fecha"),
        (lambda: ObligacionFactory(clase_de_fecha="tras_fecha"), "obligacion_con_su_fecha"),
        (lambda: ObligacionFactory(dia=32), "obligacion_dia_del_mes"),
        (lambda: ObligacionFactory(mes=13), "obligacion_mes_del_anio"),
        (
            lambda: ObligacionFactory(trimestral=True, trimestres=[5]),
            "obligacion_trimestres_de_1_a_4",
        ),
        (lambda: ObligacionFactory(escala_dias=[1]), "obligacion_escala_con_funciones"),
        (
            lambda: ObligacionFactory(vigente_desde=D(2026, 2, 1), vigente_hasta=D(2026, 1, 1)),
            "agenda_obligacion_vigencia_en_orden",
        ),
        (lambda: VencimientoFactory(trimestre=5), "vencimiento_trimestre_de_1_a_4"),
        (
            lambda: VencimientoFactory(vence_el=HOY, prorrogado_al=HOY),
            "vencimiento_prorroga_alarga",
        ),
        (lambda: VencimientoFactory(cumplido_el=HOY), "vencimiento_cumplido_con_que"),
        (
            lambda: VencimientoFactory(cumplido=True, anotado_en="2026-01-01T00:00Z"),
            "vencimiento_anotado_en_y_por_juntos",
        ),
    ],
)
def test_la_base_rechaza_lo_que_no_puede_ser(crear, restriccion):
    with pytest.raises(IntegrityError, match=restriccion), transaction.atomic():
        crear()


def test_un_deber_del_anio_no_se_repite_aunque_no_tenga_trimestre():
    v = VencimientoFactory()
    iguales = {
        "obligacion": v.obligacion,
        "dependencia": v.dependencia,
        "asunto_clave": v.asunto_clave,
    }
    with pytest.raises(IntegrityError, match="vencimiento_uno_por_deber"), transaction.atomic():
        VencimientoFactory(**iguales)
    VencimientoFactory(**iguales, trimestre=1)
