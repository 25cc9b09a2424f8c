"""De un archivo a una carga por revisar, y de ahí al padrón, con la base de verdad."""

import io

import pytest

from padron.estados import EstadoCarga, EstadoPasada
from padron.importacion import avance, tabla, trabajo
from padron.models import Correccion, FilaEnEspera, Hallazgo, MapeoRecordado, Registro
from padron.servicios import cargas, decisiones, en_marcha
from padron.servicios import sombra as sombras
from padron.servicios.cargas import ArchivoRepetido
from padron.validacion.motor import CifrasDeControl
from sibis.archivos.servicios import ArchivoMuyGrande
from sibis.avisos.models import Aviso
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.nucleo.errores import (
    EdicionConcurrente,
    ErrorDeNegocio,
    SinPermiso,
    TransicionInvalida,
)
from tests.fabricas.cuentas import AdscripcionFactory, con_rol
from tests.fabricas.padron import CorreccionFactory, DisposicionDePadronFactory
from tests.fabricas.programas import ProgramaFactory
from tests.padron.carga.archivos import csv_de, padron, personas
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


def test_no_se_sustituye_lo_que_no_es_del_mismo_periodo_o_no_esta_aplicado(casa):
    primera = revisada(casa, 5)
    with pytest.raises(ErrorDeNegocio, match="no está aplicada"):
        entregar(casa, padron(6), sustituye=primera)
    decisiones.aplicar(primera, por=casa.titular)
    with pytest.raises(ErrorDeNegocio, match="mismo programa y periodo"):
        entregar(casa, padron(6), sustituye=primera, periodo="t2")


def test_quien_ya_esta_en_el_padron_del_periodo_se_bloquea(casa):
    decisiones.aplicar(revisada(casa, 6), por=casa.titular)
    otra = csv_de([*personas(3), *personas(4, semilla=9)])

    carga = correr(entregar(casa, otra))

    assert (carga.validas, carga.con_error) == (4, 3)
    hallados = Hallazgo.objects.filter(pasada=carga.pasada, codigo="ya_inscrita")
    assert hallados.count() == 3


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


def test_quien_actua_sobre_lo_que_ya_cambio_se_entera(casa):
    carga = revisada(casa, 4)
    vista = carga.edicion
    decisiones.presentar(carga, por=casa.enlace, edicion=vista)

    with pytest.raises(EdicionConcurrente):
        cargas.cancelar(carga, por=casa.enlace, edicion=vista)


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
