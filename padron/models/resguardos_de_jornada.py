"""Lo que la base hace cumplir de una jornada de entrega aunque alguien escriba SQL a mano."""

from typing import Any

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast, Coalesce, Lower, StrIndex
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _

from padron.estados_de_entrega import FLUJO_JORNADA, EstadoJornada
from padron.letras import ALFABETO


def lugar_en_el_abecedario(campo: str) -> StrIndex:
    """1 la A, 15 la Ñ, 27 la Z: la intercalación de la base no decide el orden."""
    return StrIndex(Value(ALFABETO), F(campo))


def _rango(funcion: str, desde: Any, hasta: Any, campo: models.Field) -> Func:
    return Func(desde, hasta, Value("[]"), function=funcion, output_field=campo)


def juntos(acto: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{acto}_en__isnull": True, f"{acto}_por__isnull": True})
        | Q(**{f"{acto}_en__isnull": False, f"{acto}_por__isnull": False}),
        name=f"jornada_{acto}_en_y_por_juntos",
        violation_error_message=_("Falta decir quién o cuándo."),
    )


_DE_FECHAS = [
    models.CheckConstraint(
        condition=Q(hasta__gte=F("desde")),
        name="jornada_fechas_en_orden",
        violation_error_message=_("La jornada termina antes de empezar."),
    ),
    models.CheckConstraint(
        condition=Q(hora_desde__isnull=True, hora_hasta__isnull=True)
        | Q(hora_desde__isnull=False, hora_hasta__isnull=False, hora_hasta__gt=F("hora_desde")),
        name="jornada_horas_en_orden",
        violation_error_message=_("La hora de cierre es anterior a la de inicio, o falta una."),
    ),
    models.CheckConstraint(
        condition=Q(tardia_desde__isnull=True, tardia_hasta__isnull=True)
        | Q(
            tardia_desde__isnull=False,
            tardia_hasta__isnull=False,
            tardia_desde__gt=F("hasta"),
            tardia_hasta__gte=F("tardia_desde"),
        ),
        name="jornada_ventana_extemporanea_en_orden",
        violation_error_message=_(
            "La ventana extemporánea empieza después de la jornada y termina después de empezar."
        ),
    ),
    models.CheckConstraint(
        condition=Q(tardia_hora_desde__isnull=True, tardia_hora_hasta__isnull=True)
        | Q(
            tardia_hora_desde__isnull=False,
            tardia_hora_hasta__isnull=False,
            tardia_hora_hasta__gt=F("tardia_hora_desde"),
        ),
        name="jornada_horas_extemporaneas_en_orden",
        violation_error_message=_(
            "En la ventana extemporánea, la hora de cierre es anterior a la de inicio, o falta una."
        ),
    ),
    models.CheckConstraint(
        condition=Q(tardia_desde__isnull=False)
        | Q(
            tardia_documento="",
            tardia_lugar="",
            tardia_centro__isnull=True,
            tardia_hora_desde__isnull=True,
        ),
        name="jornada_lo_extemporaneo_tiene_ventana",
        violation_error_message=_("Di de qué día a qué día es la ventana extemporánea."),
    ),
]

_DE_LUGAR_Y_LETRAS = [
    models.CheckConstraint(
        condition=Q(centro__isnull=False, lugar="") | (Q(centro__isnull=True) & ~Q(lugar="")),
        name="jornada_un_lugar",
        violation_error_message=_("El lugar es un centro o está escrito: uno de los dos."),
    ),
    models.CheckConstraint(
        condition=~Q(tardia_lugar="") & Q(tardia_centro__isnull=True) | Q(tardia_lugar=""),
        name="jornada_un_lugar_extemporaneo",
        violation_error_message=_("El lugar extemporáneo es un centro o está escrito, no los dos."),
    ),
    models.CheckConstraint(
        condition=Q(letra_desde__in=list(ALFABETO), letra_hasta__in=list(ALFABETO)),
        name="jornada_letras_del_abecedario",
        violation_error_message=_("Las letras van de la A a la Z, con la Ñ y en mayúscula."),
    ),
    models.CheckConstraint(
        condition=GreaterThanOrEqual(
            lugar_en_el_abecedario("letra_hasta"), lugar_en_el_abecedario("letra_desde")
        ),
        name="jornada_letras_en_orden",
        violation_error_message=_("La última letra va antes que la primera."),
    ),
    ExclusionConstraint(
        name="jornada_letras_sin_encimarse",
        expressions=[
            ("programa", RangeOperators.EQUAL),
            ("ejercicio", RangeOperators.EQUAL),
            ("ministracion", RangeOperators.EQUAL),
            ("apoyo", RangeOperators.EQUAL),
            (
                Coalesce(Cast("centro", models.TextField()), Lower("lugar")),
                RangeOperators.EQUAL,
            ),
            (_rango("daterange", F("desde"), F("hasta"), DateRangeField()), "&&"),
            (
                _rango(
                    "int4range",
                    lugar_en_el_abecedario("letra_desde"),
                    lugar_en_el_abecedario("letra_hasta"),
                    IntegerRangeField(),
                ),
                "&&",
            ),
        ],
        condition=~Q(estado=EstadoJornada.CANCELADA),
        violation_error_message=_(
            "Ya hay una jornada de ese programa, en ese lugar y ese día, para alguna de esas letras."
        ),
    ),
]

_DE_ESTADO = [
    juntos("publicada"),
    juntos("cancelada"),
    models.CheckConstraint(
        condition=~Q(estado=EstadoJornada.PUBLICADA) | Q(publicada_en__isnull=False),
        name="jornada_publicada_con_fecha",
        violation_error_message=_("Publicada es la que alguien publicó."),
    ),
    models.CheckConstraint(
        condition=(Q(estado=EstadoJornada.CANCELADA, cancelada_en__isnull=False) & ~Q(motivo=""))
        | (~Q(estado=EstadoJornada.CANCELADA) & Q(cancelada_en__isnull=True)),
        name="jornada_cancelada_con_motivo",
        violation_error_message=_("Una jornada cancelada dice por qué."),
    ),
]

_DE_CANTIDADES = [
    models.CheckConstraint(
        condition=Q(cupo__isnull=True) | Q(cupo__gt=0),
        name="jornada_cupo_positivo",
        violation_error_message=_("El cupo es de una persona o más; si no se sabe, va vacío."),
    ),
    models.CheckConstraint(
        condition=Q(monto__isnull=True) | Q(monto__gt=0),
        name="jornada_monto_positivo",
        violation_error_message=_("El monto es mayor que cero; si es el del padrón, va vacío."),
    ),
    models.CheckConstraint(
        condition=Q(ejercicio__gte=2000, ejercicio__lte=2100),
        name="jornada_ejercicio_razonable",
        violation_error_message=_("El año va de 2000 a 2100."),
    ),
]

RESTRICCIONES_DE_JORNADA = [*_DE_FECHAS, *_DE_LUGAR_Y_LETRAS, *_DE_ESTADO, *_DE_CANTIDADES]

RESGUARDOS_DE_JORNADA = (
    pgtrigger.FSM(name="jornada_flujo", field="estado", transitions=FLUJO_JORNADA.pares()),
    pgtrigger.Protect(name="jornada_no_se_borra", operation=pgtrigger.Delete),
)
