"""Otra persona confirma, y entra todo lo válido o nada."""

import pytest

from padron.importacion import tabla
from padron.models import Hallazgo, Registro
from padron.servicios import cargas, decisiones, en_marcha
from padron.validacion.motor import CifrasDeControl
from sibis.avisos.models import Aviso
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.nucleo.errores import (
    EdicionConcurrente,
    ErrorDeNegocio,
    SinPermiso,
)
from tests.fabricas.cuentas import AdscripcionFactory, con_rol
from tests.fabricas.padron import CorreccionFactory, DisposicionDePadronFactory
from tests.padron.carga.archivos import csv_de, padron, personas
from tests.padron.carga.conftest import correr, entregar, revisada

pytestmark = pytest.mark.django_db


def test_aplicar_mete_los_validos_al_padron(casa):
    carga = revisada(casa, 15, malas=1)
    suelta = carga.pasada.tabla

    decisiones.aplicar(carga, por=casa.titular)

    carga.refresh_from_db()
    assert (carga.estado, carga.aplicada_por) == ("aplicada", casa.titular)
    registros = Registro.objects.vigentes()
    assert registros.count() == 14
    assert not tabla.existe(suelta)
    uno = registros.order_by("fila")[0]
    assert (uno.id, uno.carga_id) == (carga.pk * 4194304 + uno.fila, carga.pk)
    assert Aviso.objects.filter(para=casa.enlace, titulo__contains="ya es parte").exists()
    evento = Evento.objects.get(tipo="carga.aplicada")
    assert (evento.detalle["registros"], evento.detalle["en_espera"]) == (14, 1)


def test_una_carga_grande_entra_como_su_propia_particion(casa, settings):
    settings.PADRON_PARTICION_DESDE = 10
    carga = revisada(casa, 15)
    suelta = carga.pasada.tabla

    decisiones.aplicar(carga, por=casa.titular)

    assert tabla.es_particion(suelta)
    assert Registro.objects.vigentes().count() == 15
    with pytest.raises(Exception, match="adrón"), cargas.transaction.atomic():
        Registro.objects.all()._raw_delete("default")


@pytest.mark.parametrize("quien", ["enlace", "corrige", "presenta"])
def test_quien_cargo_corrigio_o_presento_no_confirma(casa, quien):
    """Aunque tenga las dos funciones."""
    persona = (
        casa.enlace
        if quien == "enlace"
        else con_rol(roles.EnlaceDeDependencia, en=casa.dependencia)
    )
    AdscripcionFactory(usuario=persona, dependencia=casa.dependencia, rol="titular")
    carga = revisada(casa, 8)
    if quien == "corrige":
        CorreccionFactory(carga=carga, fila=2, lugar=8, nuevo="1200", por=persona)
        en_marcha.revisar_de_nuevo(carga, por=casa.enlace, en_cola=False)
        correr(carga)
    if quien == "presenta":
        decisiones.presentar(carga, por=persona)

    with pytest.raises(SinPermiso, match="otra persona"):
        decisiones.aplicar(carga, por=persona)
    assert not Registro.objects.exists()
    decisiones.aplicar(carga, por=casa.titular)


def test_confirma_solo_quien_tiene_la_facultad_en_esa_dependencia(casa):
    carga = revisada(casa, 4)

    for ajena in (
        con_rol(roles.TitularQueFirma),
        con_rol(roles.EnlaceDeDependencia, en=casa.dependencia),
    ):
        with pytest.raises(SinPermiso):
            decisiones.aplicar(carga, por=ajena)


def test_sin_parcial_no_entra_nada_mientras_algo_espere(casa):
    DisposicionDePadronFactory(programa=casa.programa, ejercicio=2025, admite_parcial=False)
    carga = revisada(casa, 10, malas=1)

    with pytest.raises(ErrorDeNegocio, match="no admite cargas parciales"):
        decisiones.aplicar(carga, por=casa.titular)
    assert not Registro.objects.exists()


def test_una_cifra_que_no_cuadra_impide_aplicar(casa):
    carga = correr(entregar(casa, padron(10), cifras=CifrasDeControl(filas=11)))

    assert carga.pasada.resumen["impide_todo"]
    with pytest.raises(ErrorDeNegocio, match="archivo entero"):
        decisiones.aplicar(carga, por=casa.titular)


def test_presentar_y_devolver_van_y_vienen_con_su_motivo(casa):
    carga = revisada(casa, 6)
    decisiones.presentar(carga, por=casa.enlace)
    assert Aviso.objects.filter(para=casa.titular, titulo__contains="te piden").exists()
    with pytest.raises(ErrorDeNegocio, match="por qué"):
        decisiones.devolver(carga, motivo="  ", por=casa.titular)

    decisiones.devolver(carga, motivo="Faltan los de Tlalpan.", por=casa.titular)

    carga.refresh_from_db()
    assert (carga.estado, carga.presentada_por) == ("por_revisar", None)
    assert carga.motivo_de_devolucion == "Faltan los de Tlalpan."
    assert Aviso.objects.filter(para=casa.enlace, texto="Faltan los de Tlalpan.").exists()
    decisiones.presentar(carga, por=casa.enlace)
    decisiones.aplicar(carga, por=casa.titular)


def test_una_carga_que_sustituye_deja_a_la_anterior_sin_contar_y_sin_borrarla(casa):
    primera = revisada(casa, 10)
    decisiones.aplicar(primera, por=casa.titular)
    segunda = correr(entregar(casa, padron(12), sustituye=primera))
    assert segunda.con_error == 0, "las mismas personas no estorban: vienen a sustituirse"

    decisiones.aplicar(segunda, por=casa.titular)

    primera.refresh_from_db()
    assert primera.estado == "sustituida"
    assert Registro.objects.count() == 22
    assert set(Registro.objects.vigentes().values_list("carga_id", flat=True)) == {segunda.pk}


def test_si_alguien_entro_despues_de_revisar_se_pide_revisar_de_nuevo(casa):
    primera = revisada(casa, 6)
    segunda = correr(entregar(casa, csv_de([*personas(2), *personas(3, semilla=5)])))
    avisos = Hallazgo.objects.filter(pasada=segunda.pasada, codigo="en_otra_carga")
    assert avisos.count() == 2, "la otra espera: se avisa y no bloquea"
    decisiones.aplicar(primera, por=casa.titular)

    with pytest.raises(ErrorDeNegocio, match="2 personas ya entraron"):
        decisiones.aplicar(segunda, por=casa.titular)
    assert Registro.objects.count() == 6

    en_marcha.revisar_de_nuevo(segunda, por=casa.enlace, en_cola=False)
    correr(segunda)
    decisiones.aplicar(segunda, por=casa.titular)
    assert Registro.objects.count() == 9


def test_quien_actua_sobre_lo_que_ya_cambio_se_entera(casa):
    carga = revisada(casa, 4)
    vista = carga.edicion
    decisiones.presentar(carga, por=casa.enlace, edicion=vista)

    with pytest.raises(EdicionConcurrente):
        cargas.cancelar(carga, por=casa.enlace, edicion=vista)
