"""Varias personas y varios trabajadores sobre lo mismo, al mismo tiempo."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.utils import timezone

from padron import tasks
from padron.estados import EstadoCarga
from padron.importacion import avance, barrido, tabla, trabajo
from padron.models import Pasada, Registro
from padron.servicios import decisiones, en_marcha
from padron.servicios.cargas import ArchivoRepetido
from sibis.nucleo.errores import ErrorDeNegocio
from tests.padron.carga.archivos import csv_de, padron, personas
from tests.padron.carga.conftest import correr, entregar
from tests.padron.carga.procesos import lo_que_quedo

pytestmark = pytest.mark.django_db(transaction=True)


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
