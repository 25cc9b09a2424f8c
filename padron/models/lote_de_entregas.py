"""Muchas anotaciones de una vez: qué se pidió, qué pasaría, quién lo confirmó y qué se anotó."""

from __future__ import annotations

from decimal import Decimal

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from padron.estados_de_entrega import FLUJO_LOTE, EstadoLote
from padron.models.jornada import JornadaDeEntrega, quien


class LoteDeEntregas(models.Model):
    """Se prepara, se mira y se anota entero o nada. Una devolución la confirma otra persona."""

    class Que(models.TextChoices):
        TODAS_MENOS = "todas_menos", _("se entregó a toda la lista, menos a quienes se indican")
        ENTREGAR_LISTA = "entregar_lista", _("se entregó solo a quienes se indican")
        NO_RECOGIO_LISTA = "no_recogio_lista", _("no recogieron quienes se indican")
        DEVOLVER_LISTA = "devolver_lista", _("se devolvió lo de quienes se indican")
        DESHACER_LOTE = "deshacer_lote", _("se devuelve lo que anotó otro lote")

    DEVUELVEN = (Que.DEVOLVER_LISTA, Que.DESHACER_LOTE)

    jornada = models.ForeignKey(
        JornadaDeEntrega, models.PROTECT, related_name="lotes", verbose_name=_("jornada")
    )
    que = models.CharField(_("qué se anota"), max_length=16, choices=Que)
    origen = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deshechos",
        verbose_name=_("lote que se deshace"),
    )
    fecha = models.DateField(_("fecha"))
    motivo = models.CharField(_("motivo"), max_length=500, blank=True)
    estado = models.CharField(
        _("estado"),
        max_length=13,
        choices=EstadoLote,
        default=FLUJO_LOTE.inicial,
        editable=False,
    )
    recibidas = models.PositiveIntegerField(_("renglones de la lista"), default=0)
    sin_hallar = ArrayField(
        models.PositiveIntegerField(), verbose_name=_("renglones sin hallar"), default=list
    )
    por_anotar = models.PositiveIntegerField(_("por anotar"), default=0)
    monto_previsto = models.DecimalField(
        _("monto previsto"), max_digits=16, decimal_places=2, default=Decimal(0)
    )
    anotadas = models.PositiveIntegerField(_("anotadas"), default=0)
    monto = models.DecimalField(_("monto"), max_digits=16, decimal_places=2, default=Decimal(0))
    preparado_en = models.DateTimeField(_("preparado en"), default=timezone.now)
    preparado_por = quien("lotes_de_entregas", _("preparado por"))
    confirmado_en = models.DateTimeField(_("confirmado en"), null=True, blank=True)
    confirmado_por = quien("lotes_de_entregas_confirmados", _("confirmado por"))
    error = models.CharField(_("por qué no se anotó"), max_length=500, blank=True)
    aplicado_en = models.DateTimeField(_("anotado en"), null=True, blank=True)

    class Meta:
        verbose_name = _("lote de entregas")
        verbose_name_plural = _("lotes de entregas")
        ordering = ["-pk"]
        triggers = (
            pgtrigger.FSM(name="lote_flujo", field="estado", transitions=FLUJO_LOTE.pares()),
            pgtrigger.Protect(name="lote_no_se_borra", operation=pgtrigger.Delete),
        )
        constraints = [
            models.CheckConstraint(
                condition=Q(preparado_en__isnull=True, preparado_por__isnull=True)
                | Q(preparado_en__isnull=False, preparado_por__isnull=False),
                name="lote_de_entregas_preparado_en_y_por_juntos",
                violation_error_message=_("Falta decir quién o cuándo."),
            ),
            models.CheckConstraint(
                condition=Q(confirmado_en__isnull=True, confirmado_por__isnull=True)
                | Q(confirmado_en__isnull=False, confirmado_por__isnull=False),
                name="lote_de_entregas_confirmado_en_y_por_juntos",
                violation_error_message=_("Falta decir quién o cuándo."),
            ),
            models.CheckConstraint(
                condition=~Q(que__in=["devolver_lista", "deshacer_lote"])
                | Q(confirmado_por__isnull=True)
                | ~Q(confirmado_por=F("preparado_por")),
                name="lote_de_entregas_lo_confirma_otra_persona",
                violation_error_message=_("Una devolución de muchas la confirma otra persona."),
            ),
            models.CheckConstraint(
                condition=~Q(que__in=["devolver_lista", "deshacer_lote"]) | ~Q(motivo=""),
                name="lote_de_entregas_devolucion_con_motivo",
                violation_error_message=_("Una devolución dice por qué."),
            ),
            models.CheckConstraint(
                condition=Q(que="deshacer_lote", origen__isnull=False)
                | (~Q(que="deshacer_lote") & Q(origen__isnull=True)),
                name="lote_de_entregas_dice_cual_deshace",
                violation_error_message=_("Falta decir qué lote se deshace."),
            ),
            models.CheckConstraint(
                condition=~Q(estado__in=["en_cola", "aplicado"]) | Q(confirmado_en__isnull=False),
                name="lote_de_entregas_alguien_lo_confirmo",
                violation_error_message=_("Nada se anota sin que alguien lo confirme."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def devuelve(self) -> bool:
        return self.que in self.DEVUELVEN


class RegistroDeLote(models.Model):
    """Un registro de la lista. Solo su número: ni la CURP ni el folio que se escribieron se guardan."""

    lote = models.ForeignKey(
        LoteDeEntregas, models.PROTECT, related_name="registros", verbose_name=_("lote")
    )
    registro_id = models.BigIntegerField(_("registro"))
    carga_id = models.BigIntegerField(_("carga"))

    class Meta:
        verbose_name = _("registro de un lote")
        verbose_name_plural = _("registros de un lote")
        constraints = [
            models.UniqueConstraint(
                fields=["lote", "registro_id"],
                name="registro_de_lote_una_vez",
                violation_error_message=_("Ese registro ya está en la lista."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.lote_id}: {self.registro_id}"
