"""Lo que la base hace cumplir de un lote aunque se escriba SQL."""

from contextlib import nullcontext

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from sibis.panel.estados import ACABADOS, FLUJO_LOTE, EstadoDeLote, Resultado
from sibis.panel.models import Lote
from tests.fabricas.panel import LoteFactory, RenglonDeLoteFactory


@pytest.mark.parametrize("desde", EstadoDeLote)
@pytest.mark.parametrize("hacia", EstadoDeLote)
def test_el_estado_solo_va_por_la_tabla_aunque_se_escriba_sql(db, desde, hacia):
    if desde == hacia:
        return
    lote = LoteFactory(estado=desde, acabado_en=timezone.now() if desde in ACABADOS else None)
    cambio = {"estado": hacia, "acabado_en": timezone.now() if hacia in ACABADOS else None}
    permitido = (desde.value, hacia.value) in FLUJO_LOTE.pares()
    que_pasa = nullcontext() if permitido else pytest.raises(DatabaseError)
    with que_pasa, transaction.atomic():
        Lote.objects.filter(pk=lote.pk).update(**cambio)


@pytest.mark.parametrize(
    "malo",
    [
        {"total": 1, "por_hacer": 2},
        {"total": 2, "por_hacer": 2, "hechos": 2, "fallidos": 1},
        {"estado": "terminado"},
        {"acabado_en": timezone.now()},
    ],
)
def test_un_lote_imposible_no_se_guarda(db, malo):
    with pytest.raises(IntegrityError), transaction.atomic():
        LoteFactory(**malo)


def test_un_objeto_no_esta_dos_veces_y_lo_fallido_dice_por_que(db):
    renglon = RenglonDeLoteFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        RenglonDeLoteFactory(lote=renglon.lote, objeto=renglon.objeto)
    with pytest.raises(IntegrityError), transaction.atomic():
        RenglonDeLoteFactory(resultado=Resultado.FALLIDO)
