"""Quién toma parte en un hilo."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.models import Dependencia


class Participante(models.Model):
    """Una persona, o un órgano entero: entonces, quien hoy esté adscrito ahí y pueda escribir."""

    hilo = models.ForeignKey(
        "mensajes.Hilo", models.CASCADE, related_name="participantes", verbose_name=_("hilo")
    )
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participaciones",
        verbose_name=_("persona"),
    )
    dependencia = models.ForeignKey(
        Dependencia,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participaciones",
        verbose_name=_("órgano"),
    )

    class Meta:
        verbose_name = _("participante")
        verbose_name_plural = _("participantes")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(usuario__isnull=True, dependencia__isnull=False)
                | Q(usuario__isnull=False, dependencia__isnull=True),
                name="participante_persona_u_organo",
                violation_error_message=_("Participa una persona o un órgano, no los dos."),
            ),
            models.UniqueConstraint(
                fields=["hilo", "usuario"],
                name="participante_persona_una_vez",
                violation_error_message=_("Esa persona ya participa."),
            ),
            models.UniqueConstraint(
                fields=["hilo", "dependencia"],
                name="participante_organo_una_vez",
                violation_error_message=_("Ese órgano ya participa."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.dependencia or self.usuario)
