"""Lo que la base no deja hacer con jornadas y entregas aunque se escriba SQL a mano."""

from __future__ import annotations

import datetime
from decimal import Decimal
from itertools import product

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from padron.estados_de_entrega import FLUJO_ENTREGA, EstadoEntrega, EstadoJornada
from padron.models import Entrega, JornadaDeEntrega, LoteDeEntregas
from tests.fabricas.cuentas import UsuarioFactory
from tests.fabricas.entregas import (
    EntregaFactory,
    InstrumentoDeEntregaFactory,
    JornadaDeEntregaFactory,
    LoteDeEntregasFactory,
    RegistroDeLoteFactory,
    hace,
)
from tests.fabricas.padron import RegistroFactory

pytestmark = pytest.mark.django_db
DIA = datetime.timedelta(days=1)


def negado(cambio, coincide: str) -> None:
    with pytest.raises(DatabaseError, match=coincide), transaction.atomic():
        cambio()


@pytest.mark.parametrize(
    ("cambio", "restriccion"),
    [
        ({"hasta": hace(11)}, "jornada_fechas_en_orden"),
        ({"hora_desde": "10:00"}, "jornada_horas_en_orden"),
        ({"tardia_desde": hace(9)}, "jornada_ventana_extemporanea"),
        ({"hora_desde": "10:00", "hora_hasta": "09:00"}, "jornada_horas_en_orden"),
        ({"tardia_desde": hace(10), "tardia_hasta": hace(9)}, "jornada_ventana_extemporanea"),
        ({"tardia_desde": hace(5), "tardia_hasta": hace(6)}, "jornada_ventana_extemporanea"),
        (
            {
                "tardia_desde": hace(5),
                "tardia_hasta": hace(4),
                "tardia_hora_desde": "10:00",
                "tardia_hora_hasta": "09:00",
            },
            "jornada_horas_extemporaneas",
        ),
        ({"tardia_documento": "Identificación"}, "jornada_lo_extemporaneo_tiene_ventana"),
        ({"lugar": "El kiosco"}, "jornada_un_lugar"),
        ({"centro": None}, "jornada_un_lugar"),
        ({"letra_desde": "á"}, "jornada_letras_del_abecedario"),
        ({"letra_desde": "O", "letra_hasta": "Ñ"}, "jornada_letras_en_orden"),
        ({"estado": EstadoJornada.PUBLICADA}, "jornada_publicada_con_fecha"),
        ({"estado": EstadoJornada.CANCELADA}, "jornada_cancelada_con_motivo"),
        ({"publicada_en": timezone.now()}, "jornada_publicada_en_y_por_juntos"),
        ({"cancelada_en": timezone.now()}, "jornada_cancelada_"),
        ({"cupo": 0}, "jornada_cupo_positivo"),
        ({"monto": 0}, "jornada_monto_positivo"),
        ({"ejercicio": 1999}, "jornada_ejercicio_razonable"),
    ],
)
def test_una_jornada_que_no_puede_ser(cambio, restriccion):
    jornada = JornadaDeEntregaFactory()
    negado(lambda: JornadaDeEntrega.objects.filter(pk=jornada.pk).update(**cambio), restriccion)


def test_el_lugar_extemporaneo_es_un_centro_o_esta_escrito():
    jornada = JornadaDeEntregaFactory(tardia_desde=hace(5), tardia_hasta=hace(4))
    suya = JornadaDeEntrega.objects.filter(pk=jornada.pk)
    negado(
        lambda: suya.update(tardia_centro=jornada.centro, tardia_lugar="Otro"),
        "jornada_un_lugar_extemporaneo",
    )


def test_las_letras_no_se_enciman_en_el_mismo_lugar_y_dia():
    una = JornadaDeEntregaFactory(letra_desde="A", letra_hasta="N")
    igual = {"programa": una.programa, "centro": una.centro}
    negado(
        lambda: JornadaDeEntregaFactory(**igual, letra_desde="N", letra_hasta="Z"),
        "jornada_letras_sin_encimarse",
    )
    JornadaDeEntregaFactory(**igual, letra_desde="Ñ", letra_hasta="Z")
    JornadaDeEntregaFactory(**igual, desde=hace(3))
    JornadaDeEntregaFactory(**igual, ministracion=2)
    JornadaDeEntregaFactory(**igual, apoyo="tarjeta")
    cancelada = {"estado": "cancelada", "cancelada_en": timezone.now(), "motivo": "Lluvia."}
    JornadaDeEntrega.objects.filter(pk=una.pk).update(**cancelada, cancelada_por=UsuarioFactory())
    JornadaDeEntregaFactory(**igual, letra_desde="A", letra_hasta="A")


def test_en_un_lugar_escrito_tampoco_se_enciman():
    una = JornadaDeEntregaFactory(centro=None, lugar="Kiosco")
    negado(
        lambda: JornadaDeEntregaFactory(programa=una.programa, centro=None, lugar="KIOSCO"),
        "jornada_letras_sin_encimarse",
    )


def test_el_estado_de_una_jornada_solo_se_mueve_por_la_tabla_y_no_se_borra():
    jornada = JornadaDeEntregaFactory(cancelada=True)
    suya = JornadaDeEntrega.objects.filter(pk=jornada.pk)
    negado(
        lambda: suya.update(estado="planeada", cancelada_en=None, cancelada_por=None), "transition"
    )
    negado(suya.delete, "Cannot delete")


def seguir(entrega: Entrega, estado: str, **otros) -> Entrega:
    return EntregaFactory(
        registro=entrega.registro,
        jornada=entrega.jornada,
        orden=entrega.orden + 1,
        anterior=entrega.orden,
        estado_anterior=entrega.estado,
        estado=estado,
        **{"motivo": "Por algo.", "monto": entrega.monto} | otros,
    )


@pytest.mark.parametrize(
    ("antes", "despues"), list(product(["", *EstadoEntrega.values], EstadoEntrega.values))
)
def test_solo_se_pasa_de_un_estado_a_otro_por_la_tabla(antes, despues):
    sin_nada = {"monto": None, "estado": "no_recogida"}
    historia = {
        "": [],
        "entregada": ["entregada"],
        "no_recogida": ["no_recogida"],
        "devuelta": ["entregada", "devuelta"],
        "reentregada": ["entregada", "devuelta", "reentregada"],
    }[antes]
    ultima = None
    for estado in historia:
        nada = sin_nada if estado == "no_recogida" else {"estado": estado}
        ultima = EntregaFactory(**nada) if ultima is None else seguir(ultima, estado)
    monto = {"monto": None if despues == "no_recogida" else 600, "motivo": "Por algo."}

    def anotar():
        return (
            EntregaFactory(estado=despues, **monto)
            if ultima is None
            else seguir(ultima, despues, **monto)
        )

    if (antes, despues) in FLUJO_ENTREGA.pares():
        assert anotar().estado == despues
    else:
        negado(anotar, "entrega_sigue_la_tabla")


def test_dos_no_anotan_lo_mismo():
    primera = EntregaFactory()
    negado(
        lambda: EntregaFactory(registro=primera.registro, jornada=primera.jornada), "duplicate key"
    )
    devuelta = seguir(primera, "devuelta")
    negado(lambda: seguir(primera, "devuelta"), "duplicate key")
    assert devuelta.orden == 2


@pytest.mark.parametrize(
    ("cambio", "dicho"),
    [
        ({"monto": None}, "entrega_dice_que_se_entrego"),
        ({"monto": 0}, "entrega_dice_que_se_entrego"),
        ({"estado": "no_recogida"}, "entrega_dice_que_se_entrego"),
        ({"orden": 2}, "entrega_cita_a_la_anterior"),
        ({"orden": 2, "anterior": 1, "estado_anterior": "entregada"}, "entrega_sigue_la_tabla"),
        ({"orden": 2, "anterior": 1, "estado_anterior": "no_recogida"}, "no cuadra"),
        ({"fecha": timezone.localdate() + DIA}, "entrega_no_es_futura"),
        ({"fecha": hace(11)}, "anterior a la jornada"),
        ({"ejercicio": 2024}, "no está en el padrón"),
        ({"carga_id": 1}, "no está en el padrón"),
        ({"monto": 601, "registro__monto": 600}, "más de lo que dice el padrón"),
        ({"jornada__ejercicio": 2024}, "otro programa o de otro año"),
    ],
)
def test_una_entrega_que_no_puede_ser(cambio, dicho):
    negado(lambda: EntregaFactory(**cambio), dicho)


def test_la_jornada_es_del_programa_del_registro():
    ajena = JornadaDeEntregaFactory(publicada=True)
    negado(lambda: EntregaFactory(jornada=ajena), "otro programa")


def test_de_mas_se_puede_con_motivo_y_lo_devuelto_es_lo_entregado():
    entrega = EntregaFactory(registro__monto=600, monto=700, motivo="Acuerdo del comité.")
    negado(lambda: seguir(entrega, "devuelta", monto=1), "no cuadra")
    negado(lambda: seguir(entrega, "devuelta", motivo=""), "entrega_devuelta_con_motivo")
    devuelta = seguir(entrega, "devuelta")
    assert Entrega.objects.de(entrega.registro).neto() == Decimal(0)
    seguir(devuelta, "reentregada", monto=600)
    assert Entrega.objects.de(entrega.registro).neto() == Decimal(600)


def test_una_entrega_no_cambia_ni_se_borra_ni_se_vacia():
    entrega = EntregaFactory()
    suya = Entrega.objects.filter(pk=entrega.pk)
    negado(lambda: suya.update(monto=1), "no se cambia")
    negado(suya.delete, "no se cambia")
    for tabla in ("padron_entrega", "padron_entrega_2025"):
        with connection.cursor() as cursor:
            negado(lambda tabla=tabla, c=cursor: c.execute(f"TRUNCATE {tabla}"), "no se vacían")


def test_escribir_en_la_particion_no_se_salta_los_resguardos():
    jornada = JornadaDeEntregaFactory(publicada=True)
    sql = (
        "INSERT INTO padron_entrega_2025 (registro_id, carga_id, jornada_id, instrumento_id,"
        " anotada_por_id, momento, fecha, ejercicio, ministracion, orden, apoyo, estado, monto,"
        " especie, recibe, motivo) VALUES (7, 7, %s, %s, %s, now(), %s, 2025, 0, 1, '', 'entregada',"
        " 600, '', 'titular', '')"
    )
    datos = [jornada.pk, jornada.instrumento_id, UsuarioFactory().pk, hace(1)]
    with connection.cursor() as cursor:
        negado(lambda: cursor.execute(sql, datos), "no está en el padrón")


def test_cada_anio_tiene_su_particion_y_los_demas_donde_caber():
    EntregaFactory()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tableoid::regclass::text FROM padron_entrega")
        assert cursor.fetchall() == [("padron_entrega_2025",)]


@pytest.mark.parametrize(
    ("cambio", "restriccion"),
    [
        ({"preparado_por": None}, "preparado_en_y_por_juntos"),
        ({"confirmado_en": timezone.now()}, "confirmado_en_y_por_juntos"),
        ({"que": "devolver_lista"}, "devolucion_con_motivo"),
        ({"que": "deshacer_lote", "motivo": "Error."}, "dice_cual_deshace"),
        ({"estado": "en_cola"}, "alguien_lo_confirmo"),
        ({"estado": "aplicado"}, "transition"),
    ],
)
def test_un_lote_que_no_puede_ser(cambio, restriccion):
    lote = LoteDeEntregasFactory()
    negado(lambda: LoteDeEntregas.objects.filter(pk=lote.pk).update(**cambio), restriccion)


def test_una_devolucion_de_muchas_no_la_confirma_quien_la_prepara():
    lote = LoteDeEntregasFactory(que="devolver_lista", motivo="Error.")
    suyo = LoteDeEntregas.objects.filter(pk=lote.pk)
    mismo = {"confirmado_por": lote.preparado_por, "confirmado_en": timezone.now()}
    negado(lambda: suyo.update(**mismo), "lo_confirma_otra_persona")


def test_un_registro_va_una_vez_en_el_lote():
    uno = RegistroDeLoteFactory()
    negado(lambda: RegistroDeLoteFactory(lote=uno.lote, registro_id=uno.registro_id), "una_vez")


def test_el_instrumento_no_termina_antes_de_empezar():
    fechas = {"vigente_desde": "2025-02-01", "vigente_hasta": "2025-01-01"}
    with pytest.raises(IntegrityError, match="vigencia_en_orden"), transaction.atomic():
        InstrumentoDeEntregaFactory(clave="otro", **fechas)


def test_la_historia_de_la_jornada_no_crece_con_sus_cuentas():
    jornada = JornadaDeEntregaFactory()
    JornadaDeEntrega.objects.filter(pk=jornada.pk).update(entregadas=5, esperadas=9)
    assert jornada.events.count() == 1
    JornadaDeEntrega.objects.filter(pk=jornada.pk).update(notas="Lleva identificación.")
    assert jornada.events.count() == 2


def test_la_fabrica_de_registros_deja_montos():
    assert RegistroFactory(monto=600).monto == 600
