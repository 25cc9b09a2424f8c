"""Lo que alguien escribió y lo que adjuntó. Escrito, ya no cambia: se corrige con otro mensaje."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sibis.archivos.models import Archivo
from sibis.cuentas.models import Dependencia

LARGO_DE_TEXTO = 10_000
LARGO_DE_NOMBRE = 120

models.TextField.register_lookup(Length, "largo")


@pgtrigger.register(
    pgtrigger.Trigger(
        name="mensaje_inalterable",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func="""
            RAISE EXCEPTION 'Un mensaje no se cambia ni se borra: se corrige con otro mensaje.'
                USING ERRCODE = 'check_violation';
        """,
    )
)
class Mensaje(models.Model):
    hilo = models.ForeignKey(
        "mensajes.Hilo", models.PROTECT, related_name="mensajes", verbose_name=_("hilo")
    )
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="mensajes",
        verbose_name=_("quien escribe"),
    )
    dependencia = models.ForeignKey(
        Dependencia,
        models.PROTECT,
        related_name="mensajes",
        verbose_name=_("órgano desde el que escribe"),
    )
    texto = models.TextField(_("texto"), max_length=LARGO_DE_TEXTO)
    escrito_en = models.DateTimeField(_("escrito en"), default=timezone.now)
    llave = models.UUIDField(
        _("llave del envío"),
        default=uuid.uuid4,
        editable=False,
        help_text=_("El mismo formulario, enviado dos veces, escribe una."),
    )
    vector = models.GeneratedField(
        expression=SearchVector("texto", config="sibis_es"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("mensaje")
        verbose_name_plural = _("mensajes")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(texto="") & Q(texto__largo__lte=LARGO_DE_TEXTO),
                name="mensaje_con_texto",
                violation_error_message=_("Un mensaje lleva entre 1 y 10,000 caracteres."),
            ),
            models.UniqueConstraint(
                fields=["autor", "llave"],
                name="mensaje_enviado_una_vez",
                violation_error_message=_("Ese mensaje ya se había enviado."),
            ),
        ]
        indexes = [
            models.Index(fields=["hilo", "id"], name="mensaje_en_orden"),  # leer un hilo y contar
            GinIndex(fields=["vector"], name="mensaje_vector"),  # consultas/busqueda.py
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class EstadoDeAdjunto(models.TextChoices):
    DISPONIBLE = "disponible", _("disponible")
    EN_REVISION = "en_revision", _("en revisión: falta pasarlo por el antivirus")
    RECHAZADO = "rechazado", _("rechazado por el antivirus")


@pgtrigger.register(
    pgtrigger.Trigger(
        name="adjunto_inalterable",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange("mensaje", "archivo", "nombre"),
        func="""
            RAISE EXCEPTION 'Un adjunto no se cambia: se manda otro en un mensaje nuevo.'
                USING ERRCODE = 'check_violation';
        """,
    ),
    pgtrigger.Trigger(
        name="adjunto_no_se_borra",
        when=pgtrigger.Before,
        operation=pgtrigger.Delete,
        func="""
            RAISE EXCEPTION 'Un adjunto no se borra: es parte del mensaje.'
                USING ERRCODE = 'check_violation';
        """,
    ),
)
class Adjunto(models.Model):
    """El contenido es de `archivos`, por su huella; aquí está cómo se llama en este mensaje."""

    mensaje = models.ForeignKey(
        Mensaje, models.PROTECT, related_name="adjuntos", verbose_name=_("mensaje")
    )
    archivo = models.ForeignKey(
        Archivo, models.PROTECT, related_name="adjuntos", verbose_name=_("archivo")
    )
    nombre = models.CharField(_("cómo se llama"), max_length=LARGO_DE_NOMBRE)
    estado = models.CharField(
        _("estado"),
        max_length=11,
        choices=EstadoDeAdjunto,
        default=EstadoDeAdjunto.DISPONIBLE,
        editable=False,
    )

    class Meta:
        verbose_name = _("adjunto")
        verbose_name_plural = _("adjuntos")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mensaje", "archivo"],
                name="adjunto_una_vez_por_mensaje",
                violation_error_message=_("Ese archivo ya va en el mensaje."),
            ),
            models.CheckConstraint(
                # El nombre llega a una cabecera HTTP y al disco de quien lo baja.
                condition=Q(nombre__regex=r"^[^/\\[:cntrl:]]+$"),
                name="adjunto_nombre_sin_ruta",
                violation_error_message=_("El nombre de un archivo no lleva carpetas."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"],
                name="adjunto_en_revision",
                condition=Q(estado=EstadoDeAdjunto.EN_REVISION),
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def se_puede_bajar(self) -> bool:
        return self.estado == EstadoDeAdjunto.DISPONIBLE
