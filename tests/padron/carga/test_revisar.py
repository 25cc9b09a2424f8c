"""Lo que queda a la vista después de revisar, corregir y cancelar."""

import pytest

from padron.estados import EstadoCarga, EstadoPasada
from padron.importacion import avance, tabla, trabajo
from padron.models import Correccion, FilaEnEspera, Hallazgo, Registro
from padron.servicios import cargas, decisiones, en_marcha
from padron.servicios import sombra as sombras
from sibis.nucleo.errores import (
    ErrorDeNegocio,
    TransicionInvalida,
)
from tests.fabricas.padron import CorreccionFactory
from tests.padron.carga.archivos import csv_de, personas
from tests.padron.carga.conftest import correr, entregar, revisada

pytestmark = pytest.mark.django_db


def test_lo_malo_espera_con_sus_celdas_y_lo_bueno_queda_listo(casa):
    carga = revisada(casa, 30, malas=4)

    assert (carga.filas, carga.validas, carga.con_error) == (30, 26, 4)
    assert carga.pasada.estado == EstadoPasada.TERMINADA
    assert tabla.cuantas(carga.pasada.tabla) == 26
    assert not Registro.objects.exists(), "nada entra sin que otra persona lo confirme"
    malos = Hallazgo.objects.filter(pasada=carga.pasada, codigo="curp_digito")
    assert sorted(malos.values_list("fila", flat=True)) == [2, 3, 4, 5]
    espera = FilaEnEspera.objects.get(pasada=carga.pasada, fila=2)
    assert espera.bloqueada
    assert espera.celdas == personas(30, malas=4)[0]
    assert trabajo.quedadas() == [], "la carpeta se quita al terminar"


def test_lo_que_no_es_una_tabla_queda_ilegible_y_dice_por_que(casa):
    carga = correr(entregar(casa, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, nombre="foto.csv"))

    assert carga.estado == EstadoCarga.ILEGIBLE
    assert carga.error
    assert carga.pasadas.get().estado == EstadoPasada.FALLIDA


def test_corregir_y_revisar_de_nuevo_deja_solo_el_resultado_nuevo(casa):
    carga = revisada(casa, 12, malas=2)
    vieja = carga.pasada
    buena = personas(12)[0][0]
    CorreccionFactory(carga=carga, fila=2, lugar=0, crudo="x", nuevo="mal", por=casa.enlace)
    CorreccionFactory(carga=carga, fila=2, lugar=0, crudo="x", nuevo=buena, por=casa.enlace)
    with pytest.raises(ErrorDeNegocio, match="correcciones sin revisar"):
        decisiones.aplicar(carga, por=casa.titular)

    en_marcha.revisar_de_nuevo(carga, por=casa.enlace, en_cola=False)
    correr(carga)

    assert (carga.validas, carga.con_error) == (11, 1)
    assert not Hallazgo.objects.filter(pasada=vieja).exists()
    assert not FilaEnEspera.objects.filter(pasada=vieja).exists()
    assert not tabla.existe(tabla.nombre(vieja))
    assert tabla.cuantas(carga.pasada.tabla) == 11


def test_quien_ya_esta_en_el_padron_del_periodo_se_bloquea(casa):
    decisiones.aplicar(revisada(casa, 6), por=casa.titular)
    otra = csv_de([*personas(3), *personas(4, semilla=9)])

    carga = correr(entregar(casa, otra))

    assert (carga.validas, carga.con_error) == (4, 3)
    hallados = Hallazgo.objects.filter(pasada=carga.pasada, codigo="ya_inscrita")
    assert hallados.count() == 3


def test_cancelar_no_deja_nada_salvo_el_archivo(casa):
    carga = revisada(casa, 6, malas=2)
    pasada, suelta = carga.pasada, carga.pasada.tabla

    cargas.cancelar(carga, por=casa.enlace)

    carga.refresh_from_db()
    assert (carga.estado, carga.cancelada_por) == ("cancelada", casa.enlace)
    assert not tabla.existe(suelta)
    assert not Hallazgo.objects.filter(pasada=pasada).exists()
    assert carga.archivo is not None
    with pytest.raises(TransicionInvalida):
        decisiones.aplicar(carga, por=casa.titular)


def test_una_revision_de_sombra_no_cambia_la_carga(casa):
    carga = revisada(casa, 10, malas=2)
    antes = (carga.pasada_id, carga.validas, carga.edicion)

    sombra = sombras.revisar_en_sombra(carga, por=casa.enlace, en_cola=False)
    avance.avanzar(sombra.pk, segundos=60)

    sombra.refresh_from_db()
    carga.refresh_from_db()
    assert (carga.pasada_id, carga.validas, carga.edicion) == antes
    assert (sombra.estado, sombra.tabla) == ("terminada", "")
    assert Hallazgo.objects.filter(pasada=sombra).count() == (
        Hallazgo.objects.filter(pasada=carga.pasada).count()
    )


def test_una_correccion_no_se_edita_ni_llega_tarde(casa):
    carga = revisada(casa, 4)
    CorreccionFactory(carga=carga, por=casa.enlace, lugar=8, nuevo="1200")
    for cambio in (
        lambda: Correccion.objects.update(nuevo="otro"),
        lambda: Correccion.objects.all().delete(),
    ):
        with (
            pytest.raises(Exception, match="correccion_intacta|annot"),
            cargas.transaction.atomic(),
        ):
            cambio()
