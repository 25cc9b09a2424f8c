"""Corregir sin tocar el archivo: una celda a la vez, o muchas con una receta que se recuerda."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from padron.models.carga import Carga
from padron.models.opciones import cuando, juntos, quien
from padron.models.resguardos import RESGUARDOS_DE_CORRECCION
from sibis.cuentas.models import Dependencia
from sibis.cuentas.permisos import Ambito


class RecetaQuerySet(models.QuerySet["Receta"]):
    def del_ambito(self, ambito: Ambito) -> RecetaQuerySet:
        return self.filter(ambito.filtro())

    def recordadas(self) -> RecetaQuerySet:
        """Las que se ofrecen: nadie pidió olvidarlas."""
        return self.filter(olvidada_en__isnull=True)


class Receta(models.Model):
    """Cómo corrige una dependencia lo que siempre le llega igual; se le ofrece en su siguiente carga."""

    dependencia = models.ForeignKey(
        Dependencia, models.PROTECT, related_name="recetas", verbose_name=_("dependencia")
    )
    columna = models.CharField(_("columna"), max_length=60)
    codigo = models.CharField(_("código"), max_length=40)
    forma = models.CharField(_("forma"), max_length=200, blank=True)
    transformacion = models.CharField(_("transformación"), max_length=40)
    parametros = models.JSONField(_("parámetros"), default=dict, blank=True)
    veces = models.PositiveIntegerField(_("veces que se usó"), default=0)
    creada_por = quien(_("creada por"), vacio=False)
    creada_el = models.DateTimeField(_("creada el"), auto_now_add=True)
    olvidada_por = quien(_("olvidada por"))
    olvidada_en = cuando(_("olvidada en"))

    objects = RecetaQuerySet.as_manager()

    class Meta:
        verbose_name = _("receta")
        verbose_name_plural = _("recetas")
        ordering = ["dependencia", "columna", "codigo", "forma"]
        constraints = [
            models.UniqueConstraint(
                fields=["dependencia", "columna", "codigo", "forma"],
                name="receta_una_por_forma",
                violation_error_message=_("Ya hay una receta para eso en la dependencia."),
            ),
            juntos("olvidada", "receta"),
        ]

    def __str__(self) -> str:
        return f"{self.columna}: {self.codigo} → {self.transformacion}"


class CorreccionQuerySet(models.QuerySet["Correccion"]):
    def ultimas(self) -> CorreccionQuerySet:
        """De cada celda vale la última que se escribió."""
        celda = ("carga_id", "fila", "lugar")
        return self.order_by(*celda, "-pk").distinct(*celda)


@pgtrigger.register(*RESGUARDOS_DE_CORRECCION)
class Correccion(models.Model):
    """Una celda cambiada contra lo que traía el archivo. No se edita: si estuvo mal, se anota otra."""

    carga = models.ForeignKey(
        Carga, models.PROTECT, related_name="correcciones", verbose_name=_("carga")
    )
    fila = models.PositiveIntegerField(_("fila"))
    lugar = models.PositiveSmallIntegerField(
        _("columna del archivo"), help_text=_("La primera es la 0.")
    )
    crudo = models.TextField(_("lo que traía"), blank=True)
    nuevo = models.TextField(_("lo que queda"), blank=True)
    receta = models.ForeignKey(
        Receta,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="correcciones",
        verbose_name=_("receta"),
    )
    por = quien(_("corregida por"), vacio=False)
    en = models.DateTimeField(_("corregida en"), auto_now_add=True)

    objects = CorreccionQuerySet.as_manager()

    class Meta:
        verbose_name = _("corrección")
        verbose_name_plural = _("correcciones")
        ordering = ["carga", "fila", "lugar", "pk"]
        indexes = [
            models.Index(fields=["carga", "fila", "lugar", "-id"], name="correccion_por_celda"),
            models.Index(fields=["carga", "por"], name="correccion_de_quien"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(fila__gte=1),
                name="correccion_fila_posible",
                violation_error_message=_(
                    "La fila es la de la hoja de cálculo: la primera es la 1."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carga_id}: {self.fila}, {self.lugar}"
