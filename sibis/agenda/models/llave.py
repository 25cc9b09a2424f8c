"""La dirección secreta con que un calendario de fuera lee la agenda de una persona."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LlaveQuerySet(models.QuerySet):
    def vivas(self) -> "LlaveQuerySet":
        return self.filter(revocada_en__isnull=True)


class LlaveDeAgenda(models.Model):
    """Aquí solo está su huella: quien lea la base no puede abrir el calendario de nadie."""

    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="llaves_de_agenda",
        verbose_name=_("cuenta"),
    )
    huella = models.CharField(_("huella"), max_length=64, unique=True, editable=False)
    creada_en = models.DateTimeField(_("creada en"), default=timezone.now, editable=False)
    revocada_en = models.DateTimeField(_("revocada en"), null=True, blank=True, editable=False)
    leida_en = models.DateTimeField(_("leída en"), null=True, blank=True, editable=False)

    objects = LlaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("llave de la agenda")
        verbose_name_plural = _("llaves de la agenda")
        ordering = ["-creada_en"]
        constraints = [
            models.UniqueConstraint(
                fields=["usuario"],
                condition=Q(revocada_en__isnull=True),
                name="llave_de_agenda_una_viva",
                violation_error_message=_("Esa cuenta ya tiene una dirección; renuévala."),
            ),
            models.CheckConstraint(
                condition=Q(huella__regex=r"^[0-9a-f]{64}$"),
                name="llave_de_agenda_solo_huella",
                violation_error_message=_("Se guarda la huella, nunca la llave."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.creada_en:%d/%m/%Y}"
