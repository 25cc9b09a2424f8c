"""El recorrido de un asunto: qué se remitió cada vez, qué pasos se dieron y quién lo tiene."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.models import Dependencia
from sibis.expedientes.models import Expediente
from sibis.revision.models.resguardos import no_cambia


def de_un_expediente(nombre: str) -> models.ForeignKey:
    return models.ForeignKey(
        Expediente,
        models.PROTECT,
        related_name=nombre,
        editable=False,
        verbose_name=_("expediente"),
    )


def quien(nombre: str, etiqueta: object, *, vacio: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=vacio,
        editable=False,
        related_name=nombre,
        verbose_name=etiqueta,
    )


class Remision(models.Model):
    """Lo que decía el asunto cada vez que se remitió: la versión que se observa y se compara."""

    expediente = de_un_expediente("remisiones")
    numero = models.PositiveSmallIntegerField(_("número"), editable=False)
    contenido = models.JSONField(_("contenido"), editable=False, encoder=DjangoJSONEncoder)
    huella = models.CharField(_("huella SHA-256"), max_length=64, editable=False)
    remitida_en = models.DateTimeField(_("remitida en"), default=timezone.now, editable=False)
    remitida_por = quien("remisiones", _("remitida por"))

    class Meta:
        verbose_name = _("remisión")
        verbose_name_plural = _("remisiones")
        ordering = ["expediente", "numero"]
        constraints = [
            models.UniqueConstraint(fields=["expediente", "numero"], name="remision_numero_unico"),
            models.CheckConstraint(
                condition=Q(remitida_en__isnull=False, remitida_por__isnull=False),
                name="remision_dice_quien_y_cuando",
                violation_error_message=_("Falta decir quién remitió o cuándo."),
            ),
        ]
        triggers = no_cambia("remision", "Lo que se remitió no cambia: se remite otra vez.")

    def __str__(self) -> str:
        return f"{self.expediente_id}: remisión {self.numero}"


class Paso(models.Model):
    """Una transición que se dio. De aquí salen los plazos, las colas y la línea de tiempo."""

    expediente = de_un_expediente("pasos")
    nombre = models.CharField(_("paso"), max_length=30, editable=False)
    desde = models.CharField(_("desde"), max_length=24, editable=False)
    hacia = models.CharField(_("hacia"), max_length=24, editable=False)
    motivo = models.TextField(_("motivo"), blank=True, editable=False)
    remision = models.ForeignKey(
        Remision,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="pasos",
        verbose_name=_("remisión vigente"),
    )
    organo = models.ForeignKey(
        Dependencia,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("órgano que lo dio"),
    )
    dado_en = models.DateTimeField(_("dado en"), default=timezone.now, editable=False)
    quien = quien("pasos_dados", _("quién lo dio"), vacio=True)

    class Meta:
        verbose_name = _("paso")
        verbose_name_plural = _("pasos")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["expediente", "-id"], name="paso_ultimo"),
            models.Index(fields=["quien", "-id"], name="paso_de_quien"),
        ]
        triggers = no_cambia("paso", "Los pasos de una revisión no se cambian ni se borran.")

    def __str__(self) -> str:
        return f"{self.nombre}: {self.desde} → {self.hacia}"


class Asignacion(models.Model):
    """Quién tiene el asunto en una instancia; al pasar a otra persona se cierra y se abre otra."""

    expediente = de_un_expediente("asignaciones")
    instancia = models.CharField(_("instancia"), max_length=20, editable=False)
    revisor = quien("asignaciones", _("quien revisa"))
    desde = models.DateTimeField(_("desde"), default=timezone.now, editable=False)
    hasta = models.DateTimeField(_("hasta"), null=True, editable=False)

    class Meta:
        verbose_name = _("asignación")
        verbose_name_plural = _("asignaciones")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["expediente", "instancia"],
                condition=Q(hasta__isnull=True),
                name="asignacion_una_viva_por_instancia",
                violation_error_message=_("Alguien ya tiene este asunto en esa instancia."),
            ),
            models.CheckConstraint(
                condition=Q(hasta__isnull=True) | Q(hasta__gte=models.F("desde")),
                name="asignacion_termina_despues",
                violation_error_message=_("La asignación termina antes de empezar."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expediente_id}: {self.instancia}"
