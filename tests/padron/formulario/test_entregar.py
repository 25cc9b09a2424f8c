"""Entregar la captura: los mismos renglones por la misma puerta que un archivo."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from padron.models import Carga, RenglonCapturado
from padron.servicios import (
    capturas,
    capturas_entrega,
    capturas_renglones,
    cargas,
    decisiones,
)
from padron.servicios.cargas import ArchivoRepetido
from sibis.archivos import servicios as archivos
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso, TransicionInvalida
from tests.padron.carga.archivos import padron
from tests.padron.carga.conftest import correr, volcado
from tests.padron.carga.conftest import entregar as entregar_archivo
from tests.padron.formulario.conftest import escribir


def entregar(captura, casa, **mas) -> Carga:
    return capturas_entrega.entregar(captura, por=casa.enlace, en_cola=False, **mas)


def leer(carga) -> list[list[str]]:
    with archivos.abrir(carga.archivo) as archivo:
        return list(csv.reader(io.StringIO(archivo.read().decode())))


def test_se_congela_en_un_csv_con_lo_tecleado_exacto(casa, captura):
    capturas_renglones.insertar(
        captura,
        [{"curp": " rooa800101 ", "nombres": '=Ana "La Güera", ;', "monto": "$1,200"}],
        por=casa.enlace,
    )
    carga = entregar(captura, casa)
    titulos, renglon = leer(carga)
    celdas = dict(zip(titulos, renglon, strict=True))
    assert celdas["Nombre(s)"] == '=Ana "La Güera", ;'
    assert (celdas["CURP"], celdas["Monto"]) == (" rooa800101 ", "$1,200")
    assert carga.origen == Carga.Origen.FORMULARIO
    assert carga.filas_declaradas == 1


def test_sus_columnas_ya_estan_dichas_y_pasa_derecho_a_revisarse(casa, captura):
    escribir(captura, 5, por=casa.enlace, malas=1)
    carga = correr(entregar(captura, casa))
    assert carga.estado == "por_revisar"
    assert (carga.filas, carga.validas, carga.con_error) == (5, 4, 1)
    assert [h.fila for h in carga.pasada.hallazgos.filter(severidad="bloquea")] == [2]


def test_da_los_mismos_registros_que_subir_el_archivo(casa, captura):
    escribir(captura, 12, por=casa.enlace)
    tecleada = correr(entregar(captura, casa))
    suya = volcado(tecleada.pasada.tabla)
    cargas.cancelar(tecleada, por=casa.enlace)
    subida = correr(entregar_archivo(casa, padron(12)))
    assert volcado(subida.pasada.tabla) == suya


def test_la_confirma_otra_persona(casa, captura):
    escribir(captura, 3, por=casa.enlace)
    carga = correr(entregar(captura, casa))
    with pytest.raises(SinPermiso):
        decisiones.aplicar(carga, por=casa.enlace)
    assert decisiones.aplicar(carga, por=casa.titular).estado == "aplicada"


def test_entregada_ya_no_se_escribe_ni_a_mano_en_la_base(casa, captura):
    [clave] = escribir(captura, 1, por=casa.enlace)
    entregar(captura, casa)
    with pytest.raises(ErrorDeNegocio, match="ya está entregada"):
        escribir(captura, 1, por=casa.enlace, semilla=2)
    with pytest.raises((IntegrityError, ValidationError)), transaction.atomic():
        RenglonCapturado.objects.filter(clave=clave).update(celdas={})
    with pytest.raises(ErrorDeNegocio):
        entregar(captura, casa)


def test_lo_quitado_no_se_entrega_y_se_borra(casa, captura):
    claves = escribir(captura, 2, por=casa.enlace)
    capturas_renglones.quitar(captura, claves[0], por=casa.enlace)
    carga = entregar(captura, casa)
    assert len(leer(carga)) == 2
    assert captura.renglones.count() == 1


def test_vacia_no_se_entrega(casa, captura):
    with pytest.raises(ErrorDeNegocio, match="al menos uno"):
        entregar(captura, casa)
    captura.refresh_from_db()
    assert captura.estado == "abierta"


def test_si_recibir_se_niega_la_captura_sigue_abierta(casa, captura):
    escribir(captura, 2, por=casa.enlace)
    entregar(captura, casa)
    otra = capturas.empezar(
        programa=casa.programa, ejercicio=2025, periodo="anual", por=casa.enlace
    )
    escribir(otra, 2, por=casa.enlace)
    with pytest.raises(ArchivoRepetido):
        entregar(otra, casa)
    otra.refresh_from_db()
    assert (otra.estado, otra.renglones.count()) == ("abierta", 2)


def test_cancelada_la_carga_se_vuelve_a_abrir_y_se_entrega_otra_vez(casa, captura):
    escribir(captura, 2, por=casa.enlace)
    primera = entregar(captura, casa)
    with pytest.raises(ErrorDeNegocio, match="cancélala"):
        capturas_entrega.reabrir(captura, por=casa.enlace)
    cargas.cancelar(primera, por=casa.enlace)
    capturas_entrega.reabrir(captura, por=casa.colega)
    captura.refresh_from_db()
    assert (captura.estado, captura.carga) == ("abierta", primera)
    segunda = entregar(captura, casa)
    assert segunda.folio != primera.folio


def test_abierta_no_se_reabre(casa, captura):
    with pytest.raises(TransicionInvalida):
        capturas_entrega.reabrir(captura, por=casa.enlace)


def test_descartar_borra_los_renglones_y_dice_quien(casa, captura):
    escribir(captura, 2, por=casa.enlace)
    capturas_entrega.descartar(captura, por=casa.enlace)
    captura.refresh_from_db()
    assert (captura.estado, captura.descartada_por) == ("descartada", casa.enlace)
    assert not RenglonCapturado.objects.exists()


def test_sustituye_a_la_aplicada(casa, captura):
    escribir(captura, 2, por=casa.enlace)
    primera = decisiones.aplicar(correr(entregar(captura, casa)), por=casa.titular)
    otra = capturas.empezar(
        programa=casa.programa, ejercicio=2025, periodo="anual", por=casa.enlace
    )
    escribir(otra, 3, por=casa.enlace, semilla=2)
    segunda = correr(entregar(otra, casa, sustituye=primera))
    decisiones.aplicar(segunda, por=casa.titular)
    primera.refresh_from_db()
    assert primera.estado == "sustituida"
