"""Lo que la ley manda hacer, para cuándo, a quién se le recuerda y quién responde si no se hace."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, IntegerField, Q
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from sibis.cuentas import roles
from sibis.nucleo.plazos import ClaseDeFecha, ReglaDeFecha
from sibis.vigencia.models import CatalogoFechado


def antes() -> list[int]:
    return [30, 15, 7, 3, 1, 0]


def despues() -> list[int]:
    return [1, 5, 10]


def a_quien_antes() -> list[str]:
    return [roles.EnlaceDeDependencia.clave, roles.TitularQueFirma.clave]


def a_quien_despues() -> list[str]:
    """Uno por cada día de `escala_dias`: primero quien lo hace, luego quien responde, luego SIBISO."""
    return [
        roles.EnlaceDeDependencia.clave,
        roles.TitularQueFirma.clave,
        roles.ValidacionSIBISO.clave,
    ]


def _dias(etiqueta: str, **opciones: object) -> ArrayField:
    return ArrayField(
        models.PositiveSmallIntegerField(validators=[MaxValueValidator(366)]),
        blank=True,
        verbose_name=etiqueta,
        **opciones,
    )


def _cuantos(campo: str) -> Func:
    return Func(F(campo), function="CARDINALITY", output_field=IntegerField())


@pghistory.track(exclude=["huellas_catalogo"])
class Obligacion(CatalogoFechado):
    """Un deber con fecha. La regla de fecha son columnas: si la ley cambia, se cierra y se abre otra."""

    class Clase(models.TextChoices):
        FIJA = ClaseDeFecha.FIJA.value, _("un día fijo del año")
        TRAS_TRIMESTRE = (
            ClaseDeFecha.TRAS_TRIMESTRE.value,
            _("días después del cierre de un trimestre"),
        )
        TRAS_FECHA = ClaseDeFecha.TRAS_FECHA.value, _("días después de un día fijo")

    class AplicaA(models.TextChoices):
        DEPENDENCIAS = "dependencias", _("dependencias con programas")
        ALCALDIAS = "alcaldias", _("alcaldías con programas")
        TODAS = "dependencias_y_alcaldias", _("dependencias y alcaldías con programas")
        PROGRAMAS = "programas", _("cada programa social")
        ACCIONES = "acciones", _("cada acción social")
        PROGRAMAS_Y_ACCIONES = "programas_y_acciones", _("cada programa y cada acción")

    class Anio(models.IntegerChoices):
        ANTERIOR = -1, _("del año anterior al ejercicio")
        MISMO = 0, _("del mismo ejercicio")
        SIGUIENTE = 1, _("del año siguiente al ejercicio")

    articulo = models.CharField(_("artículo"), max_length=120, blank=True)
    aplica_a = models.CharField(_("a quién obliga"), max_length=24, choices=AplicaA)
    clase_de_fecha = models.CharField(_("cómo se cuenta"), max_length=14, choices=Clase)
    dia = models.PositiveSmallIntegerField(
        _("día"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
        help_text=_("31 es el último del mes, aunque el mes tenga menos."),
    )
    mes = models.PositiveSmallIntegerField(
        _("mes"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    anio = models.SmallIntegerField(_("de qué año"), choices=Anio, default=Anio.MISMO)
    dias = models.PositiveSmallIntegerField(
        _("días después"), null=True, blank=True, validators=[MaxValueValidator(366)]
    )
    habiles = models.BooleanField(_("son días hábiles"), default=False)
    trimestres = ArrayField(
        models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(4)]),
        default=list,
        blank=True,
        verbose_name=_("trimestres"),
        help_text=_("Separados por coma: 1, 2, 3, 4."),
    )
    gracia_dias = models.PositiveSmallIntegerField(
        _("días de gracia"),
        default=0,
        validators=[MaxValueValidator(366)],
        help_text=_("Naturales, después del plazo: dentro de ellos no se cuenta como retraso."),
    )
    cumple = models.CharField(
        _("qué la cumple"),
        max_length=40,
        blank=True,
        help_text=_("Lo que el sistema sabe comprobar. Vacío: alguien anota que se cumplió."),
    )
    recordatorios = _dias(
        _("avisar antes"), default=antes, help_text=_("Días antes, separados por coma.")
    )
    recordar_a = ArrayField(
        models.CharField(max_length=40, choices=roles.opciones),
        default=a_quien_antes,
        verbose_name=_("a quién se avisa antes"),
        help_text=_("Claves de función, separadas por coma: enlace, titular."),
    )
    escala_dias = _dias(
        _("avisar después"), default=despues, help_text=_("Días de retraso, separados por coma.")
    )
    escala_a = ArrayField(
        models.CharField(max_length=40, choices=roles.opciones),
        default=a_quien_despues,
        blank=True,
        verbose_name=_("a quién se avisa después"),
        help_text=_("Una función por cada día de retraso; cada una se suma a las anteriores."),
    )
    huellas_catalogo = models.JSONField(default=dict, blank=True, editable=False)

    class Meta(CatalogoFechado.Meta):
        verbose_name = _("obligación")
        verbose_name_plural = _("obligaciones")
        constraints = [
            *CatalogoFechado.Meta.constraints,
            models.CheckConstraint(
                condition=Q(
                    clase_de_fecha=ClaseDeFecha.FIJA.value, dia__isnull=False, mes__isnull=False
                )
                | Q(
                    clase_de_fecha=ClaseDeFecha.TRAS_FECHA.value,
                    dia__isnull=False,
                    mes__isnull=False,
                    dias__isnull=False,
                )
                | Q(
                    Q(clase_de_fecha=ClaseDeFecha.TRAS_TRIMESTRE.value, dias__isnull=False),
                    Q(trimestres__len__gt=0),
                ),
                name="obligacion_con_su_fecha",
                violation_error_message=_(
                    "Falta un dato de la fecha: día y mes; o cuántos días y de qué trimestres."
                ),
            ),
            models.CheckConstraint(
                condition=Q(dia__isnull=True) | Q(dia__gte=1, dia__lte=31),
                name="obligacion_dia_del_mes",
                violation_error_message=_("El día va del 1 al 31."),
            ),
            models.CheckConstraint(
                condition=Q(mes__isnull=True) | Q(mes__gte=1, mes__lte=12),
                name="obligacion_mes_del_anio",
                violation_error_message=_("El mes va del 1 al 12."),
            ),
            models.CheckConstraint(
                condition=Q(trimestres__contained_by=[1, 2, 3, 4]),
                name="obligacion_trimestres_de_1_a_4",
                violation_error_message=_("Los trimestres van del 1 al 4."),
            ),
            models.CheckConstraint(
                condition=Exact(_cuantos("escala_dias"), _cuantos("escala_a")),
                name="obligacion_escala_con_funciones",
                violation_error_message=_(
                    "Di una función por cada día de retraso, en el mismo orden."
                ),
            ),
        ]

    @property
    def regla_de_fecha(self) -> ReglaDeFecha:
        return ReglaDeFecha(
            clase=self.clase_de_fecha,
            dia=self.dia or 1,
            mes=self.mes or 1,
            anio=self.anio,
            dias=self.dias or 0,
            habiles=self.habiles,
        )

    @property
    def periodos(self) -> list[int | None]:
        """Los trimestres en que se debe, o uno solo sin número si es del año."""
        if self.clase_de_fecha == ClaseDeFecha.TRAS_TRIMESTRE:
            return list(self.trimestres)
        return [None]

    @property
    def fundamento(self) -> str:
        return f"{self.norma}, art. {self.articulo}" if self.articulo else self.norma

    def clean(self) -> None:
        if len(self.escala_dias or []) != len(self.escala_a or []):
            raise ValidationError(
                {"escala_a": _("Di una función por cada día de retraso, en el mismo orden.")}
            )
