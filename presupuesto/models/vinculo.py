"""Lo que une la clave de Finanzas con lo que conoce la gente: unidades con dependencias, programas con programas."""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from presupuesto.models.corte import CorteDeEgresos, importe
from programas.models import Programa
from sibis.cuentas.models.dependencia import periodo
from sibis.vigencia.models import ConVigencia, VigenciaQuerySet


class Certeza(models.TextChoices):
    """Qué tan seguro es que sean lo mismo. Todo número que pase por aquí lo dice."""

    SEGURA = "segura", _("segura")
    PROBABLE = "probable", _("probable")
    DUDOSA = "dudosa", _("dudosa")


@pghistory.track()
class UnidadResponsable(ConVigencia):
    """De qué dependencia o alcaldía es una unidad responsable, de un día a otro."""

    clave = models.CharField(
        _("clave"),
        max_length=120,
        help_text=_("La de Finanzas («02CD14») o, si el archivo no la da, su nombre."),
    )
    nombre = models.CharField(_("nombre en el archivo"), max_length=300, blank=True)
    dependencia = models.ForeignKey(
        "cuentas.Dependencia",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dependencia"),
        help_text=_("Vacía: no opera programas sociales en este sitio."),
    )
    certeza = models.CharField(
        _("certeza"), max_length=8, choices=Certeza, default=Certeza.PROBABLE
    )
    metodo = models.CharField(_("cómo se supo"), max_length=120, blank=True)
    nota = models.CharField(_("nota"), max_length=500, blank=True)

    objects = VigenciaQuerySet.as_manager()

    class Meta(ConVigencia.Meta):
        verbose_name = _("unidad responsable")
        verbose_name_plural = _("unidades responsables")
        ordering = ["clave", "vigente_desde"]
        constraints = [
            *ConVigencia.Meta.constraints,
            ExclusionConstraint(
                name="unidad_una_a_la_vez",
                expressions=[
                    ("clave", RangeOperators.EQUAL),
                    (periodo(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Esa unidad ya tiene dependencia en esas fechas."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clave} {self.nombre}".strip()


# Entre dos vínculos de lo mismo no se reparte más que el entero. El candado evita que dos personas
# a la vez pasen cada una con su mitad de más.
NO_MAS_QUE_EL_ENTERO = pgtrigger.Trigger(
    name="vinculo_no_pasa_del_entero",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func="""
        IF NEW.estado <> 'confirmado' THEN
            RETURN NEW;
        END IF;
        PERFORM pg_advisory_xact_lock(hashtext('vinculo' || NEW.programa_presupuestario));
        IF NEW.participacion + COALESCE((
            SELECT SUM(participacion) FROM presupuesto_vinculopresupuestal v
            WHERE v.estado = 'confirmado' AND v.id IS DISTINCT FROM NEW.id
              AND v.programa_presupuestario = NEW.programa_presupuestario
              AND v.unidad_responsable = NEW.unidad_responsable
              AND (v.ejercicio IS NOT DISTINCT FROM NEW.ejercicio)
        ), 0) > 1 THEN
            RAISE EXCEPTION 'Lo repartido de esa clave presupuestaria pasa del entero. Baja la participación de otro vínculo.'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


@pgtrigger.register(NO_MAS_QUE_EL_ENTERO)
@pghistory.track()
class VinculoPresupuestal(models.Model):
    """Qué parte de un programa presupuestario es de un programa social, y qué tan seguro es."""

    class Estado(models.TextChoices):
        PROPUESTO = "propuesto", _("propuesto")
        CONFIRMADO = "confirmado", _("confirmado")
        RECHAZADO = "rechazado", _("rechazado")

    class Metodo(models.TextChoices):
        DECLARADA = "declarada", _("clave declarada en la regla")
        NOMBRE_Y_DEPENDENCIA = "nombre_y_dependencia", _("mismo nombre y dependencia")
        NOMBRE = "nombre", _("por el nombre")
        CAPTURA = "captura", _("capturado por una persona")

    programa_presupuestario = models.CharField(
        _("programa presupuestario"), max_length=120, help_text=_("«S227».")
    )
    unidad_responsable = models.CharField(
        _("unidad responsable"), max_length=120, blank=True, help_text=_("Vacía: todas.")
    )
    descripcion = models.CharField(_("nombre en el archivo"), max_length=500, blank=True)
    programa = models.ForeignKey(
        Programa, models.PROTECT, related_name="vinculos", verbose_name=_("programa social")
    )
    ejercicio = models.PositiveSmallIntegerField(
        _("ejercicio"),
        null=True,
        blank=True,
        validators=[MinValueValidator(2000), MaxValueValidator(2100)],
        help_text=_("Vacío: todos los años. Las claves se reutilizan: mejor di cuál."),
    )
    participacion = models.DecimalField(
        _("parte del importe"),
        max_digits=7,
        decimal_places=6,
        default=1,
        help_text=_("De 0 a 1: 0.25 es la cuarta parte."),
    )
    certeza = models.CharField(_("certeza"), max_length=8, choices=Certeza, default=Certeza.DUDOSA)
    metodo = models.CharField(
        _("cómo se supo"), max_length=20, choices=Metodo, default=Metodo.CAPTURA
    )
    puntaje = models.DecimalField(
        _("parecido"), max_digits=4, decimal_places=3, null=True, blank=True, editable=False
    )
    nota = models.CharField(_("nota"), max_length=500, blank=True)
    estado = models.CharField(
        _("estado"), max_length=10, choices=Estado, default=Estado.PROPUESTO, editable=False
    )
    es_demostracion = models.BooleanField(_("demostración"), default=False, editable=False)
    propuesto_el = models.DateTimeField(_("propuesto el"), auto_now_add=True)
    revisado_en = models.DateTimeField(_("revisado el"), null=True, blank=True, editable=False)
    revisado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("quién lo revisó"),
    )

    class Meta:
        verbose_name = _("vínculo presupuestal")
        verbose_name_plural = _("vínculos presupuestales")
        ordering = ["-ejercicio", "programa_presupuestario"]
        constraints = [
            models.UniqueConstraint(
                fields=["programa_presupuestario", "unidad_responsable", "programa", "ejercicio"],
                nulls_distinct=False,
                name="vinculo_unico",
                violation_error_message=_(
                    "Ese vínculo ya existe: corrígelo en lugar de repetirlo."
                ),
            ),
            models.CheckConstraint(
                condition=Q(participacion__gt=0, participacion__lte=1),
                name="vinculo_participacion_de_0_a_1",
                violation_error_message=_("La parte va de 0 a 1, sin contar el 0."),
            ),
            models.CheckConstraint(
                condition=~Q(programa_presupuestario=""),
                name="vinculo_con_clave",
                violation_error_message=_("Falta la clave del programa presupuestario."),
            ),
            models.CheckConstraint(
                condition=Q(revisado_en__isnull=True, revisado_por__isnull=True)
                | Q(revisado_en__isnull=False, revisado_por__isnull=False),
                name="vinculo_revisado_en_y_por_juntos",
                violation_error_message=_("Falta decir quién o cuándo."),
            ),
            models.CheckConstraint(
                condition=Q(estado="propuesto") | Q(revisado_en__isnull=False),
                name="vinculo_decidido_por_alguien",
                violation_error_message=_("Confirmar o rechazar lo hace una persona."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programa_presupuestario} → {self.programa} {self.ejercicio or ''}".strip()


class MontoDePrograma(models.Model):
    """Lo que un corte le da a un programa social por sus vínculos. Se rehace; nunca se edita."""

    corte = models.ForeignKey(CorteDeEgresos, models.CASCADE, related_name="montos")
    programa = models.ForeignKey(Programa, models.CASCADE, related_name="montos")
    aprobado = importe(_("aprobado"), 20)
    modificado = importe(_("modificado"), 20)
    ejercido = importe(_("ejercido"), 20)
    certeza = models.CharField(max_length=8, choices=Certeza)
    confirmado = models.BooleanField(default=False)
    claves = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("monto de programa")
        verbose_name_plural = _("montos de programas")
        constraints = [
            models.UniqueConstraint(
                fields=["corte", "programa"],
                name="monto_uno_por_programa",
                violation_error_message=_("Ese programa ya tiene monto en el corte."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.programa} {self.corte}"
