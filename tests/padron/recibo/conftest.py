"""Un padrón ya aplicado, de un programa que está en el portal, y su recibo."""

from __future__ import annotations

import pytest

from padron.models import Recibo
from padron.tasks import hacer_recibo
from sibis.archivos import servicios as archivos
from tests.fabricas.padron import CargaFactory
from tests.fabricas.programas import en_portal
from tests.fabricas.recibos import ReciboFactory


@pytest.fixture
def regla(db):
    return en_portal(nombre="Beca de prueba", ejercicio=2025)


@pytest.fixture
def recibo(regla) -> Recibo:
    return ReciboFactory(carga__regla=regla)


@pytest.fixture
def firmado(recibo) -> Recibo:
    hacer_recibo(recibo.pk)
    recibo.refresh_from_db()
    return recibo


@pytest.fixture
def sustituto(firmado) -> Recibo:
    """El de la carga que sustituyó a la del primero."""
    carga = firmado.carga
    carga.estado = "sustituida"
    carga.save(update_fields=["estado"])
    nueva = CargaFactory(aplicada=True, regla=carga.regla, sustituye=carga, validas=12, filas=12)
    return ReciboFactory(carga=nueva)


def contenido(recibo: Recibo) -> bytes:
    recibo.refresh_from_db()
    with archivos.abrir(recibo.archivo) as guardado:
        return guardado.read()
