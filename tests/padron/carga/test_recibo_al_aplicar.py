"""Aplicar una carga de verdad, chica o grande, deja su recibo en la misma transacción."""

import pytest

from padron.consultas.huella_de_registros import resumir
from padron.models import Carga, Recibo, Registro
from padron.servicios import decisiones
from sibis.nucleo.errores import ErrorDeNegocio
from tests.padron.carga.archivos import padron
from tests.padron.carga.conftest import correr, entregar, revisada
from tests.padron.recibo.test_huella import a_mano

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("desde", [10, 50_000])
def test_el_recibo_dice_lo_que_entro(casa, settings, desde):
    """Como su propia partición o en la que comparten las chicas, la huella es la misma."""
    settings.PADRON_PARTICION_DESDE = desde
    carga = revisada(casa, 15, malas=1)

    decisiones.aplicar(carga, por=casa.titular)

    carga.refresh_from_db()
    dicho = carga.recibo.constancia
    renglones = dicho["renglones"]
    assert (renglones["recibidos"], renglones["inscritos"], renglones["en_espera"]) == (15, 14, 1)
    assert renglones["descartados"] == 0
    assert dicho["personas"] == 14
    assert dicho["entrega"]["sha256"] == carga.archivo.sha256
    assert dicho["registros"]["sha256"] == a_mano(carga)
    assert dicho["revision"]["comprobaciones"] == carga.pasada.huella_de_comprobaciones != ""
    assert dicho["cargada"]["cuenta"] == casa.enlace.username
    assert dicho["confirmada"] == {
        "cuenta": casa.titular.username,
        "funcion": "Titular que firma",
        "en": dicho["confirmada"]["en"],
    }


def test_la_que_sustituye_dice_a_cual(casa):
    primera = revisada(casa, 10)
    decisiones.aplicar(primera, por=casa.titular)
    segunda = correr(entregar(casa, padron(12), sustituye=primera))
    decisiones.aplicar(segunda, por=casa.titular)

    primera.refresh_from_db()
    assert (
        Recibo.objects.get(carga=segunda).constancia["sustituye"]["recibo"] == primera.recibo.folio
    )
    assert not primera.recibo.es_vigente


def test_si_no_hay_recibo_tampoco_se_aplica(casa):
    """Un registro de más, de donde sea, y todo se deshace: el padrón queda como estaba."""
    carga = revisada(casa, 8)
    Carga.objects.filter(pk=carga.pk).update(validas=7)

    with pytest.raises(ErrorDeNegocio, match="no coincide"):
        decisiones.aplicar(carga, por=casa.titular)

    carga.refresh_from_db()
    assert carga.estado == "por_revisar"
    assert not Registro.objects.exists()
    assert not Recibo.objects.exists()
    assert resumir(carga).registros == 0
