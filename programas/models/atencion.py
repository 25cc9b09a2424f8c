"""Cuándo y dónde se pide y se recibe: convocatorias, fechas de entrega y sedes.

Cuelgan del programa y el ejercicio, no de una versión de la regla: cambian sin que la regla cambie.
"""

import datetime

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programas.estados import EstadoConvocatoria
from programas.models.programa import Programa

DEMOSTRACION = _("inventado para la demostración")


def _del_programa(nombre: str) -> models.ForeignKey:
    return models.ForeignKey(
        Programa, models.CASCADE, related_name=nombre, verbose_name=_("programa")
    )


class DelEjercicio(models.Model):
    ejercicio = models.PositiveSmallIntegerField(_("ejercicio"))
    es_demostracion = models.BooleanField(DEMOSTRACION, default=False)

    class Meta:
        abstract = True


@pghistory.track()
class Convocatoria(DelEjercicio):
    """Ventana en que se reciben solicitudes, con hora: cierra a las 23:59:59 de la Ciudad."""

    class Modo(models.TextChoices):
        NORMAL = "normal", _("recibe solicitudes")
        PAUSADA = "pausada", _("en pausa")
        LISTA_DE_ESPERA = "lista_de_espera", _("solo lista de espera")

    programa = _del_programa("convocatorias")
    nombre = models.CharField(_("nombre"), max_length=200)
    abre = models.DateTimeField(_("abre"))
    cierra = models.DateTimeField(_("cierra"), null=True, blank=True)
    modo = models.CharField(_("modo"), max_length=16, choices=Modo, default=Modo.NORMAL)
    cupo = models.PositiveIntegerField(_("cupo"), null=True, blank=True)
    como = models.TextField(_("cómo se solicita"), blank=True)
    enlace = models.URLField(_("enlace"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("convocatoria")
        verbose_name_plural = _("convocatorias")
        ordering = ["abre"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cierra__isnull=True) | Q(cierra__gt=F("abre")),
                name="convocatoria_cierra_despues_de_abrir",
                violation_error_message=_("La convocatoria cierra antes de abrir."),
            )
        ]
        indexes = [
            models.Index(fields=["programa", "ejercicio", "abre"], name="convocatoria_ventana")
        ]

    def __str__(self) -> str:
        return self.nombre

    def esta_en_ventana(self, ahora: datetime.datetime) -> bool:
        return self.abre <= ahora and (self.cierra is None or ahora < self.cierra)

    def estado(self, ahora: datetime.datetime | None = None) -> EstadoConvocatoria:
        """Estado para quien solicita, al momento indicado."""
        if not self.esta_en_ventana(ahora or timezone.now()):
            return EstadoConvocatoria.CERRADO
        return {
            self.Modo.NORMAL: EstadoConvocatoria.ABIERTO,
            self.Modo.PAUSADA: EstadoConvocatoria.PAUSADO,
            self.Modo.LISTA_DE_ESPERA: EstadoConvocatoria.LISTA_DE_ESPERA,
        }[self.Modo(self.modo)]


@pghistory.track()
class FechaDeEntrega(DelEjercicio):
    """Cuándo se entrega: dispersión, tarjeta, despensa. Cada programa tiene su calendario."""

    programa = _del_programa("entregas")
    concepto = models.CharField(_("concepto"), max_length=200)
    desde = models.DateField(_("desde"))
    hasta = models.DateField(_("hasta"), null=True, blank=True)
    lugar = models.CharField(_("lugar"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("fecha de entrega")
        verbose_name_plural = _("fechas de entrega")
        ordering = ["desde"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hasta__isnull=True) | Q(hasta__gte=F("desde")),
                name="entrega_fechas_en_orden",
                violation_error_message=_("La entrega termina antes de empezar."),
            )
        ]

    def __str__(self) -> str:
        return self.concepto


@pghistory.track()
class Sede(DelEjercicio):
    """Centro donde se pide o se recibe el apoyo."""

    programa = _del_programa("sedes")
    centro = models.ForeignKey(
        "territorio.Centro", models.CASCADE, related_name="sedes", verbose_name=_("centro")
    )

    class Meta:
        verbose_name = _("sede")
        verbose_name_plural = _("sedes")
        constraints = [
            models.UniqueConstraint(
                fields=["programa", "ejercicio", "centro"],
                name="sede_una_vez",
                violation_error_message=_("Ese centro ya es sede en el ejercicio."),
            )
        ]

    def __str__(self) -> str:
        return str(self.centro)
