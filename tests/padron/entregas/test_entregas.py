"""Anotar a una persona: cada salida de la tabla, las sumas, y dos personas a la vez."""

from __future__ import annotations

import threading
from decimal import Decimal

import pytest
from django.db import connection

from padron.estados_de_entrega import FLUJO_ENTREGA
from padron.models import Entrega
from padron.servicios.entregas import Anotacion, anotar
from padron.servicios.jornadas import publicar
from sibis.bitacora.models import Evento
from sibis.cuentas.roles import EnlaceDeDependencia
from sibis.nucleo.errores import (
    EdicionConcurrente,
    ErrorDeNegocio,
    SinPermiso,
    TransicionInvalida,
)
from tests.fabricas.cuentas import DependenciaFactory, con_rol
from tests.fabricas.entregas import InstrumentoDeEntregaFactory, JornadaDeEntregaFactory, hace
from tests.fabricas.padron import CargaFactory
from tests.padron.entregas.escenas import cuentas_en_sql, cuentas_guardadas, escena, padron

pytestmark = pytest.mark.django_db
CAMINO = {
    "": [],
    "entregada": ["entregar"],
    "no_recogida": ["no-recogio"],
    "devuelta": ["entregar", "devolver"],
    "reentregada": ["entregar", "devolver", "reentregar"],
}


def dar(suya, paso, *, registro=0, dias=3, **otros):
    dicho = Anotacion(paso, hace(dias), **{"motivo": "Por algo."} | otros)
    return anotar(suya.jornada, suya.registros[registro], dicho=dicho, por=suya.enlace)


@pytest.mark.parametrize("antes", CAMINO)
@pytest.mark.parametrize("paso", [t.nombre for t in FLUJO_ENTREGA])
def test_cada_paso_desde_cada_estado(antes, paso):
    suya = escena()
    for previo in CAMINO[antes]:
        dar(suya, previo)
    transicion = FLUJO_ENTREGA.paso(paso)
    if antes in transicion.desde:
        assert dar(suya, paso).estado == transicion.hacia
    else:
        with pytest.raises(TransicionInvalida):
            dar(suya, paso)
    assert cuentas_guardadas(suya.jornada) == cuentas_en_sql(suya.jornada)


def test_devolver_y_entregar_otra_vez_suma_lo_que_quedo():
    suya = escena()
    dar(suya, "entregar", monto=Decimal(500), dias=5)
    dar(suya, "devolver", dias=4)
    assert Entrega.objects.de(suya.registros[0]).neto() == 0
    dar(suya, "reentregar", monto=Decimal(600))
    dar(suya, "no-recogio", registro=1)
    dar(suya, "entregar", registro=1, dias=1)

    assert Entrega.objects.de(suya.registros[0]).neto() == Decimal(600)
    jornada = suya.fresca()
    assert (jornada.monto_entregado, jornada.monto_devuelto) == (Decimal(1700), Decimal(500))
    assert (jornada.monto_neto, jornada.anotadas, jornada.pendientes) == (Decimal(1200), 2, 4)
    assert cuentas_guardadas(jornada) == cuentas_en_sql(jornada)


def test_en_especie_no_lleva_monto_y_dice_que_fue():
    suya = escena(instrumento=InstrumentoDeEntregaFactory(clave="en-especie"))
    entrega = dar(suya, "entregar", monto=Decimal(5))
    assert (entrega.monto, entrega.especie) == (None, "beca")


@pytest.mark.parametrize(
    ("otros", "dicho"),
    [
        ({"dias": -1}, "posterior a hoy"),
        ({"dias": 11}, "no puede ser anterior"),
        ({"monto": Decimal(601), "motivo": ""}, "escribe por qué"),
        ({"monto": Decimal(0)}, "mayor que cero"),
        ({"motivo": "Ver XEXX800101HDFABX01"}, "CURP"),
    ],
)
def test_lo_que_no_procede_dice_por_que_y_no_escribe(otros, dicho):
    suya = escena()
    with pytest.raises(ErrorDeNegocio, match=dicho):
        dar(suya, "entregar", **otros)
    assert not Entrega.objects.exists()
    assert cuentas_guardadas(suya.jornada) == cuentas_en_sql(suya.jornada)


def test_de_mas_con_motivo_si_se_puede():
    assert dar(escena(), "entregar", monto=Decimal(900), motivo="Acuerdo.").monto == 900


@pytest.mark.parametrize("paso", ["devolver", "reentregar"])
def test_devolver_y_reentregar_piden_motivo(paso):
    suya = escena()
    for previo in {"devolver": ["entregar"], "reentregar": ["entregar", "devolver"]}[paso]:
        dar(suya, previo)
    with pytest.raises(ErrorDeNegocio, match="por qué"):
        dar(suya, paso, motivo=" ")


def test_lo_que_sigue_no_pasa_antes():
    suya = escena()
    dar(suya, "entregar", dias=2)
    with pytest.raises(ErrorDeNegocio, match="no pudo pasar antes"):
        dar(suya, "devolver", dias=3)


def test_otra_dependencia_no_anota():
    suya = escena()
    ajena = con_rol(EnlaceDeDependencia, en=DependenciaFactory())
    with pytest.raises(SinPermiso):
        anotar(suya.jornada, suya.registros[0], dicho=Anotacion("entregar", hace(1)), por=ajena)


@pytest.mark.parametrize("estado", ["planeada", "cancelada"])
def test_solo_en_una_publicada_se_anota(estado):
    suya = escena()
    otra = JornadaDeEntregaFactory(programa=suya.carga.programa, estado=estado)
    with pytest.raises(TransicionInvalida, match="publicada"):
        anotar(otra, suya.registros[0], dicho=Anotacion("entregar", hace(1)), por=suya.enlace)


def test_quien_abrio_la_pagina_antes_se_entera():
    suya = escena()
    dar(suya, "entregar", visto=0)
    with pytest.raises(EdicionConcurrente, match="ya la anotó"):
        dar(suya, "no-recogio", visto=0)


def test_quien_recibio_con_una_carga_sustituida_no_recibe_otra_vez():
    suya = escena()
    dar(suya, "entregar")
    suya.carga.estado = "sustituida"
    suya.carga.save()
    otra = CargaFactory(aplicada=True, regla=suya.carga.regla)
    _carga, nuevos = padron(carga=otra)

    with pytest.raises(ErrorDeNegocio, match="carga anterior"):
        anotar(suya.jornada, nuevos[0], dicho=Anotacion("entregar", hace(1)), por=suya.enlace)
    anotar(suya.jornada, nuevos[1], dicho=Anotacion("entregar", hace(1)), por=suya.enlace)


def test_la_bitacora_dice_que_registro_y_no_de_quien_es():
    suya = escena()
    dar(suya, "entregar")
    evento = Evento.objects.get(tipo="entrega.entregada")
    assert evento.detalle["registro"] == suya.registros[0].pk
    assert "PERSONA" not in str(evento.detalle)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("en_otra_jornada", [False, True])
def test_dos_personas_anotan_a_la_misma_a_la_vez_y_una_gana(en_otra_jornada):
    suya = escena()
    jornadas = [suya.jornada, suya.jornada]
    if en_otra_jornada:
        otra = JornadaDeEntregaFactory(
            programa=suya.carga.programa, dependencia=suya.carga.dependencia
        )
        jornadas[1] = publicar(otra, por=suya.enlace)
    listos, salidas = threading.Barrier(2), []

    def una(jornada):
        try:
            listos.wait()
            anotar(
                jornada,
                suya.registros[0],
                dicho=Anotacion("entregar", hace(1), visto=0),
                por=suya.enlace,
            )
            salidas.append("anotó")
        except EdicionConcurrente as error:
            salidas.append(error.mensaje)
        finally:
            connection.close()

    hilos = [threading.Thread(target=una, args=(j,)) for j in jornadas]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()

    assert sorted(s == "anotó" for s in salidas) == [False, True]
    assert Entrega.objects.count() == 1
    for jornada in jornadas:
        assert cuentas_guardadas(jornada) == cuentas_en_sql(jornada)
