"""Bases abstractas de lo que rige por un periodo."""

import datetime

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

CLAVE_VALIDA = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*$",
    _("Usa minúsculas sin acento, números y guiones: «apoyo-escolar»."),
)


class VigenciaQuerySet(models.QuerySet):
    def vigentes(self, fecha: datetime.date | None = None) -> "VigenciaQuerySet":
        """Los que rigen ese día (hoy en la Ciudad si no se dice); los extremos cuentan."""
        fecha = fecha or timezone.localdate()
        return self.filter(
            models.Q(vigente_desde__isnull=True) | models.Q(vigente_desde__lte=fecha),
            models.Q(vigente_hasta__isnull=True) | models.Q(vigente_hasta__gte=fecha),
        )


class ConVigencia(models.Model):
    """Rige de un día a otro, ambos incluidos; sin fecha = sin límite conocido."""

    vigente_desde = models.DateField(_("vigente desde"), null=True, blank=True)
    vigente_hasta = models.DateField(_("vigente hasta"), null=True, blank=True)

    objects = VigenciaQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(vigente_desde__isnull=True)
                | models.Q(vigente_hasta__isnull=True)
                | models.Q(vigente_hasta__gte=models.F("vigente_desde")),
                name="%(app_label)s_%(class)s_vigencia_en_orden",
                violation_error_message=_("La vigencia termina antes de empezar."),
            )
        ]

    def rige(self, fecha: datetime.date) -> bool:
        return (self.vigente_desde is None or self.vigente_desde <= fecha) and (
            self.vigente_hasta is None or fecha <= self.vigente_hasta
        )


class CatalogoFechado(ConVigencia):
    """Renglón de catálogo: su clave no cambia ni se reutiliza; se cierra, no se borra."""

    clave = models.CharField(_("clave"), max_length=80, unique=True, validators=[CLAVE_VALIDA])
    nombre = models.CharField(_("nombre"), max_length=200)
    descripcion = models.TextField(_("descripción"), blank=True)
    norma = models.CharField(
        _("norma"), max_length=300, blank=True, help_text=_("Ley y artículo que lo sustentan.")
    )
    orden = models.PositiveSmallIntegerField(_("orden"), default=0)

    class Meta(ConVigencia.Meta):
        abstract = True
        ordering = ["orden", "nombre"]

    def __str__(self) -> str:
        return self.nombre
