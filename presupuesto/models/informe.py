"""El informe trimestral de un programa: metas y dinero, acumulados desde enero."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from presupuesto.estados import EDITABLES, FUERON_APROBADOS, EstadoInforme
from presupuesto.models.avance import AvanceFisico, cantidad
from presupuesto.models.corte import importe
from presupuesto.models.resguardos import (
    RESGUARDOS_DE_INFORME,
    RESTRICCIONES_DE_INFORME,
    SOLO_AL_ESCRIBIR,
    no_negativo,
)
from programas.models import MetaFisica, Programa, ReglaOperacion
from sibis.cuentas.models import Dependencia
from sibis.cuentas.permisos import Ambito
from sibis.expedientes.models import Expediente
from sibis.nucleo import avance

Trimestre = AvanceFisico.Trimestre


def quien(nombre: str, etiqueta: object, *, vacio: bool = True) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=vacio,
        blank=vacio,
        editable=False,
        related_name=nombre,
        verbose_name=etiqueta,
    )


class InformeQuerySet(models.QuerySet["InformeDeAvance"]):
    def aprobados(self) -> InformeQuerySet:
        return self.filter(estado=EstadoInforme.APROBADO)

    def del_ambito(self, ambito: Ambito) -> InformeQuerySet:
        return self.filter(ambito.filtro())


@pghistory.track()
class InformeDeAvance(models.Model):
    """Lo que la dependencia informa de un trimestre. Aprobado ya no cambia: se corrige con otra versión."""

    programa = models.ForeignKey(
        Programa, models.PROTECT, related_name="informes", verbose_name=_("programa")
    )
    ejercicio = models.PositiveSmallIntegerField(
        _("ejercicio"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    trimestre = models.PositiveSmallIntegerField(_("acumulado de"), choices=Trimestre)
    version = models.PositiveSmallIntegerField(_("versión"), default=1, editable=False)
    razon = models.TextField(_("por qué se corrige"), blank=True, editable=False)
    dependencia = models.ForeignKey(
        Dependencia, models.PROTECT, related_name="informes", verbose_name=_("dependencia")
    )
    regla = models.ForeignKey(
        ReglaOperacion,
        models.PROTECT,
        related_name="informes",
        verbose_name=_("regla cuyas metas informa"),
    )
    estado = models.CharField(
        _("estado"),
        max_length=12,
        choices=EstadoInforme,
        default=EstadoInforme.BORRADOR,
        editable=False,
    )
    edicion = models.PositiveIntegerField(_("edición"), default=0, editable=False)
    expediente = models.OneToOneField(
        Expediente,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="informe",
        verbose_name=_("expediente"),
    )

    presupuesto_original = importe(_("presupuesto original"))
    presupuesto_modificado = importe(_("presupuesto modificado"))
    presupuesto_programado = importe(_("programado al periodo"))
    presupuesto_devengado = importe(_("devengado"))
    presupuesto_ejercido = importe(_("ejercido"))
    explicacion_del_gasto = models.TextField(_("explicación de la variación del gasto"), blank=True)
    explicacion_de_egresos = models.TextField(
        _("por qué difiere del archivo de egresos"), blank=True
    )

    personas = models.PositiveIntegerField(_("personas beneficiarias"), null=True, blank=True)
    mujeres = models.PositiveIntegerField(_("mujeres"), null=True, blank=True)
    hombres = models.PositiveIntegerField(_("hombres"), null=True, blank=True)
    otro_sexo = models.PositiveIntegerField(
        _("otro, o no se registró"), null=True, blank=True, help_text=_("Sin él la suma no cuadra.")
    )

    capturado_por = quien("informes_capturados", _("capturado por"), vacio=False)
    enviado_en = models.DateTimeField(_("enviado en"), null=True, blank=True, editable=False)
    enviado_por = quien("informes_enviados", _("enviado por"))
    aprobado_en = models.DateTimeField(_("aprobado en"), null=True, blank=True, editable=False)
    aprobado_por = quien("informes_aprobados", _("aprobado por"))
    creado_en = models.DateTimeField(_("creado en"), auto_now_add=True)
    actualizado_en = models.DateTimeField(_("actualizado en"), auto_now=True)
    es_demostracion = models.BooleanField(_("demostración"), default=False, editable=False)

    objects = InformeQuerySet.as_manager()

    class Meta:
        verbose_name = _("informe trimestral")
        verbose_name_plural = _("informes trimestrales")
        ordering = ["-ejercicio", "-trimestre", "programa", "-version"]
        constraints = RESTRICCIONES_DE_INFORME
        triggers = RESGUARDOS_DE_INFORME

    def __str__(self) -> str:
        return f"{self.programa} {self.ejercicio}-T{self.trimestre}"

    def get_absolute_url(self) -> str:
        return reverse("presupuesto:programa", args=[self.programa.slug])

    @property
    def es_editable(self) -> bool:
        return self.estado in EDITABLES

    @property
    def fue_aprobado(self) -> bool:
        return self.estado in FUERON_APROBADOS

    @property
    def ultimo_dia(self) -> datetime.date:
        """Hasta cuándo son sus cifras: el último del trimestre."""
        siguiente = datetime.date(
            self.ejercicio + (self.trimestre == 4), self.trimestre * 3 % 12 + 1, 1
        )
        return siguiente - datetime.timedelta(days=1)

    @property
    def icppp(self) -> Decimal | None:
        return avance.icppp(self.presupuesto_ejercido, self.presupuesto_programado)


def del_informe(nombre: str) -> models.ForeignKey:
    return models.ForeignKey(
        InformeDeAvance, models.PROTECT, related_name=nombre, verbose_name=_("informe")
    )


@pghistory.track()
class RenglonDeAvance(models.Model):
    """Una meta de la regla y cuánto va de ella."""

    informe = del_informe("renglones")
    orden = models.PositiveSmallIntegerField(_("orden"), default=1)
    meta = models.ForeignKey(
        MetaFisica,
        models.PROTECT,
        related_name="informada",
        verbose_name=_("meta de la regla"),
    )
    unidad = models.CharField(_("unidad de medida"), max_length=160)
    meta_original = cantidad(_("meta original"))
    meta_modificada = cantidad(
        _("meta modificada"), null=True, blank=True, help_text=_("Solo si cambió.")
    )
    motivo_de_modificacion = models.TextField(_("por qué se modificó"), blank=True)
    fuente_de_modificacion = models.CharField(
        _("dónde consta la modificación"),
        max_length=300,
        blank=True,
        help_text=_("Oficio, acuerdo o Gaceta, con su número y fecha."),
    )
    programada = cantidad(_("programada al periodo"), null=True, blank=True)
    alcanzada = cantidad(_("alcanzada"), null=True, blank=True)
    explicacion = models.TextField(_("explicación de la variación"), blank=True)

    class Meta:
        verbose_name = _("renglón de avance")
        verbose_name_plural = _("renglones de avance")
        ordering = ["informe", "orden", "pk"]
        triggers = [SOLO_AL_ESCRIBIR]
        constraints = [
            models.UniqueConstraint(
                fields=["informe", "meta"],
                name="avance_renglon_uno_por_meta",
                violation_error_message=_("Esa meta ya está en el informe."),
            ),
            models.UniqueConstraint(
                fields=["informe", "orden"],
                name="avance_renglon_uno_por_lugar",
                violation_error_message=_("Ese lugar ya lo ocupa otra meta."),
            ),
            *[
                no_negativo(campo, "avance_renglon")
                for campo in ("meta_original", "meta_modificada", "programada", "alcanzada")
            ],
        ]

    def __str__(self) -> str:
        return self.unidad

    @property
    def meta_vigente(self) -> Decimal:
        return self.meta_original if self.meta_modificada is None else self.meta_modificada

    @property
    def icmpp(self) -> Decimal | None:
        return avance.icmpp(self.alcanzada, self.programada)

    @property
    def del_anio(self) -> Decimal | None:
        """Lo alcanzado contra la meta del año entero."""
        return avance.por_ciento(self.alcanzada, self.meta_vigente)
