"""Lo que la base hace cumplir de las capturas aunque alguien escriba SQL."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from padron.models import Captura
from tests.fabricas.cuentas import DependenciaFactory, UsuarioFactory
from tests.fabricas.padron import CapturaFactory, RenglonCapturadoFactory

pytestmark = pytest.mark.django_db


def cambiar(captura, **valores):
    with transaction.atomic():
        Captura.objects.filter(pk=captura.pk).update(**valores)


@pytest.mark.parametrize("hacia", ["entregada", "descartada"])
def test_el_estado_dice_quien_y_cuando(hacia):
    with pytest.raises(IntegrityError, match="captura_"):
        cambiar(CapturaFactory(), estado=hacia)


def test_quien_y_cuando_van_juntos():
    captura = CapturaFactory()
    with pytest.raises(IntegrityError, match="captura_entregada_en_y_por_juntos"):
        cambiar(captura, entregada_por=UsuarioFactory())
    with pytest.raises(IntegrityError, match="captura_descartada"):
        cambiar(captura, descartada_por=UsuarioFactory())


def test_abierta_no_puede_estar_descartada():
    with pytest.raises(IntegrityError, match="captura_descartada_con_quien"):
        cambiar(CapturaFactory(), descartada_por=UsuarioFactory(), descartada_en=timezone.now())


def test_descartada_no_vuelve():
    with pytest.raises(DatabaseError):
        cambiar(CapturaFactory(descartada=True), estado="abierta")


def test_es_de_la_dependencia_de_su_regla():
    with pytest.raises(IntegrityError, match="no es de esa dependencia"):
        cambiar(CapturaFactory(), dependencia=DependenciaFactory())


def test_un_renglon_va_una_vez_y_en_su_lugar():
    uno = RenglonCapturadoFactory()
    with pytest.raises(IntegrityError, match="renglon_una_vez_por_captura"), transaction.atomic():
        RenglonCapturadoFactory(captura=uno.captura, clave=uno.clave)
    RenglonCapturadoFactory(captura=uno.captura, orden=uno.orden)
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="renglon_en_su_lugar"):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_quitado_dice_quien_y_cuando():
    uno = RenglonCapturadoFactory()
    uno.quitado_en = timezone.now()
    with pytest.raises(IntegrityError, match="renglon_quitado"), transaction.atomic():
        uno.save()


def test_los_renglones_de_una_entregada_no_cambian_y_si_se_borran():
    captura = CapturaFactory(entregada=True)
    with pytest.raises(IntegrityError, match="ya no está abierta"), transaction.atomic():
        RenglonCapturadoFactory(captura=captura)
    assert captura.renglones.all().delete()[0] == 0
