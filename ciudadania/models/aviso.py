"""Lo que se avisa a cada quien, una sola vez, y el correo o la notificación en que salió."""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ciudadania.estados import ClaseDeEnvio, Motivo
from ciudadania.models.suscripcion import Suscripcion, SuscripcionPush
from sibis.correo.estados import FLUJO_ENVIO, EstadoEnvio

E = EstadoEnvio


def _de_alguien(nombre: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(suscripcion__isnull=False, navegador__isnull=True)
        | Q(suscripcion__isnull=True, navegador__isnull=False),
        name=nombre,
        violation_error_message=_("Es para un correo o para un navegador, no para los dos."),
    )


class EnvioQuerySet(models.QuerySet):
    def por_salir(self) -> "EnvioQuerySet":
        return self.filter(estado=E.PENDIENTE)

    def que_ya_tocan(self) -> "EnvioQuerySet":
        return self.por_salir().filter(toca_en__lte=timezone.now()).order_by("toca_en", "pk")


@pgtrigger.register(
    pgtrigger.FSM(name="envio_flujo", field="estado", transitions=FLUJO_ENVIO.pares())
)
class Envio(models.Model):
    """Un correo o una notificación. Su renglón es la verdad; la tarea de Celery solo toca el timbre."""

    uid = models.UUIDField(_("identificador"), default=uuid.uuid4, unique=True, editable=False)
    clase = models.CharField(_("clase"), max_length=12, choices=ClaseDeEnvio, editable=False)
    suscripcion = models.ForeignKey(
        Suscripcion,
        models.CASCADE,
        null=True,
        editable=False,
        related_name="envios",
        verbose_name=_("suscripción por correo"),
    )
    navegador = models.ForeignKey(
        SuscripcionPush,
        models.CASCADE,
        null=True,
        editable=False,
        related_name="envios",
        verbose_name=_("suscripción en el navegador"),
    )
    # A quién, sin decirlo: un correo al día por dirección, y pocas confirmaciones por dirección.
    destino_indice = models.CharField(max_length=64, editable=False)
    dia = models.DateField(_("día"), editable=False)
    secreto = models.TextField(blank=True, editable=False, help_text="Llave de confirmar, cifrada.")
    estado = models.CharField(
        _("estado"), max_length=10, choices=E, default=E.PENDIENTE, editable=False
    )
    intentos = models.PositiveSmallIntegerField(_("intentos"), default=0, editable=False)
    toca_en = models.DateTimeField(_("siguiente intento"), default=timezone.now, editable=False)
    falla = models.CharField(_("qué falló"), max_length=60, blank=True, editable=False)
    creado_en = models.DateTimeField(_("creado en"), default=timezone.now, editable=False)
    enviado_en = models.DateTimeField(_("enviado en"), null=True, editable=False)

    objects = EnvioQuerySet.as_manager()

    class Meta:
        verbose_name = _("envío")
        verbose_name_plural = _("envíos")
        ordering = ["-creado_en", "-pk"]
        constraints = [
            _de_alguien("envio_de_alguien"),
            models.UniqueConstraint(
                fields=["destino_indice", "dia"],
                condition=Q(clase=ClaseDeEnvio.AVISOS),
                name="envio_uno_al_dia",
                violation_error_message=_("A esa dirección ya se le escribió ese día."),
            ),
            models.CheckConstraint(
                condition=Q(estado=E.ENVIADO, enviado_en__isnull=False)
                | (~Q(estado=E.ENVIADO) & Q(enviado_en__isnull=True)),
                name="envio_enviado_con_fecha",
                violation_error_message=_("Lo enviado lleva fecha, y solo lo enviado."),
            ),
        ]
        indexes = [
            models.Index(fields=["toca_en"], condition=Q(estado=E.PENDIENTE), name="envio_toca"),
            models.Index(fields=["destino_indice", "creado_en"], name="envio_destino"),
            models.Index(fields=["estado", "creado_en"], name="envio_estado"),
        ]

    def __str__(self) -> str:
        return f"envío {self.pk}"


class Aviso(models.Model):
    """Un hecho para una suscripción. La base niega el repetido: nadie lo recibe dos veces."""

    suscripcion = models.ForeignKey(
        Suscripcion,
        models.CASCADE,
        null=True,
        editable=False,
        related_name="avisos",
        verbose_name=_("suscripción por correo"),
    )
    navegador = models.ForeignKey(
        SuscripcionPush,
        models.CASCADE,
        null=True,
        editable=False,
        related_name="avisos",
        verbose_name=_("suscripción en el navegador"),
    )
    envio = models.ForeignKey(
        Envio,
        models.CASCADE,
        null=True,
        editable=False,
        related_name="avisos",
        verbose_name=_("envío"),
    )
    motivo = models.CharField(_("motivo"), max_length=8, choices=Motivo, editable=False)
    hecho = models.CharField(_("hecho"), max_length=80, editable=False)
    programa = models.ForeignKey(
        "programas.Programa",
        models.CASCADE,
        editable=False,
        related_name="+",
        verbose_name=_("programa"),
    )
    que = models.CharField(_("de qué"), max_length=200, blank=True, editable=False)
    dia = models.DateField(_("día"), editable=False)
    hora = models.TimeField(_("hora"), null=True, editable=False)
    lugar = models.CharField(_("lugar"), max_length=300, blank=True, editable=False)
    demostracion = models.BooleanField(_("inventado para la demostración"), default=False)
    creado_en = models.DateTimeField(_("creado en"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("aviso")
        verbose_name_plural = _("avisos")
        ordering = ["dia", "pk"]
        constraints = [
            _de_alguien("aviso_de_alguien"),
            models.UniqueConstraint(
                fields=["suscripcion", "hecho"], name="aviso_por_correo_una_vez"
            ),
            models.UniqueConstraint(
                fields=["navegador", "hecho"], name="aviso_en_navegador_una_vez"
            ),
        ]

    def __str__(self) -> str:
        return f"aviso {self.pk}"
