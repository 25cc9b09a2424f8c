"""La lista con que cada instancia coteja, y cuántos días tiene para hacerlo. Son datos con norma."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sibis.revision.estados import ResultadoDeCotejo
from sibis.revision.models.recorrido import Remision, quien
from sibis.vigencia.models import CLAVE_VALIDA, CatalogoFechado, VigenciaQuerySet


class PuntoQuerySet(VigenciaQuerySet):
    def de(self, materia: str, instancia: str, *, variante: str) -> "PuntoQuerySet":
        """Los vigentes hoy para esa clase de asunto en esa instancia, en su orden."""
        suyos = self.vigentes().filter(materia=materia, instancia=instancia)
        return suyos.filter(Q(variante="") | Q(variante=variante)).order_by("orden", "nombre")


class PuntoDeCotejo(CatalogoFechado):
    """Una pregunta de la lista: `nombre` es como se lee. Se contesta sí, no o no aplica."""

    materia = models.CharField(_("materia"), max_length=20, validators=[CLAVE_VALIDA])
    instancia = models.CharField(_("instancia"), max_length=20, validators=[CLAVE_VALIDA])
    variante = models.CharField(
        _("solo para"),
        max_length=20,
        blank=True,
        help_text=_("«programa» o «accion»; vacío, para cualquiera."),
    )

    objects = PuntoQuerySet.as_manager()

    class Meta(CatalogoFechado.Meta):
        verbose_name = _("punto de cotejo")
        verbose_name_plural = _("puntos de cotejo")


class PlazoDeRevision(CatalogoFechado):
    """Cuántos días hábiles puede estar un asunto en un estado antes de contar como atrasado."""

    materia = models.CharField(_("materia"), max_length=20, validators=[CLAVE_VALIDA])
    estado = models.CharField(_("estado"), max_length=24)
    dias_habiles = models.PositiveSmallIntegerField(
        _("días hábiles"), validators=[MinValueValidator(1)]
    )

    class Meta(CatalogoFechado.Meta):
        verbose_name = _("plazo de revisión")
        verbose_name_plural = _("plazos de revisión")
        constraints = [
            *CatalogoFechado.Meta.constraints,
            models.CheckConstraint(
                condition=Q(dias_habiles__gte=1),
                name="plazo_de_un_dia_o_mas",
                violation_error_message=_("Un plazo tiene al menos un día hábil."),
            ),
        ]


class Cotejo(models.Model):
    """La respuesta a un punto sobre una remisión."""

    remision = models.ForeignKey(
        Remision,
        models.PROTECT,
        related_name="cotejos",
        editable=False,
        verbose_name=_("remisión"),
    )
    punto = models.ForeignKey(
        PuntoDeCotejo, models.PROTECT, related_name="cotejos", verbose_name=_("punto")
    )
    resultado = models.CharField(_("resultado"), max_length=10, choices=ResultadoDeCotejo)
    nota = models.CharField(_("nota"), max_length=500, blank=True)
    cotejado_en = models.DateTimeField(_("cotejado en"), default=timezone.now, editable=False)
    cotejado_por = quien("cotejos", _("cotejado por"))

    class Meta:
        verbose_name = _("cotejo")
        verbose_name_plural = _("cotejos")
        ordering = ["remision", "punto__orden"]
        constraints = [
            models.UniqueConstraint(fields=["remision", "punto"], name="cotejo_uno_por_punto"),
            models.CheckConstraint(
                condition=Q(cotejado_en__isnull=False, cotejado_por__isnull=False),
                name="cotejo_dice_quien_y_cuando",
                violation_error_message=_("Falta decir quién cotejó o cuándo."),
            ),
        ]

    def __str__(self) -> str:
        return f"cotejo {self.pk}: {self.resultado}"
