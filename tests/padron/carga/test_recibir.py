"""Recibir un archivo: quién, qué queda, y de qué columnas se trata."""

import io

import pytest

from padron.estados import EstadoCarga
from padron.importacion import avance
from padron.models import MapeoRecordado
from padron.servicios import cargas, decisiones, en_marcha
from padron.servicios.cargas import ArchivoRepetido
from sibis.archivos.servicios import ArchivoMuyGrande
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.nucleo.errores import (
    ErrorDeNegocio,
    SinPermiso,
)
from tests.fabricas.cuentas import con_rol
from tests.fabricas.programas import ProgramaFactory
from tests.padron.carga.archivos import padron, personas
from tests.padron.carga.conftest import correr, entregar, revisada

pytestmark = pytest.mark.django_db


def test_recibir_guarda_el_archivo_y_da_un_folio(casa):
    contenido = padron(5)
    carga = entregar(casa, contenido)

    assert carga.folio == "P-2025-000001"
    assert (carga.estado, carga.periodo, carga.origen) == ("recibida", "anual", "archivo")
    assert carga.dependencia == casa.regla.dependencia
    with cargas.archivos.abrir(carga.archivo) as archivo:
        assert archivo.read() == contenido
    assert entregar(casa, padron(6)).folio == "P-2025-000002"
    assert Evento.objects.filter(tipo="carga.recibida").count() == 2


def test_recibir_exige_la_facultad_en_la_dependencia_de_la_regla(casa):
    for quien in (casa.titular, con_rol(roles.EnlaceDeDependencia)):
        with pytest.raises(SinPermiso):
            entregar(casa, padron(3), por=quien)


@pytest.mark.parametrize("periodo", ["", "t5", "m13", "ANUAL", "t1 "])
def test_recibir_en_un_periodo_que_no_existe_no_deja_nada(casa, periodo):
    with pytest.raises(ErrorDeNegocio):
        entregar(casa, padron(3), periodo=periodo)

    assert casa.programa.cargas.count() == 0


def test_recibir_sin_reglas_publicadas_dice_por_que(casa):
    with pytest.raises(ErrorDeNegocio, match="no tiene reglas publicadas en 2024"):
        entregar(casa, padron(3), ejercicio=2024)
    with pytest.raises(ErrorDeNegocio, match="no tiene reglas publicadas"):
        entregar(casa, padron(3), programa=ProgramaFactory())


def test_recibir_lo_que_pasa_del_limite_no_deja_nada(casa, settings):
    settings.PADRON_LIMITE = 100

    with pytest.raises(ArchivoMuyGrande):
        entregar(casa, padron(50))
    assert casa.programa.cargas.count() == 0


def test_el_mismo_archivo_no_se_carga_dos_veces(casa):
    primera = entregar(casa, padron(5))

    with pytest.raises(ArchivoRepetido, match=primera.folio) as error:
        entregar(casa, padron(5))
    assert error.value.folio == primera.folio
    assert entregar(casa, padron(5), periodo="t1").pk, "en otro periodo sí"
    cargas.cancelar(primera, por=casa.enlace)
    assert entregar(casa, padron(5)).pk, "cancelada la primera, también"


def test_el_nombre_del_archivo_no_guarda_datos_de_nadie(casa):
    curp = personas(1)[0][0]

    assert entregar(casa, padron(2), nombre=f"../{curp}.csv").nombre_del_archivo == (
        "padrón recibido.csv"
    )
    assert entregar(casa, padron(3), nombre="C:\\x\\padrón.csv").nombre_del_archivo == "padrón.csv"


def test_un_encabezado_nuevo_se_pregunta_y_el_conocido_ya_no(casa):
    carga = entregar(casa, padron(5))
    correr_hasta_la_pregunta(carga)
    assert carga.estado == EstadoCarga.POR_MAPEAR, carga.error
    assert carga.lectura["propuesta"]["lugares"]["curp"] == 0

    correr(carga)
    assert carga.estado == EstadoCarga.POR_REVISAR
    assert MapeoRecordado.objects.get().mapeo == carga.mapeo

    segunda = entregar(casa, padron(7, semilla=2))
    correr_hasta_la_pregunta(segunda)
    assert segunda.estado == EstadoCarga.POR_REVISAR


def correr_hasta_la_pregunta(carga):
    avance.avanzar(carga.pasadas.get().pk, segundos=60)
    carga.refresh_from_db()


@pytest.mark.parametrize(
    "mapeo",
    [
        {},
        {"inventada": 0},
        {"curp": 99},
        {"curp": -1},
        {"curp": "0"},
        {"curp": True},
        {"curp": 0, "folio": 0},
    ],
)
def test_un_mapeo_imposible_no_cambia_nada(casa, mapeo):
    carga = entregar(casa, padron(5))
    correr_hasta_la_pregunta(carga)

    with pytest.raises(ErrorDeNegocio):
        en_marcha.confirmar_mapeo(carga, mapeo=mapeo, por=casa.enlace, en_cola=False)
    carga.refresh_from_db()
    assert (carga.estado, carga.mapeo) == (EstadoCarga.POR_MAPEAR, {})


def test_no_se_sustituye_lo_que_no_es_del_mismo_periodo_o_no_esta_aplicado(casa):
    primera = revisada(casa, 5)
    with pytest.raises(ErrorDeNegocio, match="no está aplicada"):
        entregar(casa, padron(6), sustituye=primera)
    decisiones.aplicar(primera, por=casa.titular)
    with pytest.raises(ErrorDeNegocio, match="mismo programa y periodo"):
        entregar(casa, padron(6), sustituye=primera, periodo="t2")


def test_recibir_en_la_cola_lo_chico_se_revisa_al_momento(casa, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        carga = cargas.recibir(
            io.BytesIO(padron(5)),
            nombre="p.csv",
            programa=casa.programa,
            ejercicio=2025,
            por=casa.enlace,
        )

    carga.refresh_from_db()
    assert carga.estado == EstadoCarga.POR_MAPEAR, carga.error
