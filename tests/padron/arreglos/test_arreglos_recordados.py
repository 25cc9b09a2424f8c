"""Lo que una dependencia arregló se le ofrece en su siguiente carga; y quién puede arreglar."""

from __future__ import annotations

import pytest

from padron.consultas.arreglos import recordadas
from padron.consultas.filas import contexto_de
from padron.models import Correccion, Descarte, Hallazgo, Receta
from padron.servicios import decisiones, en_marcha, recetas
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso, TransicionInvalida
from tests.fabricas.cuentas import con_rol
from tests.fabricas.padron import RecetaFactory
from tests.padron.arreglos.conftest import (
    SIGLO,
    aplicar,
    con_fechas_cortas,
    de_nuevo,
    repetidas,
    siglo,
)

pytestmark = pytest.mark.django_db


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
