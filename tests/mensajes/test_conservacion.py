"""El plazo cumplido se marca, una persona decide y nada se borra."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from sibis.bitacora.models import Evento
from sibis.mensajes.carga import cargar_plazos
from sibis.mensajes.consultas.colas import colas
from sibis.mensajes.models import Disposicion, Hilo, ReglaDeConservacion
from sibis.mensajes.servicios.conservacion import decidir
from sibis.mensajes.tasks import marcar_vencidos
from sibis.mensajes.vencimientos import hace_anios, marcar
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso, TransicionInvalida
from tests.fabricas.mensajes import DisposicionFactory, HiloFactory, ReglaDeConservacionFactory

pytestmark = pytest.mark.django_db
HOY = datetime.date(2026, 11, 29)


def cerrado_el(dia: datetime.date, mundo, **cambios) -> Hilo:
    momento = datetime.datetime.combine(dia, datetime.time(23, 50), timezone.get_current_timezone())
    return HiloFactory(cerrado_en=momento, cerrado_por=mundo.enlace, **cambios)


def test_marca_el_dia_exacto_y_solo_lo_cerrado_de_su_clase(mundo):
    ReglaDeConservacionFactory(clase="regla", anios=5)
    ReglaDeConservacionFactory(clase="sin-asunto", anios=2)
    de_regla = {"expediente": mundo.expediente}
    cumplido = cerrado_el(datetime.date(2021, 11, 29), mundo, **de_regla)
    suelto = cerrado_el(datetime.date(2024, 11, 29), mundo)
    cerrado_el(datetime.date(2021, 11, 30), mundo, **de_regla)  # mañana
    cerrado_el(datetime.date(2024, 11, 30), mundo)
    HiloFactory(**de_regla)  # abierto

    assert marcar(hoy=HOY) == 2
    assert set(Disposicion.objects.values_list("hilo", flat=True)) == {cumplido.pk, suelto.pk}
    assert Evento.objects.filter(tipo="hilo.plazo_cumplido").count() == 2
    assert marcar(hoy=HOY) == 0  # repetirla no marca dos veces
    assert Hilo.objects.count() == 5


def test_sin_regla_en_vigor_no_se_marca_nada(mundo):
    ReglaDeConservacionFactory(clase="regla", anios=1, vigente_hasta=datetime.date(2020, 1, 1))
    cerrado_el(datetime.date(2010, 1, 1), mundo, expediente=mundo.expediente)
    assert marcar_vencidos() == 0


def test_el_29_de_febrero_cumple_el_28():
    assert hace_anios(datetime.date(2028, 2, 29), 1) == datetime.date(2027, 2, 28)
    assert hace_anios(datetime.date(2028, 2, 29), 4) == datetime.date(2024, 2, 29)


def test_decide_la_rectora_o_quien_opera_y_queda_escrito(mundo):
    disposicion = DisposicionFactory(hilo=HiloFactory(entre=[mundo.enlace]))
    for nadie in (mundo.enlace, mundo.dictamina, mundo.auditoria):
        with pytest.raises(SinPermiso):
            decidir(disposicion, decision="baja", motivo="Ya", por=nadie)
    for decision, motivo, que in (
        ("quemar", "Ya", "Elige"),
        ("baja", " ", "motivo"),
        ("baja", "De GOMC900101MDFLRS09", "No escribas"),
    ):
        with pytest.raises(ErrorDeNegocio, match=que):
            decidir(disposicion, decision=decision, motivo=motivo, por=mundo.tecnica)

    hecha = decidir(disposicion, decision="baja", motivo="Dictamen 3/2026", por=mundo.tecnica)
    assert (hecha.decidido_por, hecha.decision) == (mundo.tecnica, "baja")
    with pytest.raises(TransicionInvalida, match="Ya se había"):
        decidir(disposicion, decision="conservar", motivo="No", por=mundo.valida)
    assert Evento.objects.get(tipo="hilo.dispuesto").por == "tecnica"
    assert Hilo.objects.filter(pk=disposicion.hilo_id).exists()


def test_quien_opera_ve_el_numero_y_no_el_asunto(mundo, en_el_panel):
    hilo = HiloFactory(asunto="Lo que se dijo en privado", entre=[mundo.valida])
    DisposicionFactory(hilo=hilo)
    direccion = reverse("mensajes:conservacion")

    de_tecnica = en_el_panel(mundo.tecnica).get(direccion).content.decode()
    assert f"Hilo {hilo.pk}" in de_tecnica
    assert "en privado" not in de_tecnica
    assert "en privado" in en_el_panel(mundo.valida).get(direccion).content.decode()
    assert en_el_panel(mundo.enlace).get(direccion).status_code == 403
    assert [c.total for c in colas(mundo.tecnica)] == [1]
    assert len(colas(mundo.enlace)) == 1  # solo la de mensajes


def test_se_decide_desde_la_pagina(mundo, en_el_panel):
    disposicion = DisposicionFactory()
    cliente = en_el_panel(mundo.valida)
    direccion = reverse("mensajes:decidir", args=[disposicion.pk])

    cliente.post(direccion, {"decision": "quemar", "motivo": "Ya"})
    disposicion.refresh_from_db()
    assert disposicion.decision == ""
    cliente.post(direccion, {"decision": "conservar", "motivo": "Hay un juicio"})
    disposicion.refresh_from_db()
    assert (disposicion.decision, disposicion.motivo) == ("conservar", "Hay un juicio")
    assert cliente.post(reverse("mensajes:decidir", args=[999])).status_code == 404


def test_los_plazos_que_vienen_puestos_dicen_que_estan_por_confirmar(mundo):
    propia = ReglaDeConservacionFactory(clase="regla", anios=7, por_confirmar=False, norma="CADIDO")
    informe = cargar_plazos()

    assert (informe.altas, informe.iguales) == (4, 1)
    nuevas = ReglaDeConservacion.objects.exclude(pk=propia.pk)
    assert all(r.por_confirmar and r.norma for r in nuevas)
    assert cargar_plazos().altas == 0


def test_un_plazo_no_se_encima_ni_se_confirma_sin_norma(mundo):
    ReglaDeConservacionFactory(clase="regla")
    with pytest.raises(ValidationError, match="Ya hay otro plazo"):
        ReglaDeConservacion(clase="regla", anios=3).full_clean()
    with pytest.raises(ValidationError, match="dice su norma"):
        ReglaDeConservacion(clase="otra", anios=3, por_confirmar=False).full_clean()
