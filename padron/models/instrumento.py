"""Con qué se entrega un apoyo: tarjeta, efectivo, vale, cheque… Son datos con fecha y norma."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from sibis.vigencia.models import CatalogoFechado


@pghistory.track()
class InstrumentoDeEntrega(CatalogoFechado):
    lleva_monto = models.BooleanField(
        _("lleva monto"),
        default=True,
        help_text=_("En especie y los servicios se describen; lo demás dice cuánto dinero es."),
    )

    class Meta(CatalogoFechado.Meta):
        verbose_name = _("instrumento de entrega")
        verbose_name_plural = _("instrumentos de entrega")
