"""La carpeta de un asunto: una regla, un informe, un vencimiento. Lo que se dice de él cuelga de aquí."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.models import Dependencia
from sibis.cuentas.permisos import Ambito
from sibis.vigencia.models import CLAVE_VALIDA


class ExpedienteQuerySet(models.QuerySet):
    def del_ambito(self, ambito: Ambito) -> "ExpedienteQuerySet":
        return self.filter(ambito.filtro())


class Expediente(models.Model):
    """El asunto lo apunta con una llave única; aquí solo está cómo se llama, de quién es y dónde se ve.

    Así la revisión, los mensajes y los plazos sirven para cualquier asunto sin conocer su modelo.
    """

    clase = models.CharField(
        _("clase"), max_length=20, validators=[CLAVE_VALIDA], help_text=_("«regla», «avance»…")
    )
    dependencia = models.ForeignKey(
        Dependencia,
        models.PROTECT,
        related_name="expedientes",
        verbose_name=_("dependencia que presenta"),
    )
    titulo = models.CharField(_("título"), max_length=300)
    url = models.CharField(_("dirección en el panel"), max_length=200, blank=True)
    creado_en = models.DateTimeField(_("creado en"), auto_now_add=True)

    objects = ExpedienteQuerySet.as_manager()

    class Meta:
        verbose_name = _("expediente")
        verbose_name_plural = _("expedientes")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(url="") | (Q(url__startswith="/") & ~Q(url__startswith="//")),
                name="expediente_lleva_dentro_del_sitio",
                violation_error_message=_("La dirección empieza con «/» y es de este sitio."),
            )
        ]
        indexes = [models.Index(fields=["clase", "dependencia"], name="expediente_clase")]

    def __str__(self) -> str:
        return self.titulo
