"""Arreglar muchas filas a la vez: lo que se ve antes es lo que se hace, se recuerda y se deshace."""

from __future__ import annotations

import tracemalloc

import pytest
from django.db import connection

from padron.consultas import filas as consulta_de_filas
from padron.consultas.arreglos import hechos, previa_de, recordadas
from padron.consultas.filas import contexto_de
from padron.models import Correccion, Descarte, FilaEnEspera, Hallazgo, Receta
from padron.servicios import decisiones, en_marcha, recetas
from padron.validacion import evidencias
from padron.validacion.motor import CifrasDeControl
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso, TransicionInvalida
from tests.fabricas.cuentas import con_rol
from tests.fabricas.padron import RecetaFactory
from tests.padron.arreglos.conftest import (
    ALCALDIA,
    FOLIO,
    NACIO,
    SIGLO,
    arreglo,
    con_fechas_cortas,
    de_nuevo,
)
from tests.padron.carga.archivos import personas

pytestmark = pytest.mark.django_db


def siglo(carga, cual="1900"):
    return arreglo(carga, "fecha_con_siglo", **SIGLO, siglo=cual)


def aplicar(carga, el_arreglo, por, **mas):
    cuantas = recetas.aplicar(carga, el_arreglo, por=por, en_cola=False, **mas)
    return cuantas, de_nuevo(carga)


def test_lo_que_se_ve_antes_es_lo_que_se_hace(entregada, casa):
    carga = entregada(con_fechas_cortas(20, 6))
    assert carga.con_error == 6
    contexto, el_arreglo = siglo(carga)

    previa = previa_de(contexto, el_arreglo)
    cuantas, carga = aplicar(carga, el_arreglo, casa.enlace)

    assert (previa.filas, previa.cambian, previa.siguen_mal) == (6, 6, 0)
    assert cuantas == previa.cambian
    assert (carga.estado, carga.con_error, carga.validas) == ("por_revisar", 0, 20)
    anotadas = Correccion.objects.filter(carga=carga).values_list("fila", "crudo", "nuevo", "por")
    assert {(f, a, d) for f, a, d, _p in anotadas} == {
        (c.fila.fila, c.antes, c.despues) for c in previa.ejemplos
    }
    assert all(p == casa.enlace.pk for *_resto, p in anotadas)


def test_la_previa_dice_cuantas_seguirian_sin_poder_entrar(entregada):
    filas = con_fechas_cortas(20, 6)
    filas[0][ALCALDIA] = "Ecatepec"
    contexto, el_arreglo = siglo(entregada(filas))

    assert previa_de(contexto, el_arreglo).siguen_mal == 1


def test_ver_antes_no_escribe_nada(entregada):
    contexto, el_arreglo = siglo(entregada(con_fechas_cortas(20, 6)))
    eventos = Evento.objects.count()

    previa_de(contexto, el_arreglo)

    assert not Correccion.objects.exists()
    assert not Receta.objects.exists()
    assert Evento.objects.count() == eventos


def test_deshacer_vuelve_a_lo_que_traia_el_archivo_sin_borrar_nada(entregada, casa):
    carga = entregada(con_fechas_cortas(20, 6))
    _contexto, el_arreglo = siglo(carga)
    _n, carga = aplicar(carga, el_arreglo, casa.enlace)
    (hecho,) = hechos(carga)
    assert hecho.celdas == 6

    vueltas = recetas.deshacer(carga, hecho.receta, por=casa.enlace, en_cola=False)
    carga = de_nuevo(carga)

    assert vueltas == 6
    assert carga.con_error == 6
    assert Correccion.objects.filter(carga=carga).count() == 12
    assert hechos(carga) == []
    with pytest.raises(ErrorDeNegocio, match="ya se había deshecho"):
        recetas.deshacer(carga, hecho.receta, por=casa.enlace, en_cola=False)


def test_deshacer_no_toca_lo_que_alguien_corrigio_despues(entregada, casa):
    carga = entregada(con_fechas_cortas(20, 6))
    _c, el_arreglo = siglo(carga)
    _n, carga = aplicar(carga, el_arreglo, casa.enlace)
    (hecho,) = hechos(carga)
    una = Correccion.objects.filter(carga=carga).first()
    Correccion.objects.create(
        carga=carga,
        fila=una.fila,
        lugar=una.lugar,
        crudo=una.crudo,
        nuevo="1955-05-05",
        por=casa.enlace,
    )

    assert recetas.deshacer(carga, hecho.receta, por=casa.enlace, en_cola=False) == 5


def test_un_segundo_arreglo_se_anota_contra_lo_que_traia_el_archivo(entregada, casa):
    """Lo que la segunda pasada guarda ya viene corregido; el crudo sigue siendo el del archivo."""
    filas = personas(12)
    for fila in filas[:3]:
        fila[ALCALDIA] = "Iztapalaapa"
    carga = entregada(filas)
    patron = {"codigo": "alcaldia_desconocida", "columna": "alcaldia"}
    _c, uno = arreglo(carga, "cambiar_valor", **patron, forma="iztapalaapa", por="Iztapalapa")
    aplicar(carga, uno, casa.enlace)
    carga.refresh_from_db()
    ultima = Correccion.objects.filter(carga=carga, fila=2).latest("pk")
    Correccion.objects.create(
        carga=carga,
        fila=2,
        lugar=ultima.lugar,
        crudo=ultima.crudo,
        nuevo="Cuajimalpaa",
        por=casa.enlace,
    )

    en_marcha.revisar_de_nuevo(carga, por=casa.enlace, en_cola=False)
    carga = de_nuevo(carga)
    _c, dos = arreglo(
        carga, "cambiar_valor", **patron, forma="cuajimalpaa", por="Cuajimalpa de Morelos"
    )
    aplicar(carga, dos, casa.enlace)

    ultima = Correccion.objects.filter(carga=carga, fila=2).latest("pk")
    assert (ultima.crudo, ultima.nuevo) == ("Iztapalaapa", "Cuajimalpa de Morelos")


def test_lo_corregido_a_mano_despues_de_la_revision_no_se_encima(entregada, casa):
    carga = entregada(con_fechas_cortas(20, 6))
    contexto, el_arreglo = siglo(carga)
    Correccion.objects.create(
        carga=carga, fila=2, lugar=NACIO, crudo="x", nuevo="1961-01-05", por=casa.enlace
    )

    assert previa_de(contexto, el_arreglo).cambian == 5
    aplicar(carga, el_arreglo, casa.enlace)
    assert Correccion.objects.filter(carga=carga, fila=2).latest("pk").nuevo == "1961-01-05"


# --- recordar -----------------------------------------------------------------------------------


def test_lo_arreglado_se_ofrece_en_la_siguiente_carga_y_no_se_hace_solo(entregada, casa):
    carga = entregada(con_fechas_cortas(20, 6))
    aplicar(carga, siglo(carga)[1], casa.enlace)

    otra = entregada(con_fechas_cortas(20, 4, semilla=2), periodo="t2")

    assert otra.con_error == 4
    assert not Correccion.objects.filter(carga=otra).exists()
    (ofrecida,) = recordadas(contexto_de(otra))
    assert (ofrecida.filas, ofrecida.dichos) == (4, ["Del siglo pasado: 1958"])

    hechas = recetas.aplicar_recordadas(
        otra, cuales={ofrecida.receta.pk}, por=casa.enlace, en_cola=False
    )
    assert (hechas, de_nuevo(otra).con_error) == (4, 0)
    ofrecida.receta.refresh_from_db()
    assert ofrecida.receta.veces == 2


def test_lo_olvidado_no_se_ofrece_y_lo_que_se_vuelve_a_usar_si(entregada, casa):
    carga = entregada(con_fechas_cortas(20, 6))
    aplicar(carga, siglo(carga)[1], casa.enlace)
    recetas.olvidar(Receta.objects.get(), por=casa.enlace)

    otra = entregada(con_fechas_cortas(20, 4, semilla=2), periodo="t2")
    assert recordadas(contexto_de(otra)) == []

    aplicar(otra, siglo(otra)[1], casa.enlace)
    assert Receta.objects.recordadas().count() == 1


def test_la_receta_de_otra_dependencia_no_se_ofrece(entregada, casa):
    RecetaFactory(
        codigo=SIGLO["codigo"],
        columna=SIGLO["columna"],
        forma=SIGLO["forma"],
        transformacion="fecha_con_siglo",
        parametros={"siglo": "1900"},
    )
    carga = entregada(con_fechas_cortas(20, 6))

    assert recordadas(contexto_de(carga)) == []


# --- dejar fuera --------------------------------------------------------------------------------


def repetidas(entregada):
    filas = personas(10)
    filas += [list(f) for f in filas[:3]]
    return entregada(filas)


def fuera(carga):
    return arreglo(carga, "dejar_fuera", codigo="fila_repetida", columna="", forma="")


def test_lo_que_queda_fuera_se_cuenta_aparte_y_no_entra(entregada, casa):
    carga = repetidas(entregada)
    assert carga.con_error == 3

    cuantas, carga = aplicar(carga, fuera(carga)[1], casa.enlace)

    assert cuantas == 3
    assert (carga.filas, carga.validas, carga.con_error) == (13, 10, 0)
    assert carga.pasada.resumen["descartadas"] == 3
    motivos = set(Descarte.objects.values_list("motivo", flat=True))
    assert motivos == {"La fila es idéntica a otra anterior."}
    # Siguen a la vista, por si hay que volver atrás.
    assert FilaEnEspera.objects.filter(pasada=carga.pasada).count() == 3


def test_lo_que_queda_fuera_puede_volver(entregada, casa):
    carga = repetidas(entregada)
    _n, carga = aplicar(carga, fuera(carga)[1], casa.enlace)
    (hecho,) = hechos(carga)

    recetas.deshacer(carga, hecho.receta, por=casa.enlace, en_cola=False)

    assert de_nuevo(carga).con_error == 3


def test_dejar_fuera_la_primera_salva_a_la_segunda(entregada, casa):
    carga = repetidas(entregada)
    Descarte.objects.create(carga=carga, fila=2, motivo="Sobra.", por=casa.enlace)

    en_marcha.revisar_de_nuevo(carga, por=casa.enlace, en_cola=False)

    assert de_nuevo(carga).con_error == 2


def test_la_cifra_declarada_se_coteja_con_todas_tambien_las_que_quedan_fuera(entregada, casa):
    filas = personas(10)
    carga = entregada([*filas, list(filas[0])], cifras=CifrasDeControl(filas=11))
    _n, carga = aplicar(carga, fuera(carga)[1], casa.enlace)

    assert not carga.pasada.resumen["impide_todo"]


def test_un_motivo_con_una_curp_se_niega_y_no_queda_nada(entregada, casa):
    carga = repetidas(entregada)

    with pytest.raises(ErrorDeNegocio, match="sin datos de nadie"):
        aplicar(carga, fuera(carga)[1], casa.enlace, motivo="Es HELM800101MDFRPR09 otra vez")
    assert not Descarte.objects.exists()


# --- quién y cuándo -----------------------------------------------------------------------------


def test_quien_corrige_o_deja_fuera_no_confirma(entregada, casa):
    carga = repetidas(entregada)
    titular = casa.titular
    Descarte.objects.create(carga=carga, fila=12, motivo="Sobra.", por=titular)

    en_marcha.revisar_de_nuevo(carga, por=casa.enlace, en_cola=False)
    carga = de_nuevo(carga)

    with pytest.raises(SinPermiso):
        decisiones.aplicar(carga, por=titular)


def test_con_algo_sin_revisar_no_se_aplica(entregada, casa):
    carga = repetidas(entregada)
    Descarte.objects.create(carga=carga, fila=12, motivo="Sobra.", por=casa.enlace)

    with pytest.raises(decisiones.NoSePuedeAplicar, match="sin revisar"):
        decisiones.aplicar(carga, por=casa.titular)


def test_solo_quien_carga_en_esa_dependencia(entregada, casa):
    carga = entregada(con_fechas_cortas(20, 6))
    ajena = con_rol(roles.EnlaceDeDependencia)

    for quien in (ajena, casa.titular):
        with pytest.raises(SinPermiso):
            recetas.aplicar(carga, siglo(carga)[1], por=quien, en_cola=False)
    assert not Correccion.objects.exists()


def test_una_carga_presentada_ya_no_se_corrige(entregada, casa):
    carga = entregada(con_fechas_cortas(20, 6))
    _c, el_arreglo = siglo(carga)
    decisiones.presentar(carga, por=casa.enlace)

    with pytest.raises(TransicionInvalida):
        recetas.aplicar(carga, el_arreglo, por=casa.enlace, en_cola=False)


def test_si_no_cambia_nada_se_dice_y_no_se_revisa_de_nuevo(entregada, casa):
    carga = entregada(con_fechas_cortas(20, 6))
    _c, el_arreglo = siglo(carga, "2000")
    Hallazgo.objects.filter(pasada=carga.pasada).delete()

    with pytest.raises(ErrorDeNegocio, match="no cambia ninguna"):
        recetas.aplicar(carga, el_arreglo, por=casa.enlace, en_cola=False)
    carga.refresh_from_db()
    assert carga.estado == "por_revisar"
    assert not Receta.objects.exists()


def test_la_bitacora_dice_que_se_arreglo_sin_un_solo_dato(entregada, casa):
    carga = entregada(con_fechas_cortas(20, 6))
    aplicar(carga, siglo(carga)[1], casa.enlace)

    (evento,) = Evento.objects.filter(tipo="carga.arreglada")
    assert evento.detalle == {
        "folio": carga.folio,
        "codigo": "fecha_anio_corto",
        "columna": "fecha_nacimiento",
        "arreglo": "fecha_con_siglo",
        "filas": 6,
    }


# --- tamaño -------------------------------------------------------------------------------------


def test_cien_mil_filas_caben_en_la_memoria_de_un_lote(entregada, casa, monkeypatch):
    """Se siembran por SQL: lo que se mide es el arreglo, no la revisión."""
    carga = entregada(con_fechas_cortas(20, 6))
    cuantas = 100_000
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO padron_filaenespera (pasada_id, fila, bloqueada, celdas) "
            "SELECT %(p)s, n, true, celdas FROM generate_series(1000, 999 + %(n)s) n, "
            "(SELECT celdas FROM padron_filaenespera WHERE pasada_id = %(p)s LIMIT 1) una",
            {"p": carga.pasada_id, "n": cuantas},
        )
        cursor.execute(
            "INSERT INTO padron_hallazgo (pasada_id, fila, columna, codigo, severidad, detalle, forma) "
            "SELECT %s, n, 'fecha_nacimiento', 'fecha_anio_corto', 'bloquea', '', '99/99/99' "
            "FROM generate_series(1000, 999 + %s) n",
            [carga.pasada_id, cuantas],
        )
    _c, el_arreglo = siglo(carga)
    monkeypatch.setattr(consulta_de_filas, "LOTE", 2_000)
    tracemalloc.start()

    hechas = recetas.aplicar(carga, el_arreglo, por=casa.enlace, en_cola=False)
    _ahora, pico = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert hechas == cuantas + 6
    assert Correccion.objects.filter(carga=carga).count() == hechas
    assert pico < 40_000_000


def test_lo_que_una_columna_deja_ver_va_y_viene_en_json(entregada):
    carga = entregada(con_fechas_cortas(20, 6))
    guardadas = carga.pasada.resumen["evidencias"]

    assert evidencias.a_json(evidencias.de_json(guardadas)) == guardadas
    assert guardadas["fecha_nacimiento"] == {
        "clase": "Ordenes",
        "dia_primero": True,
        "mes_primero": False,
    }
    assert FOLIO not in guardadas
