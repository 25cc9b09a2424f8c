"""Lo que ya se recordó, para que nada se recuerde dos veces ni se pierda."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sibis.agenda.models.vencimiento import Vencimiento


class Recordatorio(models.Model):
    """Un renglón por vencimiento, plazo y día: si el plazo se prorroga, se vuelve a recordar."""

    vencimiento = models.ForeignKey(
        Vencimiento,
        models.PROTECT,
        related_name="recordatorios",
        verbose_name=_("vencimiento"),
    )
    plazo = models.DateField(_("plazo que recuerda"))
    dias = models.SmallIntegerField(
        _("días"), help_text=_("Negativo: antes del plazo. Positivo: de retraso.")
    )
    enviado_en = models.DateTimeField(_("enviado en"), default=timezone.now)
    personas = models.PositiveSmallIntegerField(_("personas avisadas"), default=0)
    # Los que tocaban mientras la máquina estuvo parada: los dice el último, que sí se envió.
    lo_dijo_otro = models.BooleanField(_("lo dijo uno posterior"), default=False)

    class Meta:
        verbose_name = _("recordatorio")
        verbose_name_plural = _("recordatorios")
        ordering = ["vencimiento", "plazo", "dias"]
        constraints = [
            models.UniqueConstraint(
                fields=["vencimiento", "plazo", "dias"],
                name="recordatorio_una_sola_vez",
                violation_error_message=_("Eso ya se recordó."),
            ),
            models.CheckConstraint(
                condition=Q(lo_dijo_otro=False) | Q(personas=0),
                name="recordatorio_enviado_o_dicho_por_otro",
                violation_error_message=_("Lo que dijo otro recordatorio no se envió."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="recordatorio_no_se_borra", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.plazo:%d/%m/%Y}, {self.dias:+d}"
