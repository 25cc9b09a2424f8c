"""Cuándo se le escribe a cada quien. El estado de un correo es el de todo correo: `sibis/correo`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Cuando(models.TextChoices):
    """Lo que cada persona elige para su correo; en la bandeja está siempre todo."""

    AL_MOMENTO = "al_momento", _("En cuanto pasa")
    RESUMEN_DIARIO = "resumen_diario", _("Un resumen cada mañana")
    NUNCA = "nunca", _("Solo lo urgente")


class ClaseDeCorreo(models.TextChoices):
    AL_MOMENTO = "al_momento", _("al momento")
    RESUMEN = "resumen", _("resumen del día")
