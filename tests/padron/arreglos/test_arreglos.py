"""Arreglar muchas filas a la vez: lo que se ve antes es lo que se hace, y se deshace."""

from __future__ import annotations

import tracemalloc

import pytest
from django.db import connection

from padron.consultas import filas as consulta_de_filas
from padron.consultas.arreglos import hechos, previa_de
from padron.models import Correccion, Receta
from padron.servicios import en_marcha, recetas
from padron.validacion import evidencias
from sibis.bitacora.models import Evento
from sibis.nucleo.errores import ErrorDeNegocio
from tests.padron.arreglos.conftest import (
    ALCALDIA,
    FOLIO,
    NACIO,
    aplicar,
    arreglo,
    con_fechas_cortas,
    de_nuevo,
    siglo,
)
from tests.padron.carga.archivos import personas

pytestmark = pytest.mark.django_db


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
