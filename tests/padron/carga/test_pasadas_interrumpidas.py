"""El trabajador muere cuando quiere y la base termina igual. Con procesos y conexiones de verdad."""

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.db import connection
from django.utils import timezone

from padron import tasks
from padron.estados import EstadoCarga, EstadoPasada, PasoDePasada
from padron.importacion import avance, barrido, escribir, indexar, tabla, trabajo
from padron.models import FilaEnEspera, Hallazgo, Pasada, Registro
from padron.servicios import cargas, decisiones, en_marcha
from padron.servicios.cargas import ArchivoRepetido
from sibis.nucleo.errores import ErrorDeNegocio
from tests.padron.carga.archivos import csv_de, padron, personas
from tests.padron.carga.conftest import correr, entregar, volcado

pytestmark = pytest.mark.django_db(transaction=True)

CUANTAS = 30_000
TRABAJADOR = """
import os, resource, sys, pathlib
if limite := int(os.environ.get("LIMITE", "0")):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limite, limite))
import django
from django.conf import settings
settings.STORAGES["archivos"] = {
    "BACKEND": "sibis.archivos.almacen.AlmacenEnDisco",
    "OPTIONS": {"location": sys.argv[2]},
}
settings.PADRON_TRABAJO = pathlib.Path(sys.argv[3])
settings.PADRON_PARTICION_DESDE = 1_000
django.setup()
from padron.importacion import avance, escribir, indexar
escribir.EN_PARALELO = indexar.EN_PARALELO = 0
print("listo", flush=True)
avance.avanzar(int(sys.argv[1]), segundos=600)
"""


@pytest.fixture
def en_disco(settings, tmp_path, monkeypatch):
    """El otro proceso ve los mismos archivos; y todo va por dos conexiones, como lo grande."""
    settings.STORAGES = settings.STORAGES | {
        "archivos": {
            "BACKEND": "sibis.archivos.almacen.AlmacenEnDisco",
            "OPTIONS": {"location": str(tmp_path / "archivos")},
        }
    }
    settings.PADRON_PARTICION_DESDE = 1_000
    monkeypatch.setattr(escribir, "EN_PARALELO", 0)
    monkeypatch.setattr(indexar, "EN_PARALELO", 0)
    return tmp_path / "archivos"


ORDEN = list(PasoDePasada.values)
OBJETIVOS = (*ORDEN[:2], *ORDEN[1:3], *ORDEN[1:4], *ORDEN[2:5])


def _paso(pasada: Pasada) -> str:
    return Pasada.objects.values_list("paso", flat=True).get(pk=pasada.pk)


def trabajador(pasada: Pasada, almacen, *, limite: int = 0) -> subprocess.Popen:
    partes = urlsplit(os.environ["DATABASE_URL"])
    base = partes._replace(path=f"/{connection.settings_dict['NAME']}")
    entorno = os.environ | {
        "DJANGO_SETTINGS_MODULE": "sibis.settings.pruebas",
        "DATABASE_URL": urlunsplit(base),
        "LIMITE": str(limite),
    }
    orden = [sys.executable, "-c", TRABAJADOR, str(pasada.pk), str(almacen)]
    return subprocess.Popen(
        [*orden, str(settings.PADRON_TRABAJO)],
        cwd=settings.RAIZ,
        env=entorno,
        stdout=subprocess.PIPE,
        text=True,
    )


def lo_que_quedo(carga) -> tuple:
    """Todo lo que una carga deja en la base, sin sus llaves."""
    pasada = carga.pasada
    hallazgos = Hallazgo.objects.filter(pasada=pasada).order_by("fila", "columna", "codigo")
    espera = FilaEnEspera.objects.filter(pasada=pasada).order_by("fila")
    return (
        carga.estado,
        (carga.filas, carga.validas, carga.con_error, carga.con_aviso),
        volcado(pasada.tabla),
        list(hallazgos.values_list("fila", "columna", "codigo", "severidad", "forma")),
        list(espera.values_list("fila", "bloqueada", "celdas")),
    )


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


def test_dos_trabajadores_a_la_vez_no_escriben_nada_dos_veces(casa, en_disco):
    esperado = lo_que_quedo(correr(entregar(casa, padron(8_000, malas=80))))
    carga = entregar(casa, padron(8_000, malas=80), periodo="t1")
    pasada = carga.pasadas.get()

    def trabajar() -> None:
        try:
            for _vez in range(6):
                avance.avanzar(pasada.pk, segundos=0)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as hilos:
        for hecho in [hilos.submit(trabajar) for _ in range(3)]:
            hecho.result()

    assert lo_que_quedo(correr(carga)) == esperado


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


def test_el_mismo_archivo_a_la_vez_gana_uno_y_el_otro_se_entera(casa, en_disco):
    contenido = padron(2_000)

    def subir(_n: int) -> str:
        try:
            return entregar(casa, contenido).folio
        except ArchivoRepetido as error:
            return f"repetido {error.folio}"
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as hilos:
        dichos = sorted(hilos.map(subir, range(4)))

    assert dichos == ["P-2025-000001", *["repetido P-2025-000001"] * 3]


def test_muchas_a_la_vez_llevan_folios_distintos(casa, en_disco):
    def subir(n: int) -> str:
        try:
            return entregar(casa, padron(20, semilla=n)).folio
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as hilos:
        folios = sorted(hilos.map(subir, range(12)))

    assert folios == [f"P-2025-{n:06d}" for n in range(1, 13)]


def test_dos_cargas_con_las_mismas_personas_a_la_vez_entra_una(casa, en_disco):
    """Las dos se revisaron cuando ninguna estaba; se aplican al mismo tiempo."""
    primera = correr(entregar(casa, padron(2_000)))
    filas = personas(2_000)
    segunda = correr(entregar(casa, csv_de(filas[:1_500])))

    def aplicar(carga) -> str:
        try:
            return decisiones.aplicar(carga, por=casa.titular).estado
        except ErrorDeNegocio as error:
            return error.mensaje
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as hilos:
        dichos = sorted(hilos.map(aplicar, [primera, segunda]))

    assert "aplicada" in dichos
    assert sum("ya entraron al padrón" in d for d in dichos) == 1, dichos
    curps = Registro.objects.vigentes().values_list("curp", flat=True)
    assert len(set(curps)) == len(curps)


def test_aplicar_la_misma_dos_veces_a_la_vez_la_aplica_una(casa, en_disco):
    carga = correr(entregar(casa, padron(1_500)))

    def aplicar(_n: int) -> str:
        try:
            return decisiones.aplicar(carga, por=casa.titular).estado
        except ErrorDeNegocio:
            return "no"
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as hilos:
        assert sorted(hilos.map(aplicar, range(3))) == ["aplicada", "no", "no"]
    assert Registro.objects.count() == 1_500


def test_el_reloj_empuja_lo_que_se_quedo_callado(casa, en_disco):
    carga = entregar(casa, padron(100))
    pasada = carga.pasadas.get()
    assert avance.detenidas() == [pasada.pk], "nadie oyó el primer timbre"
    Pasada.objects.filter(pk=pasada.pk).update(latido=timezone.now())
    assert avance.detenidas() == []
    Pasada.objects.filter(pk=pasada.pk).update(latido=timezone.now() - avance.SIN_SENAL * 2)

    assert tasks.empujar_pasadas() == 1

    carga.refresh_from_db()
    assert carga.estado == EstadoCarga.POR_MAPEAR


def test_la_que_mata_al_trabajador_muchas_veces_queda_en_pausa_y_dice_por_que(casa, en_disco):
    carga = entregar(casa, padron(100))
    Pasada.objects.update(intentos=avance.INTENTOS)

    avance.avanzar(carga.pasadas.get().pk)

    carga.refresh_from_db()
    assert carga.estado == EstadoCarga.PAUSADA
    assert "varias veces" in carga.error
    en_marcha.reanudar(carga, por=casa.enlace, en_cola=False)
    assert correr(carga).estado == EstadoCarga.POR_REVISAR


def test_el_barrido_quita_lo_que_nadie_usa_y_nada_mas(casa, en_disco):
    barrido.barrer()  # lo que otras pruebas dejaron
    carga = correr(entregar(casa, padron(1_200)))
    (trabajo.raiz() / "999-1").mkdir(parents=True)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE padron_registro_c999_p1 (LIKE padron_registro)")

    assert barrido.barrer() == 2

    assert tabla.existe(carga.pasada.tabla)
    assert not tabla.existe("padron_registro_c999_p1")
    decisiones.aplicar(carga, por=casa.titular)
    assert barrido.barrer() == 0
    assert Registro.objects.count() == 1_200


def test_los_archivos_se_guardan_en_disco_en_estas_pruebas(en_disco):
    assert type(storages["archivos"]).__name__ == "AlmacenEnDisco"
