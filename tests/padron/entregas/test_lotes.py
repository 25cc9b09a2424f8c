"""Muchas a la vez: quién queda anotado, qué dice la vista previa, deshacer, y que las cuentas cuadren."""

from __future__ import annotations

from decimal import Decimal

import pytest

from padron.estados_de_entrega import EstadoLote
from padron.importacion.listas_de_entrega import claves_de
from padron.models import Entrega, LoteDeEntregas
from padron.servicios import lotes_de_entregas as lotes
from padron.servicios.entregas import Anotacion, anotar
from sibis.cuentas.permisos import Permiso
from sibis.cuentas.roles import EnlaceDeDependencia, TitularQueFirma
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso, TransicionInvalida
from tests.fabricas.cuentas import DependenciaFactory, con_rol, que_puede
from tests.fabricas.entregas import InstrumentoDeEntregaFactory, hace
from tests.fabricas.padron import CargaFactory
from tests.padron.entregas.escenas import (
    cuentas_en_sql,
    cuentas_guardadas,
    curp_de,
    escena,
    padron,
    ultimas,
)

pytestmark = pytest.mark.django_db
Que = LoteDeEntregas.Que


def preparar(suya, que=Que.TODAS_MENOS, claves=(), **otros):
    datos = {"fecha": hace(2), "por": suya.enlace} | otros
    return lotes.preparar(suya.jornada, que=que, claves=list(claves), **datos)


def test_toda_la_jornada_menos_quienes_no_recogieron():
    suya = escena()
    lote = preparar(suya, claves=claves_de(f"f-0001\n{curp_de(2)}\nNO-EXISTE"))

    assert (lote.por_anotar, lote.monto_previsto) == (6, Decimal(2400))
    assert (lote.recibidas, lote.sin_hallar) == (3, [3])
    assert not Entrega.objects.exists()

    lote = lotes.confirmar(lote, por=suya.enlace)
    assert (lote.estado, lote.anotadas, lote.monto) == ("aplicado", 6, Decimal(2400))
    estados = ultimas(suya.jornada)
    assert [estados[r.pk] for r in suya.registros] == [
        *("entregada", "no_recogida", "no_recogida", "entregada", "entregada", "entregada")
    ]
    assert cuentas_guardadas(suya.jornada) == cuentas_en_sql(suya.jornada)
    assert suya.fresca().pendientes == 0


def test_solo_sus_letras():
    suya = escena(letra_desde="A", letra_hasta="L")
    lotes.confirmar(preparar(suya), por=suya.enlace)
    assert set(ultimas(suya.jornada)) == {r.pk for r in suya.registros[:3]}


@pytest.mark.parametrize("que", [Que.TODAS_MENOS, Que.NO_RECOGIO_LISTA])
def test_de_quien_su_dia_es_otro_no_se_dice_que_no_recogio(que):
    suya = escena(letra_desde="A", letra_hasta="B")
    lote = preparar(suya, que, ["F-0000", "F-0005"])
    assert lote.sin_hallar == [2]
    lotes.confirmar(lote, por=suya.enlace)
    assert suya.registros[5].pk not in ultimas(suya.jornada)


def test_repetir_no_anota_dos_veces():
    suya = escena()
    lotes.confirmar(preparar(suya), por=suya.enlace)
    otra = preparar(suya)
    assert otra.por_anotar == 0
    with pytest.raises(ErrorDeNegocio, match="No hay nada"):
        lotes.confirmar(otra, por=suya.enlace)
    assert Entrega.objects.count() == 6


def test_lo_que_alguien_anoto_mientras_tanto_se_respeta():
    suya = escena()
    lote = preparar(suya)
    anotar(suya.jornada, suya.registros[0], dicho=Anotacion("no-recogio", hace(1)), por=suya.enlace)
    anotar(suya.jornada, suya.registros[1], dicho=Anotacion("entregar", hace(1)), por=suya.enlace)
    lote = lotes.confirmar(lote, por=suya.enlace)

    assert lote.anotadas == 5  # quien no había recogido, recogió; la otra ya estaba
    assert Entrega.objects.filter(registro=suya.registros[1]).count() == 1
    assert cuentas_guardadas(suya.jornada) == cuentas_en_sql(suya.jornada)
    assert suya.fresca().recogidas_despues == 1


@pytest.mark.parametrize(
    ("que", "claves", "queda"),
    [
        (Que.ENTREGAR_LISTA, ["F-0000", "F-0005"], {0: "entregada", 5: "entregada"}),
        (Que.NO_RECOGIO_LISTA, ["F-0003"], {3: "no_recogida"}),
    ],
)
def test_solo_la_lista(que, claves, queda):
    suya = escena()
    lotes.confirmar(preparar(suya, que, claves), por=suya.enlace)
    assert ultimas(suya.jornada) == {suya.registros[n].pk: e for n, e in queda.items()}


def test_devolver_una_lista_lo_confirma_otra_persona():
    suya = escena()
    lotes.confirmar(preparar(suya), por=suya.enlace)
    lote = preparar(suya, Que.DEVOLVER_LISTA, ["F-0000", "F-0001"], motivo="Vales vencidos.")
    lote = lotes.confirmar(lote, por=suya.enlace)
    assert lote.estado == EstadoLote.POR_CONFIRMAR
    assert suya.fresca().devueltas == 0

    with pytest.raises(SinPermiso):
        lotes.confirmar_devolucion(lote, por=suya.enlace)
    lote = lotes.confirmar_devolucion(lote, por=suya.titular)

    assert (lote.anotadas, lote.monto) == (2, Decimal(1200))
    assert suya.fresca().monto_neto == Decimal(2400)
    assert cuentas_guardadas(suya.jornada) == cuentas_en_sql(suya.jornada)


def test_ni_con_las_dos_facultades_confirma_lo_suyo():
    suya = escena()
    las_dos = que_puede(Permiso.PADRON_CARGAR, Permiso.PADRON_CONFIRMAR, en=suya.carga.dependencia)
    lotes.confirmar(preparar(suya), por=las_dos)
    lote = preparar(suya, Que.DEVOLVER_LISTA, ["F-0000"], motivo="Error.", por=las_dos)
    lotes.confirmar(lote, por=las_dos)
    with pytest.raises(SinPermiso, match="otra persona"):
        lotes.confirmar_devolucion(lote, por=las_dos)


def test_deshacer_un_lote_lo_devuelve_todo_menos_lo_que_ya_no_esta_entregado():
    suya = escena()
    hecho = lotes.confirmar(preparar(suya, claves=["F-0005"]), por=suya.enlace)
    devuelta = Anotacion("devolver", hace(1), motivo="Volvió.")
    anotar(suya.jornada, suya.registros[0], dicho=devuelta, por=suya.enlace)

    with pytest.raises(ErrorDeNegocio, match="por qué"):
        lotes.deshacer(hecho, motivo="", por=suya.enlace)
    vuelta = lotes.deshacer(hecho, motivo="Era otra jornada.", por=suya.enlace)
    assert vuelta.por_anotar == 4
    vuelta = lotes.confirmar_devolucion(lotes.confirmar(vuelta, por=suya.enlace), por=suya.titular)

    assert vuelta.anotadas == 4
    assert suya.fresca().monto_neto == 0
    assert cuentas_guardadas(suya.jornada) == cuentas_en_sql(suya.jornada)
    with pytest.raises(ErrorDeNegocio, match="Solo se deshace"):
        lotes.deshacer(vuelta, motivo="No.", por=suya.enlace)


def test_descartar_no_anota():
    suya = escena()
    lote = lotes.descartar(preparar(suya), por=suya.enlace)
    with pytest.raises(TransicionInvalida):
        lotes.confirmar(lote, por=suya.enlace)
    assert not Entrega.objects.exists()


@pytest.mark.parametrize(
    ("otros", "dicho"),
    [
        ({"que": Que.DEVOLVER_LISTA, "claves": ["F-0000"]}, "por qué"),
        ({"que": Que.ENTREGAR_LISTA}, "al menos un folio"),
        ({"fecha": hace(-1)}, "posterior a hoy"),
        ({"fecha": hace(11)}, "no puede ser anterior"),
        ({"motivo": "Ver XEXX800101HDFABX01"}, "CURP"),
    ],
)
def test_lo_que_no_procede(otros, dicho):
    suya = escena()
    with pytest.raises(ErrorDeNegocio, match=dicho):
        preparar(suya, **otros)
    assert not LoteDeEntregas.objects.exists()


def test_de_mas_pide_motivo_antes_de_preparar():
    suya = escena(monto=Decimal(700))
    with pytest.raises(ErrorDeNegocio, match="mayor que el del padrón"):
        preparar(suya)
    lote = lotes.confirmar(preparar(suya, motivo="Acuerdo del comité."), por=suya.enlace)
    assert lote.monto == Decimal(4200)


def test_otra_dependencia_no_prepara_ni_confirma_ni_descarta():
    suya = escena()
    lote = preparar(suya)
    ajena = con_rol(EnlaceDeDependencia, en=DependenciaFactory())
    for acto in (
        lambda: preparar(suya, por=ajena),
        lambda: lotes.confirmar(lote, por=ajena),
        lambda: lotes.descartar(lote, por=ajena),
        lambda: lotes.descartar(lote, por=con_rol(TitularQueFirma)),
    ):
        with pytest.raises(SinPermiso):
            acto()


def test_en_especie_se_dice_que_y_no_cuanto():
    suya = escena(instrumento=InstrumentoDeEntregaFactory(clave="en-especie"), especie="Despensa")
    lotes.confirmar(preparar(suya), por=suya.enlace)
    assert set(Entrega.objects.values_list("especie", "monto")) == {("Despensa", None)}


def test_una_ministracion_no_estorba_a_otra():
    suya = escena(ministracion=1)
    lotes.confirmar(preparar(suya), por=suya.enlace)
    otra = escena(registro={"ministracion": 3})
    lotes.confirmar(preparar(otra), por=otra.enlace)
    assert set(Entrega.objects.filter(jornada=suya.jornada).values_list("ministracion")) == {(1,)}
    assert set(Entrega.objects.filter(jornada=otra.jornada).values_list("ministracion")) == {(3,)}


def test_con_una_carga_que_sustituye_a_otra_nadie_recibe_dos_veces():
    suya = escena()
    anotar(suya.jornada, suya.registros[0], dicho=Anotacion("entregar", hace(5)), por=suya.enlace)
    suya.carga.estado = "sustituida"
    suya.carga.save()
    _carga, nuevos = padron(carga=CargaFactory(aplicada=True, regla=suya.carga.regla))
    lote = lotes.confirmar(preparar(suya), por=suya.enlace)

    assert lote.anotadas == 5
    assert nuevos[0].pk not in ultimas(suya.jornada)
