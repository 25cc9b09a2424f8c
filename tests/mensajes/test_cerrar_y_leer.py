"""Cerrar y reabrir un hilo, y hasta dónde leyó cada quien."""

from __future__ import annotations

import importlib

import pytest
from django.apps import apps

from sibis.bitacora.models import Evento
from sibis.mensajes.models import Hilo, Lectura
from sibis.mensajes.servicios.escribir import escribir
from sibis.mensajes.servicios.hilos import cerrar, marcar_leido, reabrir
from sibis.nucleo.errores import SinPermiso, TransicionInvalida
from tests.fabricas.mensajes import DisposicionFactory, HiloFactory, MensajeFactory, sobre_la_regla

pytestmark = pytest.mark.django_db


def test_cerrado_ya_no_se_escribe_y_reabierto_si(mundo, llave):
    hilo = sobre_la_regla(mundo)
    cerrar(cerrar(hilo, por=mundo.valida), por=mundo.enlace)
    hilo.refresh_from_db()
    assert hilo.cerrado_por == mundo.valida
    with pytest.raises(TransicionInvalida, match="cerrado"):
        escribir(hilo, texto="hola", llave=llave, por=mundo.enlace)

    reabrir(reabrir(hilo, por=mundo.enlace), por=mundo.enlace)
    escribir(hilo, texto="hola", llave=llave, por=mundo.enlace)
    tipos = list(Evento.objects.filter(objeto_tipo="mensajes.hilo").values_list("tipo", flat=True))
    assert tipos.count("hilo.cerrado") == tipos.count("hilo.reabierto") == 1


def test_no_se_reabre_lo_que_ya_cumplio_su_plazo(mundo):
    hilo = cerrar(sobre_la_regla(mundo), por=mundo.enlace)
    DisposicionFactory(hilo=hilo)
    with pytest.raises(TransicionInvalida, match="plazo"):
        reabrir(Hilo.objects.get(pk=hilo.pk), por=mundo.enlace)


def test_cerrar_pide_ver_el_hilo(mundo):
    hilo = sobre_la_regla(mundo)
    for acto in (cerrar, reabrir):
        with pytest.raises(SinPermiso):
            acto(hilo, por=mundo.ajeno)


def test_la_marca_de_lectura_avanza_y_no_retrocede(mundo, llave):
    hilo = sobre_la_regla(mundo)
    segundo = escribir(hilo, texto="otro", llave=llave, por=mundo.enlace)
    primero = hilo.mensajes.first()
    assert Hilo.objects.con_lo_nuevo_para(mundo.valida).get().nuevos == 2
    assert Hilo.objects.con_lo_nuevo_para(mundo.enlace).get().nuevos == 0

    marcar_leido(hilo, hasta=primero.pk, por=mundo.valida)
    assert Hilo.objects.con_lo_nuevo_para(mundo.valida).get().nuevos == 1
    marcar_leido(hilo, hasta=segundo.pk, por=mundo.valida)
    marcar_leido(hilo, hasta=primero.pk, por=mundo.valida)

    assert Lectura.objects.get(usuario=mundo.valida).hasta == segundo
    assert not Hilo.objects.sin_leer_por(mundo.valida).exists()


def test_no_se_marca_leido_un_mensaje_que_no_es_del_hilo(mundo):
    hilo = sobre_la_regla(mundo)
    ajeno = MensajeFactory()
    marcar_leido(hilo, hasta=ajeno.pk, por=mundo.valida)

    assert Lectura.objects.get(usuario=mundo.valida).hasta == hilo.mensajes.last()


def test_a_quien_revisa_no_le_cuentan_lo_que_otros_se_escriben(mundo):
    sobre_la_regla(mundo)
    assert Hilo.objects.visibles_para(mundo.dictamina).exists()
    assert not Hilo.objects.sin_leer_por(mundo.dictamina).exists()


def test_los_hilos_de_antes_se_enteran_de_su_ultimo_mensaje(mundo):
    hilo, vacio = sobre_la_regla(mundo), HiloFactory()
    ultimo = MensajeFactory(hilo=hilo)
    Hilo.objects.update(ultimo=None)
    assert not Hilo.objects.sin_leer_por(mundo.valida).exists()

    importlib.import_module("sibis.mensajes.migrations.0003_apuntar_el_ultimo_mensaje").apuntar(
        apps, None
    )
    hilo.refresh_from_db()
    vacio.refresh_from_db()
    assert (hilo.ultimo, vacio.ultimo) == (ultimo, None)
    assert list(Hilo.objects.sin_leer_por(mundo.valida)) == [hilo]
