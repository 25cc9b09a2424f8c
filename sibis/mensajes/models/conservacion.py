"""Cuánto se guarda cada clase de hilo, y qué decidió una persona cuando su plazo se cumplió."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.models.dependencia import periodo
from sibis.mensajes.models.hilo import Hilo
from sibis.vigencia.models import CLAVE_VALIDA, ConVigencia, VigenciaQuerySet

SIN_ASUNTO = "sin-asunto"


class ReglaDeConservacion(ConVigencia):
    """Un plazo, con su norma y sus fechas. Sin confirmar, marca igual: nada se destruye solo."""

    clase = models.CharField(
        _("clase de asunto"),
        max_length=20,
        validators=[CLAVE_VALIDA],
        help_text=_("La clase del expediente; «sin-asunto» para lo que no cuelga de ninguno."),
    )
    anios = models.PositiveSmallIntegerField(
        _("años desde que se cerró"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    norma = models.CharField(_("norma"), max_length=300, blank=True)
    por_confirmar = models.BooleanField(_("por confirmar"), default=True)

    objects = VigenciaQuerySet.as_manager()

    class Meta(ConVigencia.Meta):
        verbose_name = _("regla de conservación")
        verbose_name_plural = _("reglas de conservación")
        ordering = ["clase", "pk"]
        constraints = [
            *ConVigencia.Meta.constraints,
            ExclusionConstraint(
                name="conservacion_una_a_la_vez",
                expressions=[
                    ("clase", RangeOperators.EQUAL),
                    (periodo(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Ya hay otro plazo de esa clase en esas fechas."),
            ),
            models.CheckConstraint(
                condition=Q(anios__gte=1, anios__lte=100),
                name="conservacion_anios_posibles",
                violation_error_message=_("El plazo va de 1 a 100 años."),
            ),
            models.CheckConstraint(
                condition=Q(por_confirmar=True) | ~Q(norma=""),
                name="conservacion_confirmada_con_norma",
                violation_error_message=_("Un plazo confirmado dice su norma."),
            ),
        ]

    def __str__(self) -> str:
        return _("%(clase)s, %(anios)s años") % {"clase": self.clase, "anios": self.anios}


class Disposicion(models.Model):
    """La marca de que un hilo cumplió su plazo y, después, lo que alguien decidió. No borra nada."""

    class Decision(models.TextChoices):
        CONSERVAR = "conservar", _("conservar más tiempo")
        TRANSFERIR = "transferir", _("transferir al archivo de concentración")
        BAJA = "baja", _("proponer su baja documental")

    hilo = models.OneToOneField(
        Hilo, models.PROTECT, related_name="disposicion", verbose_name=_("hilo")
    )
    regla = models.ForeignKey(
        ReglaDeConservacion,
        models.PROTECT,
        related_name="disposiciones",
        verbose_name=_("regla de conservación"),
    )
    vencio_el = models.DateField(_("plazo cumplido el"), default=timezone.localdate)
    marcado_en = models.DateTimeField(_("marcado en"), default=timezone.now, editable=False)
    decision = models.CharField(_("decisión"), max_length=10, choices=Decision, blank=True)
    motivo = models.CharField(_("motivo"), max_length=500, blank=True)
    decidido_en = models.DateTimeField(_("decidido en"), null=True, blank=True, editable=False)
    decidido_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="disposiciones_de_hilos",
        verbose_name=_("decidido por"),
    )

    class Meta:
        verbose_name = _("disposición de un hilo")
        verbose_name_plural = _("disposiciones de hilos")
        ordering = ["vencio_el", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", decidido_en__isnull=True, decidido_por__isnull=True)
                | ~Q(decision="") & Q(decidido_en__isnull=False, decidido_por__isnull=False),
                name="disposicion_decidido_en_y_por_juntos",
                violation_error_message=_("Una decisión dice quién y cuándo."),
            ),
            models.CheckConstraint(
                condition=Q(decision="") | ~Q(motivo=""),
                name="disposicion_con_motivo",
                violation_error_message=_("Una decisión lleva su motivo."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
