"""Lo que espera a cada quien en la portada, y con qué se cumple entregar el padrón."""

from __future__ import annotations

import pytest
from django.utils import timezone

from padron.consultas.agenda_de_padron import padrones_entregados
from padron.consultas.colas import colas
from padron.models import Carga
from padron.servicios import decisiones
from sibis.agenda.importacion import obligaciones
from sibis.agenda.models import Obligacion
from tests.fabricas.agenda import VencimientoFactory
from tests.fabricas.padron import CargaFactory
from tests.padron.pantallas.archivos import archivo, personas, revisada

pytestmark = pytest.mark.django_db


def que_espera(usuario) -> dict[str, list[str]]:
    return {c.titulo: [p.detalle for p in c.pendientes] for c in colas(usuario)}


def test_a_quien_entrega_le_espera_lo_suyo_y_lo_devuelto_va_primero(regla, enlace, titular):
    mapear = CargaFactory(regla=regla, estado="por_mapear")
    CargaFactory(regla=regla, aplicada=True)
    CargaFactory(por_revisar=True)
    carga = revisada(regla, por=enlace, contenido=archivo(personas(3)))
    decisiones.devolver(decisiones.presentar(carga, por=enlace), motivo="Falta algo.", por=titular)

    (suyas,) = colas(enlace)

    assert [p.detalle for p in suyas.pendientes] == [
        f"{carga.folio}: te la devolvieron",
        f"{mapear.folio}: di qué es cada columna",
    ]
    assert suyas.pendientes[0].urgente
    assert suyas.total == 2


def test_a_la_titular_le_espera_lo_presentado_que_puede_confirmar(regla, enlace, titular):
    carga = decisiones.presentar(
        revisada(regla, por=enlace, contenido=archivo(personas(3))), por=enlace
    )
    CargaFactory(regla=regla, por_confirmar=True, cargada_por=titular)

    assert que_espera(titular) == {
        "Padrones por confirmar": [f"{carga.folio}: 3 renglones pueden entrar"]
    }


def test_a_otra_dependencia_no_le_espera_nada(regla, ajena):
    CargaFactory(regla=regla, por_revisar=True)
    CargaFactory(regla=regla, por_confirmar=True)

    assert que_espera(ajena) == {"Padrones por terminar": []}


def test_las_colas_hacen_las_mismas_consultas_con_el_doble(
    regla, enlace, titular, django_assert_num_queries, django_assert_max_num_queries
):
    for quien in (enlace, titular):
        CargaFactory.create_batch(3, regla=regla, por_revisar=True)
        CargaFactory.create_batch(3, regla=regla, por_confirmar=True)
        colas(quien)  # sus funciones ya se saben
        with django_assert_max_num_queries(8) as antes:
            colas(quien)
        CargaFactory.create_batch(5, regla=regla, por_revisar=True)
        CargaFactory.create_batch(5, regla=regla, por_confirmar=True)
        with django_assert_num_queries(len(antes)):
            colas(quien)


@pytest.mark.parametrize(
    ("periodo", "estado", "cumple"),
    [
        ("anual", "aplicada", True),
        ("t4", "aplicada", True),
        ("m12", "sustituida", True),
        ("t3", "aplicada", False),
        ("anual", "por_confirmar", False),
        ("anual", "cancelada", False),
    ],
)
def test_se_cumple_con_la_que_llega_a_diciembre(regla, periodo, estado, cumple):
    carga = CargaFactory(regla=regla, periodo=periodo, estado=estado)
    vencimiento = VencimientoFactory(asunto_clave="mi-beca", ejercicio=2025)
    otro = VencimientoFactory(asunto_clave="otro", ejercicio=2025)

    hallado = padrones_entregados([vencimiento, otro])

    assert (vencimiento.pk in hallado) is cumple
    assert otro.pk not in hallado
    if cumple:
        assert hallado[vencimiento.pk].el == timezone.localdate(
            Carga.objects.get(pk=carga.pk).aplicada_en
        )


def test_el_catalogo_trae_la_obligacion_y_dice_que_falta_cotejarla():
    obligaciones.cargar()

    suya = Obligacion.objects.get(cumple="padron_entregado")
    assert "por confirmar" in suya.norma
