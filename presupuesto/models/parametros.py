"""Con qué se juzga un informe: rangos de color y comprobaciones. Son datos con fecha y norma."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sibis.nucleo.avance import Rango
from sibis.vigencia.models import CatalogoFechado


class Indice(models.TextChoices):
    ICMPP = "icmpp", _("cumplimiento de metas (ICMPP)")
    ICPPP = "icppp", _("cumplimiento del gasto (ICPPP)")
    IARCM = "iarcm", _("aplicación de recursos (IARCM)")


class Color(models.TextChoices):
    VERDE = "verde", _("verde")
    AMARILLO = "amarillo", _("amarillo")
    ROJO = "rojo", _("rojo")


@pghistory.track()
class RangoDeSemaforo(CatalogoFechado):
    """De qué valor a qué valor es un color. Vale el primero que lo incluye, por su orden."""

    indice = models.CharField(_("índice"), max_length=5, choices=Indice)
    color = models.CharField(_("color"), max_length=8, choices=Color)
    desde = models.DecimalField(
        _("desde"), max_digits=9, decimal_places=2, null=True, blank=True, help_text=_("Incluido.")
    )
    hasta = models.DecimalField(
        _("hasta"), max_digits=9, decimal_places=2, null=True, blank=True, help_text=_("Incluido.")
    )

    class Meta(CatalogoFechado.Meta):
        verbose_name = _("rango de semáforo")
        verbose_name_plural = _("rangos de semáforo")
        constraints = [
            *CatalogoFechado.Meta.constraints,
            models.CheckConstraint(
                condition=Q(desde__isnull=True) | Q(hasta__isnull=True) | Q(hasta__gte=F("desde")),
                name="rango_en_orden",
                violation_error_message=_("El rango termina antes de empezar."),
            ),
        ]

    @property
    def rango(self) -> Rango:
        return Rango(self.color, self.desde, self.hasta)


class Comprobacion(models.TextChoices):
    """Lo que el sistema sabe mirar en un informe. Si se exige, y por qué norma, lo dicen los datos."""

    TRIMESTRE_CERRADO = "trimestre_cerrado", _("el trimestre ya terminó")
    CIFRAS_COMPLETAS = "cifras_completas", _("cada meta y cada importe tienen cifra")
    VARIACION_EXPLICADA = "variacion_explicada", _("la variación de las metas se explica")
    GASTO_EXPLICADO = "gasto_explicado", _("la variación del gasto se explica")
    MODIFICADA_CON_MOTIVO = "modificada_con_motivo", _("una meta modificada dice por qué y dónde")
    ACUMULADO_NO_BAJA = "acumulado_no_baja", _("lo acumulado no baja sin explicación")
    CUARTO_PROGRAMA_TODO = "cuarto_programa_todo", _("en el cuarto se programa la meta del año")
    NO_PASA_DE_LO_MODIFICADO = "no_pasa_de_lo_modificado", _("lo ejercido cabe en lo modificado")
    EJERCIDO_DEVENGADO = "ejercido_devengado", _("lo ejercido cabe en lo devengado")
    CUADRA_CON_EGRESOS = "cuadra_con_egresos", _("coincide con el archivo de egresos o se explica")
    METAS_DE_LA_REGLA = "metas_de_la_regla", _("las metas son las de la regla vigente")
    PERSONAS_POR_SEXO = "personas_por_sexo", _("las personas por sexo suman el total")
    EVIDENCIA_POR_META = "evidencia_por_meta", _("lo alcanzado lleva evidencia")


@pghistory.track()
class ExigenciaDeInforme(CatalogoFechado):
    """Una comprobación que se pide a los informes: si detiene o solo avisa, y con qué tolerancia."""

    class Severidad(models.TextChoices):
        BLOQUEA = "bloquea", _("detiene el envío")
        AVISA = "avisa", _("solo avisa")

    comprobacion = models.CharField(_("comprobación"), max_length=30, choices=Comprobacion)
    severidad = models.CharField(_("si no se cumple"), max_length=8, choices=Severidad)
    tolerancia = models.DecimalField(
        _("tolerancia"),
        max_digits=12,
        decimal_places=2,
        default=0,
        help_text=_("Puntos porcentuales, o pesos al comparar importes."),
    )
    solo_trimestre = models.PositiveSmallIntegerField(
        _("solo en el trimestre"), null=True, blank=True, help_text=_("Vacío: en todos.")
    )

    class Meta(CatalogoFechado.Meta):
        verbose_name = _("exigencia de informe")
        verbose_name_plural = _("exigencias de informe")
        constraints = [
            *CatalogoFechado.Meta.constraints,
            models.CheckConstraint(
                condition=Q(tolerancia__gte=0),
                name="exigencia_de_informe_tolerancia_no_negativa",
                violation_error_message=_("La tolerancia no es negativa."),
            ),
            models.CheckConstraint(
                condition=Q(solo_trimestre__isnull=True)
                | Q(solo_trimestre__gte=1, solo_trimestre__lte=4),
                name="exigencia_de_informe_trimestre_de_1_a_4",
                violation_error_message=_("El trimestre va de 1 a 4."),
            ),
        ]
