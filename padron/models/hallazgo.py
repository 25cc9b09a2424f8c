"""Lo que una pasada halló, y los renglones que por eso esperan. Entran por COPY, a millones."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from padron.models.opciones import Severidad
from padron.models.pasada import Pasada


def _de_la_pasada(nombre: str) -> models.ForeignKey:
    """Sin llave en la base: revisarla en un millón de renglones cuesta más que escribirlos."""
    return models.ForeignKey(
        Pasada,
        models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name=nombre,
        verbose_name=_("pasada"),
    )


class Hallazgo(models.Model):
    """`fila` es la de la hoja de cálculo; 0 es el archivo entero. `forma` agrupa los que se parecen."""

    pasada = _de_la_pasada("hallazgos")
    fila = models.PositiveIntegerField(_("fila"))
    columna = models.CharField(_("columna"), max_length=60, blank=True)
    codigo = models.CharField(_("código"), max_length=40)
    severidad = models.CharField(_("severidad"), max_length=8, choices=Severidad)
    detalle = models.TextField(_("detalle"), blank=True)
    forma = models.CharField(_("forma"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("hallazgo")
        verbose_name_plural = _("hallazgos")
        ordering = ["pasada", "fila", "pk"]
        indexes = [
            models.Index(fields=["pasada", "fila"], name="hallazgo_por_fila"),
            models.Index(fields=["pasada", "codigo", "columna", "fila"], name="hallazgo_patron"),
        ]

    def __str__(self) -> str:
        return f"{self.pasada_id}: {self.fila} {self.codigo}"


class FilaEnEspera(models.Model):
    """Las celdas como venían, en el orden del archivo, de un renglón con algo que bloquea o avisa."""

    pasada = _de_la_pasada("filas_en_espera")
    fila = models.PositiveIntegerField(_("fila"))
    bloqueada = models.BooleanField(_("bloqueada"))
    celdas = models.JSONField(_("celdas"))

    class Meta:
        verbose_name = _("renglón en espera")
        verbose_name_plural = _("renglones en espera")
        ordering = ["pasada", "fila"]
        constraints = [
            models.UniqueConstraint(
                fields=["pasada", "fila"],
                name="fila_en_espera_unica",
                violation_error_message=_("Ese renglón ya está en espera."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.pasada_id}: {self.fila}"
