"""Respuestas cerradas de una regla: quién, dónde vive y si puede tener otro apoyo."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sexo(models.TextChoices):
    MUJER = "mujer", _("mujeres")
    HOMBRE = "hombre", _("hombres")


class Residencia(models.TextChoices):
    """La residencia es regla de cada programa: hay quien atiende a menores del Estado de México."""

    CIUDAD = "ciudad", _("vivir en la Ciudad de México")
    ALCALDIA = "alcaldia", _("vivir en la alcaldía")
    COLONIAS = "colonias", _("vivir en ciertas colonias")
    NINGUNA = "ninguna", _("no se exige vivir en la ciudad")
    SIN_DATO = "sin_dato", _("la fuente no lo dice")


class AccesoSimultaneo(models.TextChoices):
    SI = "si", _("sí")
    NO = "no", _("no")
    CONDICIONADO = "condicionado", _("depende del otro apoyo")
    SIN_DATO = "sin_dato", _("la fuente no lo dice")


class ClaseDeVersion(models.TextChoices):
    """La primera de un ejercicio es la original; las demás la aclaran o la modifican."""

    ORIGINAL = "original", _("reglas de operación")
    NOTA_ACLARATORIA = "nota_aclaratoria", _("nota aclaratoria")
    AVISO_MODIFICATORIO = "aviso_modificatorio", _("aviso que modifica")
