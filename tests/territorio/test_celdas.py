"""Las celdas se rehacen cuando hace falta, enteras o nada."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection, transaction
from django.utils import timezone

from sibis.territorio import proyeccion, tasks
from sibis.territorio.models import CambioDeCentros, CeldaDeCentros, Centro, VersionDeCapa
from sibis.territorio.teselas import PRIMER_ZOOM_CONTADO, ULTIMO_ZOOM_CONTADO
from tests.fabricas.territorio import CentroFactory

pytestmark = pytest.mark.django_db


def test_cualquier_escritura_de_centros_deja_un_solo_aviso():
    centro = CentroFactory()
    CambioDeCentros.objects.all().delete()
    Centro.objects.filter(pk=centro.pk).update(nombre="Otro")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE territorio_centro SET nombre = 'Con SQL'")

    assert CambioDeCentros.objects.count() == 1
    assert proyeccion.hace_falta()


def test_sin_cambios_la_tarea_no_hace_nada():
    CentroFactory()
    assert tasks.actualizar_celdas() == ULTIMO_ZOOM_CONTADO - PRIMER_ZOOM_CONTADO + 1
    antes = set(CeldaDeCentros.objects.values_list("pk", flat=True))

    assert tasks.actualizar_celdas() == 0
    assert set(CeldaDeCentros.objects.values_list("pk", flat=True)) == antes


def test_otro_dia_se_cuenta_otra_vez():
    proyeccion.rehacer_celdas()
    assert not proyeccion.hace_falta()
    ayer = timezone.now() - datetime.timedelta(days=1)
    VersionDeCapa.objects.filter(capa="centros").update(cambio=ayer)
    assert proyeccion.hace_falta()


def test_el_que_cierra_sale_de_la_cuenta():
    CentroFactory()
    cierra = CentroFactory()
    proyeccion.rehacer_celdas()
    Centro.objects.filter(pk=cierra.pk).update(vigente_hasta="2020-01-01")
    tasks.actualizar_celdas()

    assert {c.total for c in CeldaDeCentros.objects.all()} == {1}


def test_si_algo_falla_se_quedan_las_de_antes(monkeypatch):
    CentroFactory()
    proyeccion.rehacer_celdas()
    antes = list(CeldaDeCentros.objects.order_by("pk").values_list("z", "x", "y", "total"))
    CentroFactory(alcaldia__clave="09002")
    monkeypatch.setattr(proyeccion, "_GRUESAS", "SELECT no_existe")
    with pytest.raises(Exception, match="no_existe"), transaction.atomic():
        proyeccion.rehacer_celdas()

    assert list(CeldaDeCentros.objects.order_by("pk").values_list("z", "x", "y", "total")) == antes
    assert proyeccion.hace_falta()
