"""Lo que la base hace cumplir de descartes y recetas aunque alguien escriba SQL a mano."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from padron.models import Carga, Descarte
from tests.fabricas.cuentas import UsuarioFactory
from tests.fabricas.padron import CargaFactory, DescarteFactory, RecetaFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("valores", "restriccion"),
    [
        ({"fila": 0}, "descarte_fila_posible"),
        ({"motivo": ""}, "descarte_dice_por_que"),
    ],
)
def test_un_descarte_imposible_no_entra(valores, restriccion):
    with pytest.raises(IntegrityError, match=restriccion):
        DescarteFactory(**valores)


def test_volver_no_pide_motivo():
    assert DescarteFactory(fuera=False, motivo="").pk


def test_un_descarte_no_cambia_ni_se_borra():
    descarte = DescarteFactory()
    for acto in (
        lambda: Descarte.objects.filter(pk=descarte.pk).update(motivo="otro"),
        lambda: Descarte.objects.filter(pk=descarte.pk).delete(),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            acto()


def test_de_una_carga_aplicada_ya_no_se_descarta():
    with pytest.raises(IntegrityError, match="sus renglones no se corrigen"):
        DescarteFactory(carga=CargaFactory(aplicada=True))


def test_quien_dejo_fuera_una_fila_no_confirma_ni_por_sql():
    quien = UsuarioFactory()
    carga = CargaFactory(por_revisar=True)
    DescarteFactory(carga=carga, por=quien)

    with pytest.raises(IntegrityError, match="Quien corrigió la carga no puede confirmarla"):
        Carga.objects.filter(pk=carga.pk).update(
            estado="aplicada", aplicada_por=quien, aplicada_en=timezone.now()
        )


def test_una_receta_se_olvida_con_quien_y_cuando():
    receta = RecetaFactory()
    with pytest.raises(IntegrityError, match="receta_olvidada_en_y_por_juntos"):
        type(receta).objects.filter(pk=receta.pk).update(olvidada_en=timezone.now())
