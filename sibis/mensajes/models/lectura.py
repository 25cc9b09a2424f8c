"""Hasta dónde leyó cada quien, y a quién se nombró."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sibis.mensajes.models.mensaje import Mensaje


class Lectura(models.Model):
    """Solo avanza: leer un mensaje viejo no desmarca los nuevos."""

    hilo = models.ForeignKey(
        "mensajes.Hilo", models.CASCADE, related_name="lecturas", verbose_name=_("hilo")
    )
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="lecturas_de_hilos",
        verbose_name=_("persona"),
    )
    hasta = models.ForeignKey(
        Mensaje, models.PROTECT, related_name="+", verbose_name=_("último mensaje leído")
    )
    leido_en = models.DateTimeField(_("leído en"), default=timezone.now)

    class Meta:
        verbose_name = _("lectura")
        verbose_name_plural = _("lecturas")
        ordering = ["leido_en"]
        constraints = [
            models.UniqueConstraint(
                fields=["hilo", "usuario"],
                name="lectura_una_por_persona",
                violation_error_message=_("Esa persona ya tiene su marca en el hilo."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.usuario} · {self.hilo_id}"


class Mencion(models.Model):
    """«@usuario», solo si esa persona ve el hilo: una mención no abre la puerta a nadie."""

    mensaje = models.ForeignKey(
        Mensaje, models.CASCADE, related_name="menciones", verbose_name=_("mensaje")
    )
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="menciones",
        verbose_name=_("persona"),
    )

    class Meta:
        verbose_name = _("mención")
        verbose_name_plural = _("menciones")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mensaje", "usuario"],
                name="mencion_una_vez_por_mensaje",
                violation_error_message=_("Ya se le nombró en ese mensaje."),
            )
        ]

    def __str__(self) -> str:
        return f"@{self.usuario}"
