"""Lo que la gente busca y el catálogo no dice así: de aquí salen los sinónimos."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# Menos de esto en un día podría ser el apellido de alguien: no se guarda.
MINIMO_EN_UN_DIA = 3
LARGO_DE_PALABRA = 40


class ConsultaSinResultado(models.Model):
    """Una palabra que no dio resultados, cuántas veces y qué día. Nada dice quién la buscó.

    Sin frase completa, sin hora, sin dirección de red y sin cuenta; solo letras, y solo si se buscó
    tres veces o más ese día. Se borra a los 90 días (programas/importacion/sin_resultado.py).
    """

    palabra = models.CharField(_("palabra"), max_length=LARGO_DE_PALABRA)
    dia = models.DateField(_("día"))
    veces = models.PositiveIntegerField(_("veces"))
    resuelta = models.BooleanField(_("ya da resultados"), default=False)

    class Meta:
        verbose_name = _("búsqueda sin resultados")
        verbose_name_plural = _("búsquedas sin resultados")
        ordering = ["resuelta", "-veces", "-dia", "palabra"]
        constraints = [
            models.UniqueConstraint(
                fields=["palabra", "dia"],
                name="sin_resultado_una_por_dia",
                violation_error_message=_("Esa palabra ya está contada ese día."),
            ),
            models.CheckConstraint(
                condition=Q(veces__gte=MINIMO_EN_UN_DIA),
                name="sin_resultado_minimo_de_veces",
                violation_error_message=_("Solo se guarda lo que se buscó varias veces."),
            ),
            models.CheckConstraint(
                condition=Q(palabra__regex=r"^[a-z]+$"),
                name="sin_resultado_solo_letras",
                violation_error_message=_("Solo se guardan palabras, sin números ni signos."),
            ),
        ]

    def __str__(self) -> str:
        return self.palabra
