"""La captura: un padrón chico que se teclea, renglón por renglón, y al entregarse es una carga más."""

from __future__ import annotations

import uuid

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from padron.estados_de_captura import FLUJO_CAPTURA, EstadoCaptura
from padron.models.carga import Carga
from padron.models.opciones import PERIODO_VALIDO, cuando, juntos, quien
from programas.models import Programa
from sibis.cuentas.models import Dependencia
from sibis.cuentas.permisos import Ambito

RESGUARDOS_DE_CAPTURA = (
    pgtrigger.FSM(name="captura_flujo", field="estado", transitions=FLUJO_CAPTURA.pares()),
    pgtrigger.Trigger(
        name="captura_de_su_regla",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert
        | pgtrigger.UpdateOf("programa_id", "ejercicio", "dependencia_id"),
        func="""
            IF NOT EXISTS (
                SELECT 1 FROM programas_reglaoperacion r WHERE r.programa_id = NEW.programa_id
                    AND r.ejercicio = NEW.ejercicio AND r.dependencia_id = NEW.dependencia_id
            ) THEN
                RAISE EXCEPTION 'La captura es de un programa que no es de esa dependencia ese año.'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    ),
)
RESGUARDOS_DE_RENGLON = (
    # Lo entregado es lo que trae el archivo: aquí solo se puede borrar, que es lo que pide el olvido.
    pgtrigger.Trigger(
        name="renglon_de_captura_abierta",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="""
            IF NOT EXISTS (
                SELECT 1 FROM padron_captura c WHERE c.id = NEW.captura_id AND c.estado = 'abierta'
            ) THEN
                RAISE EXCEPTION 'La captura ya no está abierta: sus renglones no cambian.'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    ),
)


class CapturaQuerySet(models.QuerySet["Captura"]):
    def del_ambito(self, ambito: Ambito) -> CapturaQuerySet:
        return self.filter(ambito.filtro())

    def abiertas(self) -> CapturaQuerySet:
        return self.filter(estado=EstadoCaptura.ABIERTA)


@pgtrigger.register(*RESGUARDOS_DE_CAPTURA)
class Captura(models.Model):
    """Un borrador: no es padrón, se olvida si nadie lo sigue, y su historia es la de su carga."""

    programa = models.ForeignKey(
        Programa, models.PROTECT, related_name="capturas", verbose_name=_("programa")
    )
    ejercicio = models.PositiveSmallIntegerField(
        _("ejercicio"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    periodo = models.CharField(
        _("periodo"), max_length=5, default="anual", validators=[PERIODO_VALIDO]
    )
    dependencia = models.ForeignKey(
        Dependencia, models.PROTECT, related_name="capturas", verbose_name=_("dependencia")
    )
    columnas = models.JSONField(_("columnas que se ven"), default=list, blank=True)
    estado = models.CharField(
        _("estado"),
        max_length=10,
        choices=EstadoCaptura,
        default=EstadoCaptura.ABIERTA,
        editable=False,
    )
    creada_por = quien(_("empezada por"), vacio=False)
    creada_el = models.DateTimeField(_("empezada el"), auto_now_add=True)
    tocada_por = quien(_("último en escribir"), vacio=False)
    tocada_el = models.DateTimeField(_("última vez"), default=timezone.now, editable=False)
    carga = models.ForeignKey(
        Carga,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="capturas",
        verbose_name=_("carga en que se entregó"),
    )
    entregada_por = quien(_("entregada por"))
    entregada_en = cuando(_("entregada en"))
    descartada_por = quien(_("descartada por"))
    descartada_en = cuando(_("descartada en"))

    objects = CapturaQuerySet.as_manager()

    class Meta:
        verbose_name = _("captura a mano")
        verbose_name_plural = _("capturas a mano")
        ordering = ["-tocada_el", "-pk"]
        indexes = [models.Index(fields=["estado", "tocada_el"], name="captura_por_olvidar")]
        constraints = [
            juntos("entregada", "captura"),
            juntos("descartada", "captura"),
            models.CheckConstraint(
                condition=~Q(estado=EstadoCaptura.ENTREGADA)
                | Q(carga__isnull=False, entregada_en__isnull=False),
                name="captura_entregada_con_carga",
                violation_error_message=_("Una captura entregada dice en qué carga y cuándo."),
            ),
            models.CheckConstraint(
                condition=Q(estado=EstadoCaptura.DESCARTADA, descartada_en__isnull=False)
                | (~Q(estado=EstadoCaptura.DESCARTADA) & Q(descartada_en__isnull=True)),
                name="captura_descartada_con_quien",
                violation_error_message=_("Una captura descartada dice quién y cuándo."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programa_id}, {self.ejercicio}, {self.periodo}: {self.pk}"

    @property
    def esta_abierta(self) -> bool:
        return self.estado == EstadoCaptura.ABIERTA


class RenglonCapturadoQuerySet(models.QuerySet["RenglonCapturado"]):
    def puestos(self) -> RenglonCapturadoQuerySet:
        """Los que se entregarían, en el orden en que se ven."""
        return self.filter(quitado_en__isnull=True).order_by("orden")

    def quitados(self) -> RenglonCapturadoQuerySet:
        return self.filter(quitado_en__isnull=False).order_by("-quitado_en")


@pgtrigger.register(*RESGUARDOS_DE_RENGLON)
class RenglonCapturado(models.Model):
    """Lo que alguien tecleó, tal cual. `clave` la pone la página: mandarlo dos veces no lo repite."""

    captura = models.ForeignKey(
        Captura, models.CASCADE, related_name="renglones", verbose_name=_("captura")
    )
    clave = models.UUIDField(_("clave"), default=uuid.uuid4, editable=False)
    orden = models.PositiveIntegerField(_("orden"))
    celdas = models.JSONField(_("celdas"), default=dict, help_text=_("Columna → lo que se tecleó."))
    edicion = models.PositiveIntegerField(_("edición"), default=1, editable=False)
    editado_por = quien(_("último en escribirlo"), vacio=False)
    editado_el = models.DateTimeField(_("última vez"), default=timezone.now, editable=False)
    quitado_por = quien(_("quitado por"))
    quitado_en = cuando(_("quitado en"))

    objects = RenglonCapturadoQuerySet.as_manager()

    class Meta:
        verbose_name = _("renglón capturado")
        verbose_name_plural = _("renglones capturados")
        ordering = ["captura", "orden"]
        constraints = [
            models.UniqueConstraint(
                fields=["captura", "clave"],
                name="renglon_una_vez_por_captura",
                violation_error_message=_("Ese renglón ya está en la captura."),
            ),
            models.UniqueConstraint(
                fields=["captura", "orden"],
                name="renglon_en_su_lugar",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("Dos renglones no pueden ir en el mismo lugar."),
            ),
            juntos("quitado", "renglon"),
        ]

    def __str__(self) -> str:
        return f"{self.captura_id}: {self.orden}"
