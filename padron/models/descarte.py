"""Lo que alguien decide fuera de una celda: qué filas no entran, y qué hojas corregidas subió."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from padron.models.carga import Carga
from padron.models.correccion import Receta
from padron.models.opciones import cuando, quien
from padron.models.resguardos import RESGUARDOS_DE_DESCARTE
from sibis.archivos.models import Archivo


class DescarteQuerySet(models.QuerySet["Descarte"]):
    def ultimos(self) -> DescarteQuerySet:
        """De cada fila vale lo último que se decidió."""
        return self.order_by("carga_id", "fila", "-pk").distinct("carga_id", "fila")


@pgtrigger.register(*RESGUARDOS_DE_DESCARTE)
class Descarte(models.Model):
    """Una fila que no entra, o que vuelve. No se borra: si se cambia de idea, se anota otra vez."""

    carga = models.ForeignKey(
        Carga, models.PROTECT, related_name="descartes", verbose_name=_("carga")
    )
    fila = models.PositiveIntegerField(_("fila"))
    fuera = models.BooleanField(_("queda fuera"), default=True)
    motivo = models.CharField(_("motivo"), max_length=200, blank=True)
    receta = models.ForeignKey(
        Receta,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="descartes",
        verbose_name=_("receta"),
    )
    por = quien(_("decidido por"), vacio=False)
    en = models.DateTimeField(_("decidido en"), auto_now_add=True)

    objects = DescarteQuerySet.as_manager()

    class Meta:
        verbose_name = _("descarte")
        verbose_name_plural = _("descartes")
        ordering = ["carga", "fila", "pk"]
        indexes = [
            models.Index(fields=["carga", "fila", "-id"], name="descarte_por_fila"),
            models.Index(fields=["carga", "por"], name="descarte_de_quien"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(fila__gte=1),
                name="descarte_fila_posible",
                violation_error_message=_(
                    "La fila es la de la hoja de cálculo: la primera es la 1."
                ),
            ),
            models.CheckConstraint(
                condition=Q(fuera=False) | ~Q(motivo=""),
                name="descarte_dice_por_que",
                violation_error_message=_("Di por qué la fila no entra."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carga_id}: {self.fila}"


class HojaCorregida(models.Model):
    """La hoja de filas con error que alguien corrigió fuera y subió. Se conserva tal como llegó."""

    carga = models.ForeignKey(
        Carga, models.PROTECT, related_name="hojas_corregidas", verbose_name=_("carga")
    )
    archivo = models.ForeignKey(
        Archivo, models.PROTECT, related_name="+", verbose_name=_("archivo")
    )
    por = quien(_("subida por"), vacio=False)
    en = models.DateTimeField(_("subida en"), auto_now_add=True)
    aplicada_en = cuando(_("aplicada en"))
    celdas = models.PositiveIntegerField(_("celdas cambiadas"), default=0)

    class Meta:
        verbose_name = _("hoja corregida")
        verbose_name_plural = _("hojas corregidas")
        ordering = ["carga", "pk"]

    def __str__(self) -> str:
        return f"{self.carga_id}: {self.en:%Y-%m-%d %H:%M}"
