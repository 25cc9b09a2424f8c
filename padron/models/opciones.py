"""Listas cerradas que comparten los modelos del padrón."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

PERIODO_VALIDO = RegexValidator(
    r"^(anual|t[1-4]|m(0[1-9]|1[0-2]))$",
    _("El periodo es «anual», un trimestre («t1» a «t4») o un mes («m01» a «m12»)."),
)


class Severidad(models.TextChoices):
    BLOQUEA = "bloquea", _("no deja entrar el renglón")
    AVISA = "avisa", _("avisa")
    INFORMA = "informa", _("informa")


class TipoDePersona(models.TextChoices):
    PERSONA = "persona", _("persona")
    MENOR = "menor", _("menor con tutora o tutor")
    COLECTIVO = "colectivo", _("colectivo")
    EMPRESA = "empresa", _("empresa o asociación")
    FACILITADORA = "facilitadora", _("persona facilitadora de servicios")


class Periodicidad(models.TextChoices):
    ANUAL = "anual", _("una vez al año")
    TRIMESTRAL = "trimestral", _("cada trimestre")
    MENSUAL = "mensual", _("cada mes")


def quien(etiqueta: object, *, vacio: bool = True) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=vacio,
        blank=vacio,
        editable=False,
        related_name="+",
        verbose_name=etiqueta,
    )


def cuando(etiqueta: object) -> models.DateTimeField:
    return models.DateTimeField(etiqueta, null=True, blank=True, editable=False)


def juntos(acto: str, prefijo: str) -> models.CheckConstraint:
    """«aplicada_en» y «aplicada_por» van juntos o no van."""
    return models.CheckConstraint(
        condition=Q(**{f"{acto}_en__isnull": True, f"{acto}_por__isnull": True})
        | Q(**{f"{acto}_en__isnull": False, f"{acto}_por__isnull": False}),
        name=f"{prefijo}_{acto}_en_y_por_juntos",
        violation_error_message=_("Falta decir quién o cuándo."),
    )
