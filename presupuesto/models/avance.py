"""El avance físico: cuánto de lo prometido se ha hecho, al lado de cuánto se ha gastado."""

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programas.models import Programa


def cantidad(etiqueta: object, **opciones: object) -> models.DecimalField:
    return models.DecimalField(etiqueta, max_digits=16, decimal_places=2, **opciones)


@pghistory.track()
class AvanceFisico(models.Model):
    """Lo alcanzado de una meta hasta un trimestre, acumulado desde enero. Solo lo que se sabe."""

    class Trimestre(models.IntegerChoices):
        PRIMERO = 1, _("enero a marzo")
        SEGUNDO = 2, _("enero a junio")
        TERCERO = 3, _("enero a septiembre")
        CUARTO = 4, _("enero a diciembre")

    programa = models.ForeignKey(
        Programa, models.PROTECT, related_name="avances", verbose_name=_("programa")
    )
    ejercicio = models.PositiveSmallIntegerField(
        _("ejercicio"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    trimestre = models.PositiveSmallIntegerField(_("hasta"), choices=Trimestre)
    unidad = models.CharField(_("unidad de medida"), max_length=160)
    meta = cantidad(_("meta del año"))
    alcanzado = cantidad(_("alcanzado"), null=True, blank=True, help_text=_("Acumulado."))
    fuente = models.CharField(_("fuente"), max_length=300)
    fuente_url = models.URLField(_("dirección de la fuente"), max_length=500, blank=True)
    nota = models.CharField(_("nota"), max_length=500, blank=True)
    es_demostracion = models.BooleanField(_("demostración"), default=False, editable=False)

    class Meta:
        verbose_name = _("avance físico")
        verbose_name_plural = _("avances físicos")
        ordering = ["programa", "-ejercicio", "unidad", "trimestre"]
        constraints = [
            models.UniqueConstraint(
                fields=["programa", "ejercicio", "unidad", "trimestre"],
                name="avance_uno_por_trimestre",
                violation_error_message=_("Esa meta ya tiene avance en ese trimestre."),
            ),
            models.CheckConstraint(
                condition=Q(trimestre__gte=1, trimestre__lte=4),
                name="avance_trimestre_de_1_a_4",
                violation_error_message=_("El trimestre va de 1 a 4."),
            ),
            models.CheckConstraint(
                condition=Q(meta__gt=0) & (Q(alcanzado__isnull=True) | Q(alcanzado__gte=0)),
                name="avance_no_negativo",
                violation_error_message=_(
                    "La meta es mayor que cero y lo alcanzado no es negativo."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programa} {self.ejercicio}-T{self.trimestre}"
