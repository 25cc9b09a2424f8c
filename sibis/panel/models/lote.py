"""Lo que se manda hacer sobre muchos objetos a la vez: el renglón es la verdad, la cola solo toca el timbre."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.models import Usuario
from sibis.panel.estados import FLUJO_LOTE, EstadoDeLote, Resultado


class LoteQuerySet(models.QuerySet):
    def de(self, usuario: Usuario) -> LoteQuerySet:
        """Cada quien ve los suyos."""
        return self.filter(usuario=usuario)


class Lote(models.Model):
    """Una acción sobre una selección. `cursor` es el último renglón que se atendió."""

    accion = models.CharField(_("acción"), max_length=80)
    titulo = models.CharField(_("título"), max_length=200)
    modelo = models.CharField(_("sobre qué"), max_length=80)
    datos = models.JSONField(_("datos de la acción"), default=dict, blank=True)
    estado = models.CharField(
        _("estado"),
        max_length=12,
        choices=EstadoDeLote.choices,
        default=EstadoDeLote.PREPARADO,
        editable=False,
    )
    total = models.PositiveIntegerField(_("elegidos"), default=0)
    por_hacer = models.PositiveIntegerField(_("proceden"), default=0)
    hechos = models.PositiveIntegerField(_("hechos"), default=0)
    fallidos = models.PositiveIntegerField(_("no se hicieron"), default=0)
    cursor = models.BigIntegerField(_("último renglón atendido"), default=0)
    volver_a = models.CharField(_("lista de donde salió"), max_length=2_000, blank=True)
    usuario = models.ForeignKey(
        Usuario, models.PROTECT, related_name="lotes", verbose_name=_("preparado por")
    )
    creado_en = models.DateTimeField(_("preparado en"), auto_now_add=True)
    latido = models.DateTimeField(_("última señal"), null=True, blank=True)
    acabado_en = models.DateTimeField(_("acabado en"), null=True, blank=True)

    objects = LoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("lote")
        verbose_name_plural = _("lotes")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(por_hacer__lte=F("total"))
                & Q(hechos__lte=F("por_hacer") - F("fallidos")),
                name="panel_lote_cuentas_cuadran",
                violation_error_message=_("Un lote no puede hacer más de lo que se eligió."),
            ),
            models.CheckConstraint(
                condition=Q(
                    estado__in=[
                        EstadoDeLote.TERMINADO,
                        EstadoDeLote.CON_FALLAS,
                        EstadoDeLote.CANCELADO,
                    ],
                    acabado_en__isnull=False,
                )
                | Q(
                    estado__in=[EstadoDeLote.PREPARADO, EstadoDeLote.EN_MARCHA],
                    acabado_en__isnull=True,
                ),
                name="panel_lote_acabado_con_fecha",
                violation_error_message=_("Un lote tiene fecha de fin solo cuando acabó."),
            ),
        ]
        indexes = [
            # Los que el reloj debe empujar: casi siempre ninguno.
            models.Index(
                fields=["latido"],
                condition=Q(estado=EstadoDeLote.EN_MARCHA),
                name="panel_lote_en_marcha",
            ),
            models.Index(fields=["usuario", "-id"], name="panel_lote_de_quien"),
        ]
        triggers = [
            pgtrigger.FSM(name="lote_flujo", field="estado", transitions=FLUJO_LOTE.pares())
        ]

    def __str__(self) -> str:
        return f"{self.titulo} #{self.pk}"

    @property
    def atendidos(self) -> int:
        return self.hechos + self.fallidos

    @property
    def faltan(self) -> int:
        return self.por_hacer - self.atendidos

    @property
    def omitidos(self) -> int:
        return self.total - self.por_hacer


class RenglonDeLote(models.Model):
    """Un objeto del lote: qué se dijo que pasaría, y qué pasó. Uno por objeto, aunque muera el trabajador."""

    lote = models.ForeignKey(Lote, models.CASCADE, related_name="renglones", verbose_name=_("lote"))
    objeto = models.BigIntegerField(_("identificador del objeto"))
    nombre = models.CharField(_("nombre"), max_length=300)
    previsto = models.CharField(_("qué se previó"), max_length=500)
    resultado = models.CharField(
        _("resultado"), max_length=12, choices=Resultado.choices, default=Resultado.PENDIENTE
    )
    motivo = models.CharField(_("motivo"), max_length=1_000, blank=True)
    intentos = models.PositiveSmallIntegerField(_("intentos"), default=0)

    class Meta:
        verbose_name = _("renglón de lote")
        verbose_name_plural = _("renglones de lote")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lote", "objeto"],
                name="panel_renglon_uno_por_objeto",
                violation_error_message=_("Ese objeto ya está en el lote."),
            ),
            models.CheckConstraint(
                condition=~Q(resultado=Resultado.FALLIDO) | ~Q(motivo=""),
                name="panel_renglon_fallido_con_motivo",
                violation_error_message=_("Lo que no se hizo dice por qué."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["lote", "id"],
                condition=Q(resultado=Resultado.PENDIENTE),
                name="panel_renglon_pendiente",
            )
        ]

    def __str__(self) -> str:
        return f"{self.lote_id}: {self.objeto}"
