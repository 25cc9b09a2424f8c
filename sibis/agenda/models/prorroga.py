"""Pedir más tiempo: quién, por qué, hasta cuándo y quién lo decidió."""

from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sibis.agenda.estados import FLUJO_PRORROGA, EstadoProrroga
from sibis.agenda.models.vencimiento import Vencimiento
from sibis.cuentas.permisos import Ambito

P = EstadoProrroga
_DECIDIDAS = [P.CONCEDIDA, P.NEGADA]


class ProrrogaQuerySet(models.QuerySet):
    def abiertas(self) -> "ProrrogaQuerySet":
        return self.filter(estado=P.PEDIDA)

    def del_ambito(self, ambito: Ambito) -> "ProrrogaQuerySet":
        return self.filter(ambito.filtro("vencimiento__dependencia"))


def _quien(papel: str, etiqueta: str, **opciones: Any) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name=f"prorrogas_{papel}",
        verbose_name=etiqueta,
        **opciones,
    )


@pgtrigger.register(
    pgtrigger.FSM(name="prorroga_flujo", field="estado", transitions=FLUJO_PRORROGA.pares()),
    pgtrigger.Protect(name="prorroga_no_se_borra", operation=pgtrigger.Delete),
)
@pghistory.track()
class Prorroga(models.Model):
    """La decide otra persona, de otro órgano. Una sola abierta por vencimiento."""

    vencimiento = models.ForeignKey(
        Vencimiento, models.PROTECT, related_name="prorrogas", verbose_name=_("vencimiento")
    )
    hasta = models.DateField(_("hasta"))
    motivo = models.TextField(_("motivo"), max_length=2000)
    estado = models.CharField(
        _("estado"), max_length=9, choices=P, default=P.PEDIDA, editable=False
    )
    pedida_en = models.DateTimeField(_("pedida en"), default=timezone.now, editable=False)
    pedida_por = _quien("pedidas", _("pedida por"))
    decidida_en = models.DateTimeField(_("decidida en"), null=True, blank=True, editable=False)
    decidida_por = _quien("decididas", _("decidida por"), null=True, blank=True)
    razon = models.TextField(_("razón de la decisión"), max_length=2000, blank=True)

    objects = ProrrogaQuerySet.as_manager()

    class Meta:
        verbose_name = _("prórroga")
        verbose_name_plural = _("prórrogas")
        ordering = ["-pedida_en"]
        constraints = [
            models.UniqueConstraint(
                fields=["vencimiento"],
                condition=Q(estado=P.PEDIDA),
                name="prorroga_una_abierta",
                violation_error_message=_("Ya hay una prórroga pedida y sin decidir."),
            ),
            models.CheckConstraint(
                condition=Q(pedida_en__isnull=False, pedida_por__isnull=False),
                name="prorroga_pedida_en_y_por_juntos",
                violation_error_message=_("Falta decir quién la pidió o cuándo."),
            ),
            models.CheckConstraint(
                condition=Q(
                    estado__in=_DECIDIDAS, decidida_en__isnull=False, decidida_por__isnull=False
                )
                | (
                    ~Q(estado__in=_DECIDIDAS)
                    & Q(decidida_en__isnull=True, decidida_por__isnull=True)
                ),
                name="prorroga_decidida_en_y_por_juntos",
                violation_error_message=_("Falta decir quién la decidió o cuándo."),
            ),
            models.CheckConstraint(
                condition=Q(decidida_por__isnull=True) | ~Q(decidida_por=F("pedida_por")),
                name="prorroga_no_decide_quien_pide",
                violation_error_message=_("Quien pide una prórroga no la decide."),
            ),
            models.CheckConstraint(
                condition=~Q(motivo="") & (~Q(estado=P.NEGADA) | ~Q(razon="")),
                name="prorroga_con_motivo_y_razon",
                violation_error_message=_("Di por qué se pide y, si se niega, por qué."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vencimiento}: {self.get_estado_display()}"
