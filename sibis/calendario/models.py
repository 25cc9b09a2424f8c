"""Los días que no cuentan en un plazo y los periodos en que la ley manda no difundir."""

import datetime

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sibis.vigencia.models import CatalogoFechado, VigenciaQuerySet


class DiaInhabilQuerySet(models.QuerySet):
    def confirmados(self) -> "DiaInhabilQuerySet":
        """Los que alguien cotejó con su norma: solo esos mueven un plazo."""
        return self.filter(confirmado=True)


@pghistory.track()
class DiaInhabil(models.Model):
    """Un día entre semana que no se cuenta. Los que faltan por confirmar se ven y no cuentan."""

    class Ambito(models.TextChoices):
        CIUDAD = "ciudad", _("administración pública de la Ciudad")
        TRANSPARENCIA = "transparencia", _("trámites de transparencia")

    fecha = models.DateField(_("día"))
    ambito = models.CharField(_("dónde vale"), max_length=14, choices=Ambito, default=Ambito.CIUDAD)
    nombre = models.CharField(_("nombre"), max_length=150)
    norma = models.CharField(
        _("norma"),
        max_length=300,
        help_text=_("Ley y artículo, o acuerdo y Gaceta en que se publicó."),
    )
    confirmado = models.BooleanField(
        _("confirmado"),
        default=True,
        help_text=_("Sin marcar no mueve ningún plazo: falta cotejarlo con su norma."),
    )

    objects = DiaInhabilQuerySet.as_manager()

    class Meta:
        verbose_name = _("día inhábil")
        verbose_name_plural = _("días inhábiles")
        ordering = ["-fecha", "ambito"]
        constraints = [
            models.UniqueConstraint(
                fields=["fecha", "ambito"],
                name="dia_inhabil_una_vez",
                violation_error_message=_("Ese día ya está en el calendario."),
            ),
            models.CheckConstraint(
                condition=~Q(norma=""),
                name="dia_inhabil_con_norma",
                violation_error_message=_("Di qué norma lo hace inhábil, o «por confirmar»."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fecha:%d/%m/%Y}, {self.nombre}"


class VedaQuerySet(VigenciaQuerySet):
    def vigente(self, fecha: datetime.date | None = None) -> "PeriodoDeVeda | None":
        """La que rige ese día; si son varias, la que termina después."""
        return (
            self.vigentes(fecha)
            .order_by(models.F("vigente_hasta").desc(nulls_first=True), "pk")
            .first()
        )


@pghistory.track()
class PeriodoDeVeda(CatalogoFechado):
    """Del inicio de las campañas al fin de la jornada: qué se suspende y qué sigue permitido."""

    que_permite = models.TextField(
        _("qué sigue permitido"),
        blank=True,
        help_text=_("Lo que la norma exceptúa; se lee tal cual donde algo se detiene."),
    )

    objects = VedaQuerySet.as_manager()  # type: ignore[misc]

    class Meta(CatalogoFechado.Meta):
        verbose_name = _("periodo de veda")
        verbose_name_plural = _("periodos de veda")
        ordering = ["-vigente_desde", "nombre"]
        constraints = [
            *CatalogoFechado.Meta.constraints,
            models.CheckConstraint(
                condition=Q(vigente_desde__isnull=False),
                name="veda_con_inicio",
                violation_error_message=_("Una veda lleva el día en que empieza."),
            ),
        ]
