"""El correo en que salen uno o varios avisos de una persona."""

import uuid
from datetime import timedelta

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sibis.avisos.estados import ClaseDeCorreo
from sibis.correo.estados import FLUJO_ENVIO, NO_SALIERON, POR_SALIR, EstadoEnvio

E = EstadoEnvio
SE_TARDA = timedelta(minutes=15)  # el reparto corre cada minuto: más que esto es que no corre


class CorreoQuerySet(models.QuerySet):
    def que_ya_tocan(self) -> "CorreoQuerySet":
        listos = self.filter(estado__in=POR_SALIR, toca_en__lte=timezone.now())
        return listos.select_related("para").order_by("toca_en", "pk")

    def agotados(self) -> "CorreoQuerySet":
        return self.filter(estado=E.AGOTADO)

    def atorados(self) -> "CorreoQuerySet":
        """Los que se dieron por perdidos, los que fallaron y siguen, y los que nadie ha llevado."""
        por_salir = Q(estado__in=POR_SALIR)
        olvidados = por_salir & Q(toca_en__lt=timezone.now() - SE_TARDA)
        return self.filter(Q(estado__in=NO_SALIERON) | por_salir & Q(intentos__gt=0) | olvidados)


@pgtrigger.register(
    pgtrigger.FSM(name="correo_de_aviso_flujo", field="estado", transitions=FLUJO_ENVIO.pares())
)
class CorreoDeAviso(models.Model):
    """Nace con sus avisos y no gana otros: el mismo Message-ID dice siempre lo mismo."""

    uid = models.UUIDField(_("identificador"), default=uuid.uuid4, unique=True, editable=False)
    para = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="correos_de_aviso",
        verbose_name=_("para"),
    )
    clase = models.CharField(_("clase"), max_length=10, choices=ClaseDeCorreo, editable=False)
    dia = models.DateField(_("día"), default=timezone.localdate, editable=False)
    estado = models.CharField(
        _("estado"), max_length=10, choices=E, default=E.PENDIENTE, editable=False
    )
    intentos = models.PositiveSmallIntegerField(_("intentos"), default=0, editable=False)
    toca_en = models.DateTimeField(_("siguiente intento"), default=timezone.now, editable=False)
    falla = models.CharField(_("qué falló"), max_length=60, blank=True, editable=False)
    creado_en = models.DateTimeField(_("creado en"), default=timezone.now, editable=False)
    enviado_en = models.DateTimeField(_("enviado en"), null=True, editable=False)

    objects = CorreoQuerySet.as_manager()

    class Meta:
        verbose_name = _("correo de aviso")
        verbose_name_plural = _("correos de aviso")
        ordering = ["-creado_en", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["para", "dia"],
                condition=Q(clase=ClaseDeCorreo.RESUMEN),
                name="correo_de_aviso_un_resumen_al_dia",
                violation_error_message=_("A esa persona ya se le mandó el resumen de ese día."),
            ),
            models.CheckConstraint(
                condition=Q(estado=E.ENVIADO, enviado_en__isnull=False)
                | (~Q(estado=E.ENVIADO) & Q(enviado_en__isnull=True)),
                name="correo_de_aviso_enviado_con_fecha",
                violation_error_message=_("Lo enviado lleva fecha, y solo lo enviado."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["toca_en"], condition=Q(estado=E.PENDIENTE), name="correo_de_aviso_toca"
            ),
            # ¿A esta persona se le acaba de escribir, o tiene uno por salir?
            models.Index(fields=["para", "-creado_en"], name="correo_de_aviso_para"),
            models.Index(fields=["estado", "-creado_en"], name="correo_de_aviso_estado"),
        ]

    def __str__(self) -> str:
        return f"correo {self.pk}"
