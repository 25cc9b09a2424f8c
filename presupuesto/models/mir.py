"""La Matriz de Indicadores para Resultados: qué se mide, cómo y cuánto salió."""

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from presupuesto.models.avance import cantidad
from programas.models import Programa


@pghistory.track()
class Indicador(models.Model):
    """Un renglón de la matriz de un programa en un ejercicio."""

    class Nivel(models.TextChoices):
        FIN = "fin", _("fin")
        PROPOSITO = "proposito", _("propósito")
        COMPONENTE = "componente", _("componente")
        ACTIVIDAD = "actividad", _("actividad")

    class Tipo(models.TextChoices):
        EFICACIA = "eficacia", _("eficacia")
        EFICIENCIA = "eficiencia", _("eficiencia")
        ECONOMIA = "economia", _("economía")
        CALIDAD = "calidad", _("calidad")

    class Sentido(models.TextChoices):
        ASCENDENTE = "ascendente", _("más es mejor")
        DESCENDENTE = "descendente", _("menos es mejor")

    class Frecuencia(models.TextChoices):
        MENSUAL = "mensual", _("mensual")
        TRIMESTRAL = "trimestral", _("trimestral")
        SEMESTRAL = "semestral", _("semestral")
        ANUAL = "anual", _("anual")
        BIANUAL = "bianual", _("cada dos años")

    programa = models.ForeignKey(
        Programa, models.PROTECT, related_name="indicadores", verbose_name=_("programa")
    )
    ejercicio = models.PositiveSmallIntegerField(
        _("ejercicio"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    orden = models.PositiveSmallIntegerField(_("orden"), default=0)
    nivel = models.CharField(_("nivel"), max_length=10, choices=Nivel)
    objetivo = models.TextField(_("objetivo"))
    nombre = models.CharField(_("indicador"), max_length=300)
    definicion = models.TextField(_("qué mide"), blank=True)
    formula = models.TextField(_("fórmula"), blank=True)
    tipo = models.CharField(_("dimensión"), max_length=10, choices=Tipo, blank=True)
    sentido = models.CharField(
        _("sentido"), max_length=11, choices=Sentido, default=Sentido.ASCENDENTE
    )
    unidad = models.CharField(_("unidad de medida"), max_length=120, default="porcentaje")
    frecuencia = models.CharField(_("frecuencia"), max_length=10, choices=Frecuencia, blank=True)
    desagregacion = models.CharField(_("desagregación"), max_length=200, blank=True)
    linea_base = cantidad(_("línea base"), null=True, blank=True)
    linea_base_anio = models.PositiveSmallIntegerField(
        _("año de la línea base"), null=True, blank=True
    )
    meta = cantidad(_("meta"), null=True, blank=True)
    medios = models.TextField(_("medios de verificación"), blank=True)
    supuestos = models.TextField(_("supuestos"), blank=True)
    unidad_responsable = models.CharField(_("área responsable"), max_length=250, blank=True)
    fuente = models.CharField(_("fuente"), max_length=300, blank=True)
    fuente_url = models.URLField(_("dirección de la fuente"), max_length=500, blank=True)
    es_demostracion = models.BooleanField(_("demostración"), default=False, editable=False)

    class Meta:
        verbose_name = _("indicador")
        verbose_name_plural = _("indicadores")
        ordering = ["programa", "-ejercicio", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programa", "ejercicio", "nivel", "nombre"],
                name="indicador_unico_en_su_matriz",
                violation_error_message=_("Ese indicador ya está en la matriz."),
            )
        ]

    def __str__(self) -> str:
        return self.nombre


@pghistory.track()
class Medicion(models.Model):
    """Lo que salió en un periodo, con sus dos partes si el indicador es un cociente."""

    indicador = models.ForeignKey(
        Indicador, models.CASCADE, related_name="mediciones", verbose_name=_("indicador")
    )
    desde = models.DateField(_("desde"))
    hasta = models.DateField(_("hasta"))
    valor = cantidad(_("valor"))
    numerador = cantidad(_("numerador"), null=True, blank=True)
    denominador = cantidad(_("denominador"), null=True, blank=True)
    fuente = models.CharField(_("fuente"), max_length=300)
    fuente_url = models.URLField(_("dirección de la fuente"), max_length=500, blank=True)
    es_demostracion = models.BooleanField(_("demostración"), default=False, editable=False)

    class Meta:
        verbose_name = _("medición")
        verbose_name_plural = _("mediciones")
        ordering = ["indicador", "hasta"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicador", "hasta"],
                name="medicion_una_por_periodo",
                violation_error_message=_("Ese indicador ya tiene medición en ese periodo."),
            ),
            models.CheckConstraint(
                condition=Q(hasta__gte=F("desde")),
                name="medicion_periodo_en_orden",
                violation_error_message=_("El periodo termina antes de empezar."),
            ),
            models.CheckConstraint(
                condition=Q(denominador__isnull=True) | ~Q(denominador=0),
                name="medicion_denominador_no_es_cero",
                violation_error_message=_("El denominador no puede ser cero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicador} {self.hasta}"
