"""Los relojes desde la base: qué plazo regía, quién lo tiene, y siempre las mismas consultas."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sibis.calendario.importacion import cargar as cargar_calendario
from sibis.revision.consultas.relojes import en_revision, relojes
from tests.fabricas.expedientes import ExpedienteFactory
from tests.fabricas.revision import AsignacionFactory, PlazoDeRevisionFactory
from tests.revision.asuntos import el, en_estado

pytestmark = pytest.mark.django_db

LUNES = datetime.date(2026, 3, 2)


def el_de(regla, hoy=None):
    return relojes([regla.expediente], hoy=hoy)[regla.expediente_id]


def test_el_plazo_es_el_que_regia_cuando_llego():
    PlazoDeRevisionFactory(dias_habiles=10, vigente_hasta=datetime.date(2026, 2, 28))
    PlazoDeRevisionFactory(dias_habiles=3, vigente_desde=datetime.date(2026, 3, 1))
    de_antes = en_estado("en_revision", desde=el(datetime.date(2026, 2, 27)))
    de_ahora = en_estado("en_revision", desde=el(LUNES))

    assert el_de(de_antes, LUNES).reloj.limite == 10
    assert el_de(de_ahora, LUNES).reloj.limite == 3


def test_los_inhabiles_de_la_base_no_cuentan():
    cargar_calendario()
    PlazoDeRevisionFactory(dias_habiles=5)
    regla = en_estado("en_revision", desde=el(datetime.date(2026, 3, 13)))

    # El lunes 16 de marzo de 2026 fue inhábil.
    assert el_de(regla, datetime.date(2026, 3, 17)).reloj.habiles == 1


def test_dice_quien_lo_tomo_en_la_instancia_donde_esta():
    regla = en_estado("en_revision", desde=el(LUNES))
    suya = AsignacionFactory(expediente=regla.expediente, instancia="validacion")
    AsignacionFactory(expediente=regla.expediente, instancia="dictamen")

    asunto = el_de(regla, LUNES)
    assert (asunto.revisor, asunto.revisor_cuenta) == (suya.revisor_id, suya.revisor.username)


def test_en_revision_son_los_que_alguien_tiene_y_no_los_terminados():
    viva = en_estado("observado", desde=el(LUNES))
    en_estado("publicado", desde=el(LUNES))
    en_estado("rechazado", desde=el(LUNES))
    ExpedienteFactory()  # sin presentar

    assert [e.pk for e in en_revision()] == [viva.expediente_id]


def test_el_doble_de_asuntos_cuesta_las_mismas_consultas():
    PlazoDeRevisionFactory()

    def cuantas() -> int:
        with CaptureQueriesContext(connection) as hechas:
            assert relojes(en_revision())
        return len(hechas)

    for _n in range(3):
        en_estado("en_revision", desde=el(LUNES))
    con_tres = cuantas()
    for _n in range(3):
        en_estado("en_revision", desde=el(LUNES))
    assert cuantas() == con_tres == 5
