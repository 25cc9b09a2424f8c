"""La pasada: una revisión entera de una carga. Este renglón es la verdad; la cola solo toca el timbre."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from padron.estados import PASADAS_ABIERTAS, EstadoPasada, PasoDePasada
from padron.models.carga import Carga
from padron.models.resguardos import RESGUARDOS_DE_PASADA, RESTRICCIONES_DE_PASADA
from programas.models import ReglaOperacion


class PasadaQuerySet(models.QuerySet["Pasada"]):
    def terminadas(self) -> PasadaQuerySet:
        return self.filter(estado=EstadoPasada.TERMINADA)


@pgtrigger.register(*RESGUARDOS_DE_PASADA)
class Pasada(models.Model):
    """En qué paso va, cuánto lleva y qué halló. Puede morir en cualquier momento y seguir después."""

    class Motivo(models.TextChoices):
        INICIAL = "inicial", _("primera revisión")
        CORRECCIONES = "correcciones", _("tras corregir")
        SOMBRA = "sombra", _("de prueba, sin efecto")

    carga = models.ForeignKey(
        Carga, models.PROTECT, related_name="pasadas", verbose_name=_("carga")
    )
    numero = models.PositiveSmallIntegerField(_("número"))
    motivo = models.CharField(_("motivo"), max_length=12, choices=Motivo, default=Motivo.INICIAL)
    estado = models.CharField(
        _("estado"),
        max_length=10,
        choices=EstadoPasada,
        default=EstadoPasada.EN_MARCHA,
        editable=False,
    )
    paso = models.CharField(
        _("paso"), max_length=8, choices=PasoDePasada, default=PasoDePasada.LEER, editable=False
    )
    regla = models.ForeignKey(
        ReglaOperacion,
        models.PROTECT,
        related_name="+",
        verbose_name=_("regla con que se revisó"),
    )
    huella_de_comprobaciones = models.CharField(
        _("versión de las comprobaciones"), max_length=64, blank=True, editable=False
    )
    total = models.PositiveIntegerField(_("renglones del paso"), default=0)
    hechas = models.PositiveIntegerField(_("hechos del paso"), default=0)
    latido = models.DateTimeField(_("última señal"), null=True, blank=True)
    intentos = models.PositiveSmallIntegerField(_("intentos seguidos"), default=0)
    error = models.TextField(_("qué la detuvo"), blank=True)
    resumen = models.JSONField(_("resultado, sin valores"), default=dict, blank=True)
    segundos = models.DecimalField(_("segundos"), max_digits=10, decimal_places=3, default=0)
    memoria_mb = models.PositiveIntegerField(_("memoria, en MB"), default=0)
    tabla = models.CharField(
        _("tabla con sus registros"), max_length=63, blank=True, editable=False
    )
    empezada_en = models.DateTimeField(_("empezada en"), auto_now_add=True)
    terminada_en = models.DateTimeField(_("acabada en"), null=True, blank=True)

    objects = PasadaQuerySet.as_manager()

    class Meta:
        verbose_name = _("pasada de revisión")
        verbose_name_plural = _("pasadas de revisión")
        ordering = ["carga", "numero"]
        constraints = RESTRICCIONES_DE_PASADA
        indexes = [
            # Las que el reloj debe empujar: casi siempre ninguna.
            models.Index(
                fields=["latido"],
                condition=models.Q(estado=EstadoPasada.EN_MARCHA),
                name="pasada_en_marcha",
            )
        ]

    def __str__(self) -> str:
        return f"{self.carga} · {self.numero}"

    @property
    def esta_abierta(self) -> bool:
        return self.estado in PASADAS_ABIERTAS

    @property
    def esta_terminada(self) -> bool:
        return self.estado == EstadoPasada.TERMINADA


class Tramo(models.Model):
    """Un pedazo de lo revisado: lo copiado a la base y su marca se escriben juntos o no se escriben."""

    class Clase(models.TextChoices):
        REGISTROS = "registros", _("registros")
        HALLAZGOS = "hallazgos", _("hallazgos")
        ESPERA = "espera", _("renglones en espera")

    pasada = models.ForeignKey(
        Pasada, models.CASCADE, related_name="tramos", verbose_name=_("pasada")
    )
    clase = models.CharField(_("de qué"), max_length=9, choices=Clase)
    numero = models.PositiveIntegerField(_("número"))
    filas = models.PositiveIntegerField(_("renglones"), default=0)
    hecho = models.BooleanField(_("hecho"), default=False)

    class Meta:
        verbose_name = _("tramo")
        verbose_name_plural = _("tramos")
        ordering = ["pasada", "clase", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["pasada", "clase", "numero"],
                name="tramo_uno_por_numero",
                violation_error_message=_("Ese tramo ya está anotado."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.pasada_id}: {self.clase} {self.numero}"
