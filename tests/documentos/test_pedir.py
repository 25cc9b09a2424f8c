"""Pedir un documento: hecho se entrega, sin hacer se encarga una vez, y sin trabajador se dice."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from django.core.cache import cache
from kombu.exceptions import OperationalError

from programas.consultas import impresos
from sibis.documentos import almacen, servicios, tasks
from sibis.documentos.encargos import encargo
from tests.fabricas import programas as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def pedido(medios):
    regla = f.en_portal(completa=True, programa__clave="mi-beca")
    return encargo(impresos.REGLAS_WORD, {"regla": regla.pk}, idioma="es-mx")


@pytest.fixture
def cola(monkeypatch):
    """La cola recibe y nadie la atiende: como un trabajador apagado."""
    recibidos: list[tuple] = []
    monkeypatch.setattr(
        tasks.hacer, "apply_async", lambda argumentos, **_opciones: recibidos.append(argumentos)
    )
    return recibidos


def archivos(carpeta: Path) -> list[Path]:
    return [ruta for ruta in carpeta.rglob("*") if ruta.is_file()]


def test_hecho_se_entrega_sin_encargarlo_otra_vez(pedido, cola):
    tasks.hacer(pedido.tipo.clave, pedido.argumentos, pedido.idioma)

    documento = servicios.entregar(pedido)
    assert documento is not None
    with documento.abrir() as archivo:
        contenido = archivo.read()
    assert contenido.startswith(b"PK")
    assert documento.tamano == len(contenido)
    assert cola == []


def test_dos_peticiones_a_la_vez_lo_encargan_una_sola_vez(pedido, cola):
    assert servicios.entregar(pedido, espera=0.01) is None
    cache.delete(servicios._SENA_SIN_TRABAJADOR)
    assert servicios.entregar(pedido, espera=0.01) is None

    assert len(cola) == 1


def test_si_nadie_contesta_los_que_siguen_no_esperan(pedido, cola):
    servicios.entregar(pedido, espera=0.01)

    antes = time.monotonic()
    assert servicios.entregar(pedido, espera=60) is None
    assert time.monotonic() - antes < 30


def test_sin_cola_no_se_espera_y_el_siguiente_vuelve_a_encargarlo(pedido, cola, monkeypatch):
    def caida(*_argumentos, **_opciones):
        raise OperationalError("sin conexión")

    with monkeypatch.context() as sin_cola:
        sin_cola.setattr(tasks.hacer, "apply_async", caida)
        assert servicios.entregar(pedido, espera=60) is None
        assert servicios.preparar(pedido.tipo.clave, pedido.argumentos) is False
    servicios.entregar(pedido, espera=0.01)
    assert len(cola) == 1


def test_hacerlo_dos_veces_deja_un_archivo_y_nada_a_medias(pedido, medios):
    ruta = tasks.hacer(pedido.tipo.clave, pedido.argumentos, pedido.idioma)
    tasks.hacer(pedido.tipo.clave, pedido.argumentos, pedido.idioma)

    assert archivos(medios) == [medios / ruta]


def test_quien_lo_hace_al_mismo_tiempo_no_lo_repite(pedido, medios):
    """El segundo se va sin maquetar: quien tiene el candado lo deja en su lugar."""
    cache.add(f"documentos:se-hace:{pedido.huella}", 1)
    tasks.hacer(pedido.tipo.clave, pedido.argumentos, pedido.idioma)

    assert archivos(medios) == []


def test_si_no_se_puede_guardar_el_candado_se_suelta(pedido, tmp_path, settings):
    (tmp_path / "lleno").write_text("no es una carpeta")
    settings.MEDIA_ROOT = tmp_path / "lleno"
    with pytest.raises(OSError, match="lleno"):
        tasks.hacer(pedido.tipo.clave, pedido.argumentos, pedido.idioma)

    assert cache.add(f"documentos:se-hace:{pedido.huella}", 1)


def test_guardar_lo_ya_guardado_no_lo_cambia(medios):
    almacen.guardar("documentos/ab/abc.pdf", b"uno")
    almacen.guardar("documentos/ab/abc.pdf", b"otro")

    assert (medios / "documentos/ab/abc.pdf").read_bytes() == b"uno"
    assert len(archivos(medios)) == 1


def test_podar_quita_lo_viejo_y_deja_lo_de_hoy(medios):
    for nombre in ("viejo", "nuevo"):
        almacen.guardar(f"documentos/ab/{nombre}.pdf", b"x")
    hace_mucho = time.time() - (tasks.DIAS_GUARDADO + 1) * 86_400
    os.utime(medios / "documentos/ab/viejo.pdf", (hace_mucho, hace_mucho))

    assert tasks.podar() == 1
    assert [r.name for r in archivos(medios)] == ["nuevo.pdf"]


def test_la_huella_cambia_con_los_datos_y_solo_con_ellos(pedido):
    igual = encargo(impresos.REGLAS_WORD, pedido.argumentos, idioma="es-mx")
    otra = f.en_portal(completa=True, programa__clave="otra-beca")
    distinto = encargo(impresos.REGLAS_WORD, {"regla": otra.pk}, idioma="es-mx")

    assert igual.huella == pedido.huella
    assert distinto.huella != pedido.huella
