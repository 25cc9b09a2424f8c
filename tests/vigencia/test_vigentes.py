"""Lo que rige un día: los extremos cuentan y sin fecha no hay límite."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from programas.models import DerechoSocial
from tests.fabricas.programas import DerechoSocialFactory

pytestmark = pytest.mark.django_db

ENERO = datetime.date(2025, 1, 1)
JUNIO = datetime.date(2025, 6, 30)
UN_DIA = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("desde", "hasta", "fecha", "rige"),
    [
        (ENERO, JUNIO, ENERO, True),
        (ENERO, JUNIO, JUNIO, True),
        (ENERO, JUNIO, ENERO - UN_DIA, False),
        (ENERO, JUNIO, JUNIO + UN_DIA, False),
        (None, JUNIO, datetime.date(1900, 1, 1), True),
        (ENERO, None, datetime.date(2100, 1, 1), True),
        (None, None, ENERO, True),
        (ENERO, ENERO, ENERO, True),
    ],
)
def test_vigentes_en_una_fecha(desde, hasta, fecha, rige):
    derecho = DerechoSocialFactory(vigente_desde=desde, vigente_hasta=hasta)

    assert DerechoSocial.objects.vigentes(fecha).filter(pk=derecho.pk).exists() is rige
    assert derecho.rige(fecha) is rige


def test_vigentes_sin_decir_fecha_son_los_de_hoy_en_la_ciudad():
    hoy = timezone.localdate()
    DerechoSocialFactory(clave="hoy", vigente_desde=hoy, vigente_hasta=hoy)
    DerechoSocialFactory(clave="ayer", vigente_hasta=hoy - UN_DIA)
    DerechoSocialFactory(clave="manana", vigente_desde=hoy + UN_DIA)

    assert [d.clave for d in DerechoSocial.objects.vigentes()] == ["hoy"]


def test_vigentes_se_compone_con_otros_filtros():
    DerechoSocialFactory(clave="abierto")
    DerechoSocialFactory(clave="cerrado", cerrado=True)

    assert DerechoSocial.objects.filter(clave__contains="rra").vigentes(JUNIO).count() == 0


def test_vigencia_al_reves_la_niega_la_base():
    with pytest.raises(IntegrityError, match="vigencia_en_orden"), transaction.atomic():
        DerechoSocialFactory(vigente_desde=JUNIO, vigente_hasta=ENERO)


def test_vigencia_al_reves_se_dice_en_palabras():
    derecho = DerechoSocial(clave="x", nombre="X", vigente_desde=JUNIO, vigente_hasta=ENERO)

    with pytest.raises(ValidationError, match="termina antes de empezar"):
        derecho.full_clean()


@pytest.mark.parametrize("clave", ["Con-Mayusculas", "con_guion_bajo", "-x", "x-", "ñ", "a b", ""])
def test_clave_que_no_es_clave_se_niega(clave):
    with pytest.raises(ValidationError) as error:
        DerechoSocial(clave=clave, nombre="X").full_clean()

    assert "clave" in error.value.message_dict


def test_catalogo_se_muestra_por_su_nombre_y_en_su_orden():
    DerechoSocialFactory(clave="b", nombre="Segundo", orden=2)
    DerechoSocialFactory(clave="a", nombre="Primero", orden=1)

    assert [str(d) for d in DerechoSocial.objects.all()] == ["Primero", "Segundo"]
