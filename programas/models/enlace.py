"""Las direcciones de fuera que el portal cita, y si responden."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Enlace(models.Model):
    """Una dirección de fuera que alguna página cita, y si responde."""

    class Estado(models.TextChoices):
        SIN_REVISAR = "sin_revisar", _("sin revisar")
        VIGENTE = "vigente", _("responde")
        DUDOSO = "dudoso", _("no respondió la última vez")
        ROTO = "roto", _("roto")

    url = models.URLField(_("dirección"), max_length=1000, unique=True)
    estado = models.CharField(
        _("estado"), max_length=11, choices=Estado, default=Estado.SIN_REVISAR
    )
    codigo = models.PositiveSmallIntegerField(_("último código"), null=True, blank=True)
    motivo = models.CharField(_("qué pasó"), max_length=200, blank=True)
    fallas = models.PositiveSmallIntegerField(_("fallas seguidas"), default=0)
    tomado_en = models.DateTimeField(_("intento empezado en"), null=True, blank=True)
    revisado_en = models.DateTimeField(_("revisado en"), null=True, blank=True)

    class Meta:
        verbose_name = _("enlace de fuera")
        verbose_name_plural = _("enlaces de fuera")
        ordering = ["-fallas", "url"]
        indexes = [
            # importacion/enlaces.py: los que llevan más sin revisarse
            models.Index(F("tomado_en").asc(nulls_first=True), name="enlace_mas_viejo")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(estado="sin_revisar") | Q(revisado_en__isnull=False),
                name="enlace_revisado_dice_cuando",
                violation_error_message=_("Falta decir cuándo se revisó."),
            )
        ]

    def __str__(self) -> str:
        return self.url
