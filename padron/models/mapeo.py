"""Qué es cada columna de los archivos de una dependencia: se confirma una vez y se recuerda."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from padron.models.opciones import quien
from programas.models import Programa
from sibis.cuentas.models import Dependencia


class MapeoRecordado(models.Model):
    """El mismo encabezado de la misma dependencia se lee igual sin volver a preguntar."""

    dependencia = models.ForeignKey(
        Dependencia, models.PROTECT, related_name="mapeos", verbose_name=_("dependencia")
    )
    programa = models.ForeignKey(
        Programa,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mapeos",
        verbose_name=_("programa"),
        help_text=_("Vacío: vale para cualquiera de la dependencia."),
    )
    huella = models.CharField(_("huella del encabezado"), max_length=64)
    encabezado = models.JSONField(_("encabezado"), default=list, blank=True)
    mapeo = models.JSONField(_("qué es cada columna"))
    confirmado_por = quien(_("confirmado por"), vacio=False)
    confirmado_en = models.DateTimeField(_("confirmado en"), auto_now=True)

    class Meta:
        verbose_name = _("mapeo recordado")
        verbose_name_plural = _("mapeos recordados")
        ordering = ["dependencia", "-confirmado_en"]
        constraints = [
            models.UniqueConstraint(
                fields=["dependencia", "programa", "huella"],
                nulls_distinct=False,
                name="mapeo_uno_por_encabezado",
                violation_error_message=_("Ese encabezado ya tiene su mapeo."),
            ),
            models.CheckConstraint(
                condition=Q(confirmado_en__isnull=False, confirmado_por__isnull=False),
                name="mapeo_confirmado_en_y_por_juntos",
                violation_error_message=_("Falta decir quién o cuándo."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dependencia} {self.huella[:8]}"
