"""Un archivo con que alguien quiere cambiar un catálogo: primero se ve qué haría, después se aplica."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sibis.archivos.models import Archivo
from sibis.cuentas.models import Usuario


class Importacion(models.Model):
    """El archivo original se conserva; lo que se aplica es exactamente lo que se previó."""

    modelo = models.CharField(_("catálogo"), max_length=80)
    archivo = models.ForeignKey(
        Archivo, models.PROTECT, related_name="+", verbose_name=_("archivo")
    )
    usuario = models.ForeignKey(
        Usuario, models.PROTECT, related_name="+", verbose_name=_("de quién")
    )
    creada_en = models.DateTimeField(_("recibida en"), auto_now_add=True)
    aplicada_en = models.DateTimeField(_("aplicada en"), null=True, blank=True)
    altas = models.PositiveIntegerField(_("altas"), null=True, blank=True)
    cambios = models.PositiveIntegerField(_("cambios"), null=True, blank=True)
    iguales = models.PositiveIntegerField(_("sin cambio"), null=True, blank=True)

    class Meta:
        verbose_name = _("importación")
        verbose_name_plural = _("importaciones")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    aplicada_en__isnull=True,
                    altas__isnull=True,
                    cambios__isnull=True,
                    iguales__isnull=True,
                )
                | Q(
                    aplicada_en__isnull=False,
                    altas__isnull=False,
                    cambios__isnull=False,
                    iguales__isnull=False,
                ),
                name="panel_importacion_aplicada_con_cuentas",
                violation_error_message=_("Una importación aplicada dice cuánto cambió."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.modelo} #{self.pk}"
