"""Cada recordatorio sale una vez: aunque la máquina estuviera parada, y aunque haya dos a la vez."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from sibis.agenda import generacion, reparto, tasks
from sibis.agenda.models import Recordatorio, Vencimiento
from sibis.agenda.servicios import prorrogas
from sibis.avisos.models import Aviso
from sibis.cuentas import roles
from sibis.cuentas.models import Dependencia, Usuario
from sibis.expedientes.models import Expediente
from tests.fabricas import cuentas
from tests.fabricas.agenda import ObligacionFactory, RecordatorioFactory, VencimientoFactory
from tests.fabricas.cuentas import DependenciaFactory
from tests.fabricas.programas import ReglaFactory

pytestmark = pytest.mark.django_db
HOY = datetime.date(2026, 3, 10)
ENLACE, TITULAR, VALIDA = (
    roles.EnlaceDeDependencia,
    roles.TitularQueFirma,
    roles.ValidacionSIBISO,
)


def dia(n: int) -> datetime.date:
    return HOY + datetime.timedelta(days=n)


def con_rol(rol: type[roles.Rol], en: Dependencia | None = None, **cuenta: object) -> Usuario:
    """Ejerce esa función desde hace años: las pruebas miran días de antes y de después de hoy."""
    usuario = cuentas.con_rol(rol, en=en, **cuenta)
    usuario.adscripciones.update(vigente_desde=dia(-1000))
    return usuario


def plazo(en: int, **otros: object) -> Vencimiento:
    """Vence dentro de tantos días, y está en la agenda desde hace mucho."""
    return VencimientoFactory(vence_el=dia(en), creado_el=dia(-90), **otros)


def dichos(v: Vencimiento) -> list[tuple[int, bool]]:
    return list(v.recordatorios.order_by("dias").values_list("dias", "lo_dijo_otro"))


def a_quienes() -> set[int]:
    return set(Aviso.objects.values_list("para", flat=True))


@pytest.mark.parametrize("faltan", [30, 15, 7, 3, 1, 0])
def test_se_recuerda_el_dia_que_toca_a_quien_lo_hace_y_a_quien_responde(faltan):
    v = plazo(faltan)
    Recordatorio.objects.bulk_create(
        Recordatorio(vencimiento=v, plazo=v.plazo, dias=-d) for d in (30, 15, 7, 3, 1) if d > faltan
    )
    enlace, titular = (con_rol(r, en=v.dependencia) for r in (ENLACE, TITULAR))
    con_rol(ENLACE), con_rol(VALIDA)

    assert reparto.recordar(hoy=HOY) == 1
    assert reparto.recordar(hoy=HOY) == 0

    assert a_quienes() == {enlace.pk, titular.pk}
    assert v.recordatorios.get(dias=-faltan).personas == 2


@pytest.mark.parametrize("faltan", [31, 29, 16, 2])
def test_los_demas_dias_no_se_recuerda_nada_nuevo(faltan):
    v = plazo(faltan)
    for d in (30, 15, 7, 3):
        if d > faltan:
            RecordatorioFactory(vencimiento=v, dias=-d)
    con_rol(ENLACE, en=v.dependencia)

    assert reparto.recordar(hoy=HOY) == 0
    assert not Aviso.objects.exists()


@pytest.mark.parametrize(
    ("retraso", "quienes"), [(1, {ENLACE}), (5, {ENLACE, TITULAR}), (10, {ENLACE, TITULAR, VALIDA})]
)
def test_el_retraso_sube_de_a_poco(retraso, quienes):
    v = VencimientoFactory(vence_el=dia(-retraso), creado_el=HOY)  # solo toca el de hoy
    personas = {rol: con_rol(rol, en=v.dependencia) for rol in (ENLACE, TITULAR)}
    personas[VALIDA] = con_rol(VALIDA)

    reparto.recordar(hoy=HOY)

    assert a_quienes() == {personas[rol].pk for rol in quienes}
    assert dichos(v) == [(retraso, False)]


def test_los_dias_de_gracia_retrasan_el_escalamiento():
    ob = ObligacionFactory(gracia_dias=5)
    v = VencimientoFactory(obligacion=ob, gracia_dias=5, vence_el=dia(-3), creado_el=HOY)
    con_rol(ENLACE, en=v.dependencia)

    assert reparto.recordar(hoy=HOY) == 0
    assert reparto.recordar(hoy=dia(3)) == 1
    assert Aviso.objects.get().titulo.startswith("Un día de retraso")


def test_con_la_maquina_parada_tres_dias_nada_se_pierde_ni_se_repite():
    """El martes tocaba el de tres días; vuelve el viernes, que toca el del último día."""
    v = plazo(3)
    enlace = con_rol(ENLACE, en=v.dependencia)
    reparto.recordar(hoy=HOY - datetime.timedelta(days=1))  # los de antes salieron a su hora

    # Se para del día 0 al 3: tocaban los de tres, uno y cero días.
    reparto.recordar(hoy=dia(3))
    reparto.recordar(hoy=dia(3))

    de_la_parada = [d for d in dichos(v) if d[0] >= -3]
    assert de_la_parada == [(-3, True), (-1, True), (0, False)]
    avisos = Aviso.objects.filter(para=enlace).order_by("pk")
    assert [a.titulo.split(":")[0] for a in avisos] == ["Vence en 4 días", "Vence hoy"]


def test_lo_de_antes_de_estar_en_la_agenda_no_se_debe():
    v = VencimientoFactory(vence_el=dia(5), creado_el=HOY)
    con_rol(ENLACE, en=v.dependencia)

    assert reparto.recordar(hoy=HOY) == 0
    assert reparto.recordar(hoy=dia(2)) == 1
    assert dichos(v) == [(-3, False)]


@pytest.mark.parametrize("hecho", ["cumplido", "sin_efecto"])
def test_lo_que_ya_no_se_debe_no_se_recuerda(hecho):
    v = plazo(3)
    con_rol(ENLACE, en=v.dependencia)
    if hecho == "cumplido":
        Vencimiento.objects.filter(pk=v.pk).update(cumplido_que="Gaceta", cumplido_el=HOY)
    else:
        Vencimiento.objects.filter(pk=v.pk).update(sin_efecto_el=HOY)

    assert reparto.recordar(hoy=HOY) == 0
    assert not Recordatorio.objects.exists()


def test_la_tarea_mira_los_hechos_antes_de_recordar():
    """Se publicó hace un minuto: el recordatorio de hoy ya no sale."""
    hoy = timezone.localdate()
    v = VencimientoFactory(
        vence_el=hoy, creado_el=hoy, ejercicio=hoy.year, obligacion__cumple="regla_publicada"
    )
    con_rol(ENLACE, en=v.dependencia)

    tasks.recordar()  # nadie la debe ya: el programa no existe

    v.refresh_from_db()
    assert v.sin_efecto_el == hoy
    assert not Aviso.objects.filter(clase="recordatorio").exists()


def test_prorrogado_se_recuerda_otra_vez_con_su_fecha_nueva(settings):
    hoy = timezone.localdate()
    v = VencimientoFactory(vence_el=hoy + datetime.timedelta(days=1), creado_el=hoy)
    titular = con_rol(TITULAR, en=v.dependencia)
    valida = con_rol(VALIDA, en=DependenciaFactory(clave=settings.DEPENDENCIA_RECTORA))
    reparto.recordar(hoy=v.vence_el - datetime.timedelta(days=1))
    pedida = prorrogas.pedir(
        v, hasta=v.vence_el + datetime.timedelta(days=60), motivo="x", por=titular
    )
    prorrogas.conceder(pedida, por=valida)
    Aviso.objects.all().delete()

    assert reparto.recordar(hoy=v.vence_el) == 0  # el último día de antes ya no lo es
    assert reparto.recordar(hoy=pedida.hasta - datetime.timedelta(days=7)) == 1
    assert Aviso.objects.get(para=titular).titulo.startswith("Vence en 7 días")


def test_si_en_la_dependencia_no_hay_nadie_se_entera_sibiso():
    plazo(0)
    valida = con_rol(VALIDA)

    reparto.recordar(hoy=HOY)

    assert a_quienes() == {valida.pk}


def test_quien_perdio_su_funcion_o_su_cuenta_ya_no_recibe():
    v = plazo(0)
    vigente = con_rol(ENLACE, en=v.dependencia)
    con_rol(ENLACE, en=v.dependencia, is_active=False)
    con_rol(ENLACE, en=v.dependencia).adscripciones.update(
        baja_en="2026-03-09T12:00-06:00", motivo_de_baja="se fue"
    )

    reparto.recordar(hoy=HOY)

    assert a_quienes() == {vigente.pk}


def test_el_aviso_lleva_a_su_plazo_y_dice_la_norma():
    v = plazo(0)
    con_rol(ENLACE, en=v.dependencia)

    reparto.recordar(hoy=HOY)

    aviso = Aviso.objects.get()
    assert aviso.url == v.get_absolute_url()
    assert aviso.titulo == f"Vence hoy: {v}"
    assert "Ley de Desarrollo Social, art. 34" in aviso.texto
    assert not aviso.urgente


def test_mirar_que_toca_cuesta_lo_mismo_sean_cuantos_sean(django_assert_num_queries):
    for _n in range(2):
        plazo(20)
    with django_assert_num_queries(3) as pocas:
        list(reparto._con_algo_que_recordar(dia(-20))), reparto.directorio(HOY)
    for _n in range(4):
        plazo(20)
    with django_assert_num_queries(len(pocas)):
        list(reparto._con_algo_que_recordar(dia(-20))), reparto.directorio(HOY)


@pytest.mark.parametrize(
    ("crear", "restriccion"),
    [
        (lambda v: RecordatorioFactory(vencimiento=v), "recordatorio_una_sola_vez"),
        (
            lambda v: RecordatorioFactory(vencimiento=v, dias=0, lo_dijo_otro=True),
            "recordatorio_enviado_o_dicho_por_otro",
        ),
    ],
)
def test_la_base_rechaza_lo_que_no_puede_ser(crear, restriccion):
    v = RecordatorioFactory().vencimiento
    with pytest.raises(IntegrityError, match=restriccion), transaction.atomic():
        crear(v)


def a_la_vez(acto: Callable[[], object]) -> list[object]:
    """Lo que dio, o levantó, el mismo acto en dos conexiones al mismo tiempo."""
    salida: list[object] = []
    tope = threading.Barrier(2, timeout=20)

    def correr() -> None:
        try:
            tope.wait()
            salida.append(acto())
        except BaseException as error:
            salida.append(error)
        finally:
            connection.close()

    hilos = [threading.Thread(target=correr) for _n in range(2)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(timeout=60)
    return salida


@pytest.mark.django_db(transaction=True)
def test_dos_maquinas_a_la_vez_generan_y_recuerdan_una_sola_vez():
    ObligacionFactory(dia=HOY.day, mes=HOY.month)
    for _n in range(4):
        con_rol(ENLACE, en=ReglaFactory(ejercicio=HOY.year).dependencia)

    generados = a_la_vez(lambda: generacion.generar(hoy=HOY, ejercicios=[HOY.year]).nuevos)
    recordados = a_la_vez(lambda: reparto.recordar(hoy=HOY))

    assert sorted(generados) == [0, 4], generados
    assert Expediente.objects.filter(clase="vencimiento").count() == 4
    assert sum(recordados) == 4, recordados
    assert Aviso.objects.count() == 4
    assert Recordatorio.objects.filter(lo_dijo_otro=False).count() == 4
