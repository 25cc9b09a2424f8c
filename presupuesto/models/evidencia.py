"""Los archivos que sostienen las cifras de un informe."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from presupuesto.models.informe import RenglonDeAvance, del_informe, quien
from presupuesto.models.resguardos import EVIDENCIA_DE_SU_INFORME, SOLO_AL_ESCRIBIR, juntos
from sibis.archivos.models import Archivo
from sibis.archivos.tipos import OFICINA, PDF, TEXTO

TIPOS_DE_EVIDENCIA = frozenset({PDF, TEXTO, "image/png", "image/jpeg", *OFICINA})


@pghistory.track()
class EvidenciaDeAvance(models.Model):
    """Un archivo que sostiene una cifra. No lleva datos de personas, y solo lo baja quien revisa."""

    informe = del_informe("evidencias")
    renglon = models.ForeignKey(
        RenglonDeAvance,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="evidencias",
        verbose_name=_("meta que sostiene"),
        help_text=_("Vacía: es de la parte financiera."),
    )
    descripcion = models.CharField(_("qué es"), max_length=200)
    archivo = models.ForeignKey(
        Archivo, models.PROTECT, related_name="evidencias_de_avance", verbose_name=_("archivo")
    )
    adjuntado_en = models.DateTimeField(_("adjuntado en"), auto_now_add=True)
    adjuntado_por = quien("evidencias", _("adjuntado por"), vacio=False)

    class Meta:
        verbose_name = _("evidencia de avance")
        verbose_name_plural = _("evidencias de avance")
        ordering = ["informe", "renglon", "pk"]
        triggers = [SOLO_AL_ESCRIBIR, EVIDENCIA_DE_SU_INFORME]
        constraints = [
            models.UniqueConstraint(
                fields=["informe", "renglon", "archivo"],
                nulls_distinct=False,
                name="evidencia_una_por_archivo",
                violation_error_message=_("Ese archivo ya está adjunto ahí."),
            ),
            juntos("adjuntado", "evidencia"),
            models.CheckConstraint(
                condition=~Q(descripcion=""),
                name="evidencia_dice_que_es",
                violation_error_message=_("Escribe qué es el archivo."),
            ),
        ]

    def __str__(self) -> str:
        return f"evidencia {self.pk}"
