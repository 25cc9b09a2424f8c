"""La regla que se publicó con fecha posterior: el reloj la pone a regir, aunque llegue tarde."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from programas import tasks, vigor
from programas.estados import EstadoRegla as E
from programas.models import ReglaOperacion
from sibis.bitacora.models import Evento
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.revision.servicios import pasos
from tests.fabricas import programas as f

pytestmark = pytest.mark.django_db


def hace(dias: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=dias)


def por_regir(dia: datetime.date, **valores) -> ReglaOperacion:
    return f.ReglaFactory(completa=True, estado=E.POR_REGIR, vigente_desde=dia, **valores)


def estado(regla) -> str:
    return ReglaOperacion.objects.get(pk=regla.pk).estado


def test_entra_el_dia_que_le_toca_y_sustituye_a_la_anterior():
    anterior = f.en_portal(completa=True, gaceta_numero="1")
    nueva = por_regir(hace(0), programa=anterior.programa, version=2)

    assert tasks.poner_en_vigor() == 1
    assert (estado(nueva), estado(anterior)) == (E.PUBLICADO, E.SUSTITUIDO)
    assert nueva.programa.reglas.publicadas().get().ficha.regla_id == nueva.pk


def test_antes_de_su_dia_no_se_mueve():
    regla = por_regir(hace(-1))

    assert tasks.poner_en_vigor() == 0
    assert vigor.entrar_en_vigor(regla).estado == E.POR_REGIR
    assert estado(regla) == E.POR_REGIR


def test_tras_tres_dias_sin_trabajador_entran_todas_las_que_debieron():
    anterior = f.en_portal(completa=True, gaceta_numero="1")
    de_hace_tres = por_regir(hace(3), programa=anterior.programa, version=2)
    de_hace_dos, de_hoy = por_regir(hace(2)), por_regir(hace(0))
    de_manana = por_regir(hace(-1))

    assert tasks.poner_en_vigor() == 3
    assert {estado(r) for r in (de_hace_tres, de_hace_dos, de_hoy)} == {E.PUBLICADO}
    assert (estado(anterior), estado(de_manana)) == (E.SUSTITUIDO, E.POR_REGIR)


def test_repetirlo_no_hace_nada():
    regla = por_regir(hace(3))
    tasks.poner_en_vigor()
    cuantos = Evento.objects.count()

    assert tasks.poner_en_vigor() == 0
    assert vigor.entrar_en_vigor(regla).estado == E.PUBLICADO
    assert Evento.objects.count() == cuantos


def test_una_que_no_puede_no_detiene_a_las_demas(monkeypatch):
    mala, buena = por_regir(hace(2)), por_regir(hace(1))
    dar = pasos.dar

    def dar_menos_a_la_mala(materia, asunto, nombre, **resto):
        if asunto.pk == mala.pk:
            raise ErrorDeNegocio("No procede.")
        return dar(materia, asunto, nombre, **resto)

    monkeypatch.setattr(pasos, "dar", dar_menos_a_la_mala)

    assert tasks.poner_en_vigor() == 1
    assert (estado(mala), estado(buena)) == (E.POR_REGIR, E.PUBLICADO)


def test_el_sistema_lo_deja_dicho_sin_nombre_de_persona():
    por_regir(hace(0))
    tasks.poner_en_vigor()

    evento = Evento.objects.get(tipo="regla.entrar-en-vigor")
    assert evento.por == ""
