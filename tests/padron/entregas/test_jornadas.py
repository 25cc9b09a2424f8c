"""Planear, publicar, mover y cancelar; y que el portal, el calendario y los avisos lo digan."""

from __future__ import annotations

import datetime

import pytest

from ciudadania.consultas.hechos import hechos_del_dia
from padron.models import JornadaDeEntrega
from padron.servicios import jornadas
from padron.servicios.entregas import Anotacion, anotar
from programas.consultas.calendario import sucesos
from programas.models import FechaDeEntrega, Sede
from sibis.bitacora.models import Evento
from sibis.cuentas.roles import Analista, EnlaceDeDependencia
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso, TransicionInvalida
from tests.fabricas.cuentas import DependenciaFactory, con_rol
from tests.fabricas.entregas import InstrumentoDeEntregaFactory, JornadaDeEntregaFactory, hace
from tests.fabricas.padron import CargaFactory
from tests.fabricas.programas import ProgramaFactory
from tests.fabricas.territorio import CentroFactory
from tests.padron.entregas.escenas import escena, padron

pytestmark = pytest.mark.django_db
DIA = datetime.timedelta(days=1)


def en(dias: int) -> datetime.date:
    return hace(-dias)


def crear(programa, por, **otros):
    comun = {"instrumento": InstrumentoDeEntregaFactory(), "centro": CentroFactory()} | otros
    tramos = [("A", "M", en(3), en(3)), ("N", "Z", en(4), en(4))]
    return jornadas.crear(programa, ejercicio=2025, tramos=tramos, comun=comun, por=por)


def test_crear_varias_cuenta_a_quien_espera_cada_una():
    carga, _registros = padron()
    enlace = con_rol(EnlaceDeDependencia, en=carga.dependencia)

    hechas = crear(carga.programa, enlace)

    assert [(j.letras, j.esperadas) for j in hechas] == [("A a M", 3), ("N a Z", 3)]
    assert hechas[1].esperadas_por_letra == {"Ñ": 1, "O": 1, "Z": 1}
    assert not FechaDeEntrega.objects.exists()
    assert Evento.objects.filter(tipo="jornada.planeada").count() == 2


def test_si_una_no_cabe_no_se_crea_ninguna():
    enlace = con_rol(EnlaceDeDependencia)
    programa = ProgramaFactory(dependencia=enlace.adscripciones.get().dependencia)
    centro = CentroFactory()
    crear(programa, enlace, centro=centro)

    with pytest.raises(ErrorDeNegocio, match="Ya hay una jornada"):
        crear(programa, enlace, centro=centro)
    assert JornadaDeEntrega.objects.count() == 2


@pytest.mark.parametrize("rol", [Analista, EnlaceDeDependencia])
def test_solo_el_enlace_de_la_dependencia_lleva_sus_jornadas(rol):
    ajena = con_rol(rol, en=DependenciaFactory())
    jornada = JornadaDeEntregaFactory()
    for acto in (
        lambda: crear(jornada.programa, ajena),
        lambda: jornadas.publicar(jornada, por=ajena),
        lambda: jornadas.cancelar(jornada, motivo="No.", por=ajena),
        lambda: jornadas.cambiar(jornada, cambios={"notas": "x"}, por=ajena),
        lambda: jornadas.volver_a_contar(jornada, por=ajena),
    ):
        with pytest.raises(SinPermiso):
            acto()


def test_publicar_pone_la_fecha_y_la_sede_en_el_portal():
    suya = escena(
        desde=en(2),
        letra_desde="A",
        letra_hasta="F",
        apoyo="tarjeta",
        hora_desde=datetime.time(9),
        hora_hasta=datetime.time(14),
        tardia_desde=en(10),
        tardia_hasta=en(12),
        tardia_documento="comprobante de domicilio",
    )
    fecha, tardia = FechaDeEntrega.objects.order_by("desde")

    assert fecha.concepto == "Entrega de tarjeta: primer apellido de A a F"
    assert fecha.lugar == f"{suya.jornada.centro.nombre}, de 09:00 a 14:00"
    assert (fecha.desde, fecha.hasta, tardia.hasta) == (en(2), None, en(12))
    assert "comprobante de domicilio" in tardia.concepto
    assert Sede.objects.get().centro == suya.jornada.centro
    assert [s.dia for s in sucesos([(suya.jornada.programa_id, 2025)])] == [en(2), en(10)]
    assert [h.dia for h in hechos_del_dia(hace(0)) if h.motivo == "entrega"] == [en(2)]


def test_mover_una_publicada_mueve_la_misma_fecha_y_vuelve_a_avisar():
    suya = escena(desde=en(2))
    antes = FechaDeEntrega.objects.get()
    clave = hechos_del_dia(hace(0))[0].clave

    jornadas.cambiar(suya.jornada, cambios={"desde": en(3), "hasta": en(3)}, por=suya.enlace)
    otro_dia = hechos_del_dia(hace(0))[0].clave
    jornadas.cambiar(
        suya.jornada, cambios={"centro": None, "lugar": "El deportivo"}, por=suya.enlace
    )
    otro_lugar = hechos_del_dia(hace(0))[0].clave

    despues = FechaDeEntrega.objects.get()
    assert (despues.pk, despues.desde, despues.lugar) == (antes.pk, en(3), "El deportivo")
    assert len({clave, otro_dia, otro_lugar}) == 3
    assert [str(e.desde) for e in despues.events.order_by("pgh_id")] == [
        str(en(2)),
        str(en(3)),
        str(en(3)),
    ]
    assert suya.fresca().events.count() >= 3


def test_cancelar_no_desaparece_lo_dice():
    suya = escena(desde=en(2))
    with pytest.raises(ErrorDeNegocio, match="por qué"):
        jornadas.cancelar(suya.jornada, motivo=" ", por=suya.enlace)
    jornadas.cancelar(suya.jornada, motivo="Se inundó el lugar.", por=suya.enlace)

    fecha = FechaDeEntrega.objects.get()
    assert fecha.concepto.startswith("Cancelada: ")
    assert fecha.lugar == "Se inundó el lugar."
    with pytest.raises(TransicionInvalida):
        jornadas.publicar(suya.jornada, por=suya.enlace)
    with pytest.raises(TransicionInvalida):
        jornadas.cambiar(suya.jornada, cambios={"notas": "x"}, por=suya.enlace)


def test_quitar_la_ventana_extemporanea_quita_su_fecha():
    suya = escena(tardia_desde=en(1), tardia_hasta=en(2))
    assert FechaDeEntrega.objects.count() == 2
    jornadas.cambiar(
        suya.jornada, cambios={"tardia_desde": None, "tardia_hasta": None}, por=suya.enlace
    )
    assert FechaDeEntrega.objects.count() == 1


def test_con_entregas_anotadas_no_se_cancela_ni_cambia_lo_que_se_entrego():
    suya = escena()
    anotar(suya.jornada, suya.registros[0], dicho=Anotacion("entregar", hace(5)), por=suya.enlace)
    for acto, dicho in (
        (lambda: jornadas.cancelar(suya.jornada, motivo="No.", por=suya.enlace), "no se cancela"),
        (
            lambda: jornadas.cambiar(suya.jornada, cambios={"monto": 5}, por=suya.enlace),
            "no cambia",
        ),
        (
            lambda: jornadas.cambiar(
                suya.jornada, cambios={"desde": hace(1), "hasta": hace(1)}, por=suya.enlace
            ),
            "no puede empezar después",
        ),
    ):
        with pytest.raises(ErrorDeNegocio, match=dicho):
            acto()


def test_lo_que_se_publica_no_lleva_datos_de_nadie():
    suya = escena()
    with pytest.raises(ErrorDeNegocio, match="CURP"):
        jornadas.cambiar(suya.jornada, cambios={"notas": "Ver XEXX800101HDFABX01"}, por=suya.enlace)


def test_si_el_padron_crece_se_vuelve_a_contar():
    suya = escena()
    otra = CargaFactory(aplicada=True, regla=suya.carga.regla, periodo="t1")
    padron(2, carga=otra)
    assert suya.fresca().esperadas == 6
    assert jornadas.volver_a_contar(suya.jornada, por=suya.enlace).esperadas == 8
    jornadas.cambiar(suya.jornada, cambios={"periodo": "t1"}, por=suya.enlace)
    assert suya.fresca().esperadas == 2


def test_cada_alcaldia_a_su_lugar():
    carga, registros = padron(3, alcaldia="09007")
    padron_de_tlalpan = CargaFactory(aplicada=True, regla=carga.regla, periodo="t2")
    padron(2, carga=padron_de_tlalpan, alcaldia="09012")
    enlace = con_rol(EnlaceDeDependencia, en=carga.dependencia)
    hechas = crear(carga.programa, enlace, alcaldias=["09007"])
    assert sum(j.esperadas for j in hechas) == len(registros)
