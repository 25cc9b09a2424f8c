"""Secciones con cifras: apoyos, poblaciones y metas, cada una con su fuente."""

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from programas.models.catalogos import TipoDeApoyo
from programas.models.regla import monto
from programas.models.secciones import Fuente, Seccion, de_la_regla
from sibis.nucleo.edades import MESES_MAXIMO, rango_en_palabras


def _fuente() -> models.ForeignKey:
    return models.ForeignKey(
        Fuente,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("fuente"),
        help_text=_("Vacía: la primera fuente de la regla."),
    )


@pghistory.track()
class Apoyo(Seccion):
    """Modalidad × personas × ministraciones × monto; en especie se describe y no se le inventa precio."""

    class Base(models.TextChoices):
        POR_MINISTRACION = "por_ministracion", _("por ministración")
        TOTAL = "total", _("en total")
        POR_PROYECTO = "por_proyecto", _("por proyecto")
        POR_PERSONA = "por_persona_una_vez", _("por persona, una vez")

    class Periodicidad(models.TextChoices):
        MENSUAL = "mensual", _("mensual")
        BIMESTRAL = "bimestral", _("bimestral")
        TRIMESTRAL = "trimestral", _("trimestral")
        CUATRIMESTRAL = "cuatrimestral", _("cuatrimestral")
        SEMESTRAL = "semestral", _("semestral")
        ANUAL = "anual", _("anual")
        UNICA = "unica", _("única")
        VARIABLE = "variable", _("variable")

    class Para(models.TextChoices):
        BENEFICIARIAS = "beneficiarias", _("personas beneficiarias")
        FACILITADORAS = "facilitadoras", _("personas facilitadoras de servicios")
        COLECTIVOS = "colectivos", _("grupos, planteles o colectivos")

    regla = de_la_regla("apoyos")
    modalidad = models.CharField(_("modalidad"), max_length=200, blank=True)
    tipo = models.ForeignKey(TipoDeApoyo, models.PROTECT, verbose_name=_("tipo de apoyo"))
    descripcion = models.TextField(_("descripción"), blank=True)
    monto_minimo = monto(_("monto"), _("Pesos. Si es un rango, el menor."))
    monto_maximo = monto(_("hasta"), _("Solo si hay tope o rango."))
    base = models.CharField(
        _("el monto es"), max_length=20, choices=Base, default=Base.POR_MINISTRACION
    )
    periodicidad = models.CharField(
        _("periodicidad"), max_length=13, choices=Periodicidad, blank=True
    )
    ministraciones = models.PositiveSmallIntegerField(
        _("ministraciones"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    personas = models.PositiveIntegerField(_("número de apoyos"), null=True, blank=True)
    para = models.CharField(_("para"), max_length=13, choices=Para, default=Para.BENEFICIARIAS)
    fuente = _fuente()

    class Meta(Seccion.Meta):
        verbose_name = _("apoyo")
        verbose_name_plural = _("apoyos")
        constraints = [
            models.CheckConstraint(
                condition=(Q(monto_minimo__isnull=True) | Q(monto_minimo__gte=0))
                & (Q(monto_maximo__isnull=True) | Q(monto_maximo__gte=0)),
                name="apoyo_montos_no_negativos",
                violation_error_message=_("El monto no puede ser negativo."),
            ),
            models.CheckConstraint(
                condition=Q(monto_minimo__isnull=True)
                | Q(monto_maximo__isnull=True)
                | Q(monto_maximo__gte=F("monto_minimo")),
                name="apoyo_rango_en_orden",
                violation_error_message=_("El tope del apoyo es menor que su mínimo."),
            ),
        ]

    def __str__(self) -> str:
        return self.modalidad or str(self.tipo)


@pghistory.track()
class Poblacion(Seccion):
    """Potencial, objetivo o beneficiaria, por sexo, edad y territorio."""

    class Clase(models.TextChoices):
        POTENCIAL = "potencial", _("población potencial")
        OBJETIVO = "objetivo", _("población objetivo")
        BENEFICIARIA = "beneficiaria", _("población beneficiaria")

    regla = de_la_regla("poblaciones")
    clase = models.CharField(_("población"), max_length=12, choices=Clase)
    total = models.PositiveIntegerField(_("total"), null=True, blank=True)
    mujeres = models.PositiveIntegerField(_("mujeres"), null=True, blank=True)
    hombres = models.PositiveIntegerField(_("hombres"), null=True, blank=True)
    edad_min_meses = models.PositiveSmallIntegerField(
        _("edad mínima, en meses"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MESES_MAXIMO)],
    )
    edad_max_meses = models.PositiveSmallIntegerField(
        _("edad máxima, en meses"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MESES_MAXIMO)],
    )
    territorio = models.CharField(_("territorio"), max_length=300, blank=True)
    descripcion = models.TextField(_("descripción"), blank=True)
    fuente = _fuente()

    class Meta(Seccion.Meta):
        verbose_name = _("población")
        verbose_name_plural = _("poblaciones")
        constraints = [
            models.UniqueConstraint(
                fields=["regla", "clase"],
                name="poblacion_una_por_clase",
                violation_error_message=_("Esa población ya está descrita en la regla."),
            ),
            models.CheckConstraint(
                condition=Q(total__isnull=True)
                | (
                    (Q(mujeres__isnull=True) | Q(mujeres__lte=F("total")))
                    & (Q(hombres__isnull=True) | Q(hombres__lte=F("total")))
                    & (
                        Q(mujeres__isnull=True)
                        | Q(hombres__isnull=True)
                        | Q(total__gte=F("mujeres") + F("hombres"))
                    )
                ),
                name="poblacion_sexos_no_exceden_total",
                violation_error_message=_("Mujeres y hombres suman más que el total."),
            ),
            models.CheckConstraint(
                condition=Q(edad_min_meses__isnull=True)
                | Q(edad_max_meses__isnull=True)
                | Q(edad_max_meses__gte=F("edad_min_meses")),
                name="poblacion_edades_en_orden",
                violation_error_message=_("La edad máxima es menor que la mínima."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_clase_display()

    @property
    def edad_texto(self) -> str:
        return rango_en_palabras(self.edad_min_meses, self.edad_max_meses, idioma=translation)


@pghistory.track()
class MetaFisica(Seccion):
    """Cuántos y de qué: una meta puede contar planteles, viviendas o colectivos, no solo personas."""

    regla = de_la_regla("metas")
    cantidad = models.PositiveIntegerField(_("cantidad"))
    unidad = models.CharField(_("unidad de medida"), max_length=160)
    descripcion = models.CharField(_("descripción"), max_length=300, blank=True)
    fuente = _fuente()

    class Meta(Seccion.Meta):
        verbose_name = _("meta física")
        verbose_name_plural = _("metas físicas")

    def __str__(self) -> str:
        return f"{self.cantidad:,} {self.unidad}"
