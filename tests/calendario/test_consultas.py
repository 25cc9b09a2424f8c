"""Los plazos sobre los inhábiles de la base: solo cuentan los confirmados y los de su ámbito."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from sibis.bitacora.models import Evento
from sibis.bitacora.presentadores import frase
from sibis.calendario import consultas, importacion, servicios
from sibis.calendario.models import DiaInhabil, PeriodoDeVeda
from sibis.cuentas import roles
from sibis.nucleo.errores import SinPermiso
from tests.fabricas.calendario import DiaInhabilFactory, PeriodoDeVedaFactory
from tests.fabricas.cuentas import con_rol, entrar

pytestmark = pytest.mark.django_db
JUEVES, VIERNES = datetime.date(2026, 4, 30), datetime.date(2026, 5, 1)
LUNES, MARTES = datetime.date(2026, 5, 4), datetime.date(2026, 5, 5)


def test_un_inhabil_confirmado_mueve_el_plazo_y_uno_por_confirmar_no():
    DiaInhabilFactory(fecha=VIERNES)
    DiaInhabilFactory(fecha=LUNES, confirmado=False)

    assert consultas.inhabiles(JUEVES, MARTES) == {VIERNES}
    assert consultas.sumar_habiles(JUEVES, 1) == LUNES
    assert consultas.siguiente_habil(VIERNES) == LUNES
    assert consultas.habiles_entre(JUEVES, MARTES) == 2


def test_lo_de_transparencia_no_mueve_lo_demas():
    DiaInhabilFactory(fecha=VIERNES, ambito=DiaInhabil.Ambito.TRANSPARENCIA)

    assert consultas.sumar_habiles(JUEVES, 1) == VIERNES
    assert consultas.sumar_habiles(JUEVES, 1, ambito="transparencia") == LUNES


def test_un_plazo_cuesta_una_consulta(django_assert_num_queries):
    with django_assert_num_queries(1):
        consultas.sumar_habiles(JUEVES, 200)


def test_la_veda_rige_sus_dos_extremos_y_ni_un_dia_mas():
    veda = PeriodoDeVedaFactory()

    assert consultas.veda_vigente(veda.vigente_desde) == veda
    assert consultas.veda_vigente(veda.vigente_hasta) == veda
    assert consultas.veda_vigente(veda.vigente_hasta + datetime.timedelta(days=1)) is None
    assert consultas.veda_vigente(veda.vigente_desde - datetime.timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("crear", "restriccion"),
    [
        (lambda: DiaInhabilFactory(fecha=VIERNES), "dia_inhabil_una_vez"),
        (lambda: DiaInhabilFactory(fecha=LUNES, norma=""), "dia_inhabil_con_norma"),
        (lambda: PeriodoDeVedaFactory(vigente_desde=None), "veda_con_inicio"),
        (
            lambda: PeriodoDeVedaFactory(vigente_hasta=datetime.date(2030, 1, 1)),
            "calendario_periododeveda_vigencia_en_orden",
        ),
    ],
)
def test_la_base_rechaza_lo_que_no_puede_ser(crear, restriccion):
    DiaInhabilFactory(fecha=VIERNES)
    with pytest.raises(IntegrityError, match=restriccion), transaction.atomic():
        crear()


def test_el_catalogo_se_repite_sin_duplicar_y_respeta_lo_confirmado_a_mano():
    importacion.cargar()
    santo = DiaInhabil.objects.get(fecha="2026-04-02")
    assert not santo.confirmado
    santo.confirmado, santo.norma = True, "Acuerdo publicado el 1 de diciembre de 2025"
    santo.save()

    dias, vedas = importacion.cargar()

    assert (dias.altas, dias.cambios, dias.rechazos) == (0, 0, [])
    assert (vedas.altas, vedas.rechazos) == (0, [])
    santo.refresh_from_db()
    assert santo.norma.startswith("Acuerdo")


@pytest.mark.parametrize(
    ("dia", "nombre"),
    [
        ("2024-10-01", "Transmisión"),
        ("2025-02-03", "Constitución"),
        ("2026-03-16", "Juárez"),
        ("2027-11-15", "Revolución"),
    ],
)
def test_los_de_la_ley_caen_donde_deben(dia, nombre):
    importacion.cargar()

    assert nombre in DiaInhabil.objects.confirmados().get(fecha=dia).nombre
    assert all(d.fecha.weekday() < 5 for d in DiaInhabil.objects.all())


def test_un_renglon_malo_se_nombra_y_los_demas_entran(tmp_path):
    archivo = tmp_path / "dias.json"
    archivo.write_text(
        '{"inhabiles": [{"fecha": "ayer", "nombre": "x", "norma": "y"}, 3, {"fecha": "2026-12-31"},'
        ' {"fecha": "2026-12-30", "nombre": "x", "norma": "y"}], "vedas": [{}]}'
    )

    dias, vedas = importacion.cargar(archivo)

    assert [fila for fila, _ in dias.rechazos] == [1, 2, 3]
    assert dias.altas == 1
    assert len(vedas.rechazos) == 1


def test_lo_cambia_quien_mantiene_la_agenda_y_queda_escrito():
    valida = con_rol(roles.ValidacionSIBISO)

    dia = servicios.guardar_dia(DiaInhabilFactory.build(fecha=VIERNES), por=valida)
    servicios.guardar_veda(PeriodoDeVedaFactory.build(), por=valida)

    assert [e.tipo for e in Evento.objects.order_by("pk")] == [
        "dia_inhabil.agregado",
        "veda.declarada",
    ]
    assert "—" not in frase(Evento.objects.latest("pk"))
    with pytest.raises(SinPermiso):
        servicios.guardar_dia(dia, por=con_rol(roles.EnlaceDeDependencia))
    with pytest.raises(ValidationError, match="ya está"):
        servicios.guardar_dia(DiaInhabilFactory.build(fecha=VIERNES), por=valida)


@pytest.mark.parametrize("modelo", ["diainhabil", "periododeveda"])
def test_el_enlace_lo_consulta_y_no_lo_cambia(client, modelo):
    DiaInhabilFactory(), PeriodoDeVedaFactory()
    entrar(client, con_rol(roles.EnlaceDeDependencia))

    assert client.get(f"/panel/calendario/{modelo}/").status_code == 200
    assert client.get(f"/panel/calendario/{modelo}/add/").status_code == 403


def test_quien_valida_agrega_un_dia_desde_el_panel(client):
    entrar(client, con_rol(roles.ValidacionSIBISO))

    respuesta = client.post(
        "/panel/calendario/diainhabil/add/",
        {
            "fecha": "2026-12-31",
            "ambito": "ciudad",
            "nombre": "Fin de año",
            "norma": "Acuerdo",
            "confirmado": "on",
        },
    )

    assert respuesta.status_code == 302
    assert DiaInhabil.objects.get().nombre == "Fin de año"
    assert not PeriodoDeVeda.objects.exists()
