"""La dependencia permanece; su nombre, sus siglas y su unidad responsable cambian con los años."""

import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sibis.vigencia.models import ConVigencia, VigenciaQuerySet

CLAVE_DE_DEPENDENCIA = RegexValidator(
    r"^[A-Z0-9]+(-[A-Z0-9]+)*$",
    _("Usa mayúsculas sin acento, números y guiones: «SEBIEN», «ALC-09007»."),
)
CLAVE_INEGI = RegexValidator(
    r"^09\d{3}$", _("La clave INEGI de una alcaldía son cinco dígitos que empiezan con 09.")
)
CLAVE_UR = RegexValidator(
    r"^[0-9]{2}[A-Z0-9]{4}$",
    _("La unidad responsable tiene seis caracteres y empieza con dos dígitos: «02CD14», «35C001»."),
)


class RangoDeFechas(Func):
    """daterange(desde, hasta, '[]'): los dos extremos cuentan; nulo = sin límite."""

    function = "DATERANGE"
    output_field = DateRangeField()


def periodo() -> RangoDeFechas:
    return RangoDeFechas("vigente_desde", "vigente_hasta", RangeBoundary(True, True))


class TipoDeDependencia(models.TextChoices):
    SECRETARIA = "secretaria", _("secretaría")
    ALCALDIA = "alcaldia", _("alcaldía")
    FIDEICOMISO = "fideicomiso", _("fideicomiso")
    ORGANISMO = "organismo", _("organismo descentralizado")
    ORGANO = "organo", _("órgano desconcentrado o de apoyo")
    GOBIERNO = "gobierno", _("gobierno de la Ciudad")
    EVALUACION = "evaluacion", _("órgano evaluador")


class DependenciaQuerySet(models.QuerySet["Dependencia"]):
    def con_nombre(self, fecha: datetime.date) -> "DependenciaQuerySet":
        """Anota `nombre_en` y `siglas_en`: cómo se llamaba ese día, en la misma consulta."""
        entonces = Denominacion.objects.vigentes(fecha).filter(dependencia=OuterRef("pk"))
        return self.annotate(
            nombre_en=Coalesce(Subquery(entonces.values("nombre")[:1]), F("nombre")),
            siglas_en=Coalesce(Subquery(entonces.values("siglas")[:1]), F("siglas")),
        )

    def activas(self, fecha: datetime.date | None = None) -> "DependenciaQuerySet":
        """Las que tienen una denominación en vigor ese día (hoy, si no se dice)."""
        vigentes = Denominacion.objects.vigentes(fecha)
        return self.filter(pk__in=vigentes.values("dependencia_id"))

    def refrescar_nombres(self) -> int:
        """Copia en `nombre` y `siglas` la denominación de hoy o, si ya no hay, la última que tuvo."""
        hoy = timezone.localdate()
        la_de_hoy = (
            Denominacion.objects.filter(dependencia=OuterRef("pk"))
            .filter(Q(vigente_desde__isnull=True) | Q(vigente_desde__lte=hoy))
            .order_by(F("vigente_desde").desc(nulls_last=True))
        )
        nombres = {
            "nombre": Coalesce(Subquery(la_de_hoy.values("nombre")[:1]), Value("")),
            "siglas": Coalesce(Subquery(la_de_hoy.values("siglas")[:1]), Value("")),
        }
        return self.exclude(**nombres).update(**nombres)


class Dependencia(models.Model):
    """Identidad de una secretaría, alcaldía u organismo a través de sus cambios de nombre.

    `nombre` y `siglas` copian la denominación en vigor. Se guardan dos veces a propósito: casi
    toda lista y toda búsqueda los muestra u ordena por ellos, y sin la copia cada `__str__`
    costaría una consulta. Los pone al día `Dependencia.objects.refrescar_nombres()`, que llaman la
    carga de catálogos, el panel y una tarea diaria (un nombre puede empezar a regir mañana).
    """

    clave = models.CharField(
        _("clave"),
        max_length=40,
        unique=True,
        validators=[CLAVE_DE_DEPENDENCIA],
        help_text=_("Identidad a través de los años; no cambia ni se reutiliza."),
    )
    tipo = models.CharField(_("tipo"), max_length=12, choices=TipoDeDependencia)
    clave_inegi = models.CharField(
        _("clave INEGI"),
        max_length=5,
        null=True,
        blank=True,
        unique=True,
        validators=[CLAVE_INEGI],
        help_text=_("Solo alcaldías."),
    )
    sucesora = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="antecesoras",
        verbose_name=_("sucesora"),
        help_text=_("Quién recibió sus funciones, si se extinguió."),
    )
    nombre = models.CharField(
        _("nombre en vigor"), max_length=250, blank=True, editable=False, db_collation="es-x-icu"
    )
    siglas = models.CharField(_("siglas en vigor"), max_length=40, blank=True, editable=False)

    objects = DependenciaQuerySet.as_manager()

    class Meta:
        verbose_name = _("dependencia")
        verbose_name_plural = _("dependencias")
        ordering = ["nombre", "clave"]
        constraints = [
            models.CheckConstraint(
                condition=Q(clave_inegi__isnull=True) | Q(tipo=TipoDeDependencia.ALCALDIA),
                name="cuentas_dependencia_inegi_solo_alcaldias",
                violation_error_message=_("Solo las alcaldías llevan clave INEGI."),
            ),
            models.CheckConstraint(
                condition=Q(sucesora__isnull=True) | ~Q(sucesora=F("id")),
                name="cuentas_dependencia_no_se_sucede",
                violation_error_message=_("Una dependencia no puede ser su propia sucesora."),
            ),
        ]

    def __str__(self) -> str:
        return self.siglas or self.clave

    @property
    def nombre_actual(self) -> str:
        return self.nombre or self.clave

    def denominacion_en(self, fecha: datetime.date | None = None) -> "Denominacion | None":
        """Cómo se llamaba ese día. Usa las denominaciones ya traídas con prefetch, si las hay."""
        fecha = fecha or timezone.localdate()
        return next((d for d in self.denominaciones.all() if d.rige(fecha)), None)


class Denominacion(ConVigencia):
    """Nombre, siglas y unidad responsable durante un periodo, con la norma que los dio."""

    dependencia = models.ForeignKey(
        Dependencia, models.CASCADE, related_name="denominaciones", verbose_name=_("dependencia")
    )
    nombre = models.CharField(_("nombre"), max_length=250)
    siglas = models.CharField(_("siglas"), max_length=40)
    clave_ur = models.CharField(
        _("unidad responsable"), max_length=6, null=True, blank=True, validators=[CLAVE_UR]
    )
    norma = models.CharField(_("norma"), max_length=300, blank=True)
    nota = models.CharField(_("nota"), max_length=500, blank=True)

    objects = VigenciaQuerySet.as_manager()

    class Meta(ConVigencia.Meta):
        verbose_name = _("denominación")
        verbose_name_plural = _("denominaciones")
        ordering = ["dependencia", F("vigente_desde").asc(nulls_first=True)]
        constraints = [
            *ConVigencia.Meta.constraints,
            ExclusionConstraint(
                name="cuentas_denominacion_una_a_la_vez",
                expressions=[
                    ("dependencia", RangeOperators.EQUAL),
                    (periodo(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_(
                    "Ya hay otra denominación de esa dependencia en esas fechas."
                ),
            ),
            models.CheckConstraint(
                condition=Q(clave_ur__isnull=True) | Q(clave_ur__regex=r"^[0-9]{2}[A-Z0-9]{4}$"),
                name="cuentas_denominacion_clave_ur",
                violation_error_message=CLAVE_UR.message,
            ),
        ]

    def __str__(self) -> str:
        return self.siglas
