"""El trabajador muere cuando quiere y la base termina igual. Con procesos y conexiones de verdad."""

import random
import signal
import time

import pytest
from django.db import connection

from padron.estados import EstadoCarga, EstadoPasada, PasoDePasada
from padron.importacion import avance, barrido, tabla, trabajo
from padron.models import Hallazgo, Pasada, Registro
from padron.servicios import cargas, decisiones, en_marcha
from tests.padron.carga.archivos import padron
from tests.padron.carga.conftest import correr, entregar, volcado
from tests.padron.carga.procesos import lo_que_quedo, trabajador

pytestmark = pytest.mark.django_db(transaction=True)

CUANTAS = 30_000

ORDEN = list(PasoDePasada.values)
OBJETIVOS = (*ORDEN[:2], *ORDEN[1:3], *ORDEN[1:4], *ORDEN[2:5])


def _paso(pasada: Pasada) -> str:
    return Pasada.objects.values_list("paso", flat=True).get(pk=pasada.pk)


def test_matar_al_trabajador_diez_veces_termina_en_la_misma_base(casa, en_disco):
    contenido = padron(CUANTAS, malas=300)
    tranquila = correr(entregar(casa, contenido))
    esperado = lo_que_quedo(tranquila)
    assert esperado[0] == EstadoCarga.POR_REVISAR
    carga = entregar(casa, contenido, periodo="t1")
    pasada, azar = carga.pasadas.get(), random.Random(7)
    murio_en: list[str] = []

    for objetivo in OBJETIVOS:
        proceso = trabajador(pasada, en_disco)
        assert proceso.stdout.readline() == "listo\n"
        while proceso.poll() is None and ORDEN.index(_paso(pasada)) < ORDEN.index(objetivo):
            time.sleep(0.002)
        time.sleep(azar.uniform(0, 0.25))
        proceso.send_signal(signal.SIGKILL)
        proceso.wait()
        proceso.stdout.close()
        pasada.refresh_from_db()
        if pasada.estado == EstadoPasada.EN_MARCHA:
            murio_en.append(pasada.paso)
    assert len(set(murio_en)) >= 3, f"murió en muy pocos pasos: {murio_en}"
    _cuando_la_base_suelte(carga)

    assert lo_que_quedo(carga) == esperado
    decisiones.aplicar(carga, por=casa.titular)
    assert volcado(carga_id=carga.pk) == esperado[2]
    assert Registro.objects.count() == CUANTAS - 300


@pytest.mark.parametrize("paso", [PasoDePasada.REVISAR, PasoDePasada.ESCRIBIR, PasoDePasada.CERRAR])
def test_perder_la_carpeta_de_trabajo_en_cualquier_paso_no_pierde_nada(
    casa, en_disco, paso, monkeypatch
):
    esperado = lo_que_quedo(correr(entregar(casa, padron(3_000, malas=30))))
    carga = entregar(casa, padron(3_000, malas=30), periodo="t1")
    pasada = carga.pasadas.get()
    while (en := _paso(pasada)) != paso:
        avance.avanzar(pasada.pk, segundos=0)
        assert en != PasoDePasada.CERRAR
    trabajo.tirar(pasada)

    assert lo_que_quedo(correr(carga)) == esperado


def test_una_carpeta_a_medio_escribir_no_se_cree(casa, en_disco):
    esperado = lo_que_quedo(correr(entregar(casa, padron(3_000, malas=30))))
    carga = entregar(casa, padron(3_000, malas=30), periodo="t1")
    pasada = carga.pasadas.get()
    while _paso(pasada) != PasoDePasada.ESCRIBIR:
        avance.avanzar(pasada.pk, segundos=0)
    partes = sorted(trabajo.carpeta(pasada).rglob("revision/registros/**/*.csv"))
    partes[0].write_bytes(partes[0].read_bytes()[:100])

    assert lo_que_quedo(correr(carga)) == esperado


def _cuando_la_base_suelte(carga) -> None:
    """PostgreSQL tarda un poco en notar que el otro lado murió y soltar su candado."""
    limite = time.monotonic() + 60
    while time.monotonic() < limite:
        correr(carga)
        if carga.estado == EstadoCarga.POR_REVISAR:
            return
        time.sleep(0.2)


@pytest.mark.parametrize("espera", [0.3, 0.8, 1.4, 2.0])
def test_si_la_base_corta_las_conexiones_se_sigue_despues(casa, en_disco, espera):
    """Como cuando PostgreSQL se reinicia: nadie lo anota como falla del archivo."""
    esperado = lo_que_quedo(correr(entregar(casa, padron(CUANTAS, malas=300))))
    carga = entregar(casa, padron(CUANTAS, malas=300), periodo="t1")
    proceso = trabajador(carga.pasadas.get(), en_disco)
    assert proceso.stdout.readline() == "listo\n"
    time.sleep(espera)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert proceso.wait(timeout=60) == 0
    proceso.stdout.close()
    carga.refresh_from_db()
    assert carga.estado != EstadoCarga.PAUSADA, carga.error

    assert lo_que_quedo(correr(carga)) == esperado


@pytest.mark.parametrize("limite", [100_000, 2_500_000])
def test_sin_lugar_en_el_disco_queda_en_pausa_y_dice_que_hacer(casa, en_disco, limite):
    esperado = lo_que_quedo(correr(entregar(casa, padron(CUANTAS, malas=300))))
    carga = entregar(casa, padron(CUANTAS, malas=300), periodo="t1")
    proceso = trabajador(carga.pasadas.get(), en_disco, limite=limite)
    proceso.wait(timeout=60)
    proceso.stdout.close()

    carga.refresh_from_db()
    assert carga.estado == EstadoCarga.PAUSADA
    assert "disco" in carga.error
    en_marcha.reanudar(carga, por=casa.enlace, en_cola=False)
    assert lo_que_quedo(correr(carga)) == esperado


@pytest.mark.parametrize("vueltas", range(6))
def test_pausar_en_cualquier_paso_y_reanudar_da_lo_mismo(casa, en_disco, vueltas):
    esperado = lo_que_quedo(correr(entregar(casa, padron(3_000, malas=30))))
    carga = entregar(casa, padron(3_000, malas=30), periodo="t1")
    pasada = carga.pasadas.get()
    for _vez in range(vueltas):
        if Pasada.objects.get(pk=pasada.pk).estado == EstadoPasada.EN_MARCHA:
            avance.avanzar(pasada.pk, segundos=0)
    carga.refresh_from_db()
    if carga.estado in {EstadoCarga.RECIBIDA, EstadoCarga.EN_PROCESO}:
        en_marcha.pausar(carga, por=casa.enlace)
        assert avance.avanzar(pasada.pk) is False, "en pausa nadie la mueve"
        assert avance.detenidas() == []
        en_marcha.reanudar(carga, por=casa.enlace, en_cola=False)

    assert lo_que_quedo(correr(carga)) == esperado


def test_cancelar_mientras_se_revisa_la_detiene_y_no_deja_nada(casa, en_disco):
    correr(entregar(casa, padron(500)))
    carga = entregar(casa, padron(CUANTAS, semilla=3))
    pasada = carga.pasadas.get()
    proceso = trabajador(pasada, en_disco)
    assert proceso.stdout.readline() == "listo\n"
    while _paso(pasada) == PasoDePasada.LEER:
        time.sleep(0.02)

    cargas.cancelar(carga, por=casa.enlace)

    assert proceso.wait(timeout=30) == 0
    proceso.stdout.close()
    pasada.refresh_from_db()
    assert pasada.estado == EstadoPasada.CANCELADA
    assert not tabla.existe(tabla.nombre(pasada))
    assert not Hallazgo.objects.filter(pasada=pasada).exists()
    barrido.barrer()
    assert trabajo.quedadas() == []
