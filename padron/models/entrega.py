"""Lo que se anota de cada apoyo: se entregó, no se recogió, se devolvió, se entregó otra vez.

Cada anotación es un renglón que solo crece: la siguiente cita a la anterior por su orden. La tabla va
partida por ejercicio y la hace la migración a mano; entra por INSERT … SELECT, a cientos de miles.
"""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from padron.estados_de_entrega import VIVAS, EstadoEntrega
from padron.models.instrumento import InstrumentoDeEntrega
from padron.models.jornada import JornadaDeEntrega
from padron.models.lote_de_entregas import LoteDeEntregas
from padron.models.registro import Registro
from padron.models.resguardos_de_entrega import RESGUARDOS_DE_ENTREGA, RESTRICCIONES_DE_ENTREGA

E = EstadoEntrega


class Recibe(models.TextChoices):
    TITULAR = "titular", _("la persona titular")
    TUTOR = "tutor", _("su madre, padre o quien la tutela")
    REPRESENTANTE = "representante", _("su representante, con carta poder")
    COMITE = "comite", _("el comité o la organización")
    TERCERO = "tercero", _("un tercero al que se paga por ella")


class EntregaQuerySet(models.QuerySet["Entrega"]):
    def de(self, registro: Registro) -> EntregaQuerySet:
        """Lo anotado de un registro, en orden; recorre una sola partición."""
        return self.filter(ejercicio=registro.ejercicio, registro_id=registro.pk).order_by(
            "ministracion", "apoyo", "orden"
        )

    def neto(self) -> Decimal:
        """Lo entregado menos lo devuelto."""
        sumas = self.aggregate(
            dado=Sum("monto", filter=Q(estado__in=sorted(VIVAS))),
            vuelto=Sum("monto", filter=Q(estado=E.DEVUELTA)),
        )
        return (sumas["dado"] or Decimal(0)) - (sumas["vuelto"] or Decimal(0))


def _sin_indice(
    modelo: object, nombre: str, etiqueta: object, **opciones: object
) -> models.ForeignKey:
    return models.ForeignKey(
        modelo,
        models.PROTECT,
        db_index=False,
        related_name=nombre,
        verbose_name=etiqueta,
        **opciones,
    )


class Entrega(models.Model):
    """Una anotación. `orden` es su lugar en la historia de ese apoyo: la base no admite dos iguales."""

    id = models.BigAutoField("ID", primary_key=True)
    ejercicio = models.SmallIntegerField(_("ejercicio"))
    registro = models.ForeignKey(
        Registro,
        models.DO_NOTHING,
        db_constraint=False,  # la llave real es (id, carga, ejercicio): la pone la migración
        db_index=False,
        related_name="entregas",
        verbose_name=_("registro"),
    )
    carga_id = models.BigIntegerField(_("carga"))
    ministracion = models.SmallIntegerField(_("ministración"), default=0)
    apoyo = models.CharField(_("parte del apoyo"), max_length=80, blank=True)
    orden = models.SmallIntegerField(_("orden"), default=1)
    anterior = models.SmallIntegerField(_("anotación anterior"), null=True, blank=True)
    estado = models.CharField(_("qué pasó"), max_length=11, choices=EstadoEntrega)
    estado_anterior = models.CharField(
        _("qué había pasado"), max_length=11, choices=EstadoEntrega, null=True, blank=True
    )
    jornada = _sin_indice(JornadaDeEntrega, "entregas", _("jornada"))
    lote = _sin_indice(LoteDeEntregas, "entregas", _("lote"), null=True, blank=True)
    instrumento = _sin_indice(InstrumentoDeEntrega, "+", _("instrumento"))
    monto = models.DecimalField(_("monto"), max_digits=14, decimal_places=2, null=True, blank=True)
    especie = models.CharField(_("qué se entregó"), max_length=200, blank=True)
    fecha = models.DateField(_("fecha"))
    centro = _sin_indice("territorio.Centro", "+", _("centro"), null=True, blank=True)
    recibe = models.CharField(
        _("quién recibió"), max_length=13, choices=Recibe, default=Recibe.TITULAR
    )
    motivo = models.CharField(_("motivo"), max_length=500, blank=True)
    momento = models.DateTimeField(_("momento"), default=timezone.now)
    anotada_por = _sin_indice(settings.AUTH_USER_MODEL, "+", _("anotada por"))

    objects = EntregaQuerySet.as_manager()

    class Meta:
        verbose_name = _("entrega")
        verbose_name_plural = _("entregas")
        ordering = ["-id"]
        constraints = RESTRICCIONES_DE_ENTREGA
        triggers = RESGUARDOS_DE_ENTREGA

    def __str__(self) -> str:
        return f"{self.registro_id}: {self.get_estado_display()}"

    @property
    def esta_viva(self) -> bool:
        return self.estado in VIVAS
