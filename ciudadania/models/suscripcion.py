"""Quién quiere saber de qué, sin cuenta y sin nombre: por correo o en su navegador.

Sin historia (pghistory): guardaría lo que la baja debe borrar.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ciudadania.cifrado import descifrar
from ciudadania.estados import FLUJO_SUSCRIPCION, EstadoSuscripcion, Motivo

E = EstadoSuscripcion


def idioma_propio() -> str:
    return settings.LANGUAGE_CODE


class Alcance(models.Model):
    """De qué se avisa: de un programa, o de todos los de un perfil (los filtros del buscador)."""

    programa = models.ForeignKey(
        "programas.Programa",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("programa"),
    )
    perfil = models.JSONField(_("perfil"), default=dict, blank=True)
    huella_alcance = models.CharField(_("huella de lo que pide"), max_length=64, editable=False)
    motivos = ArrayField(
        models.CharField(max_length=8, choices=Motivo), verbose_name=_("de qué se le avisa")
    )
    idioma = models.CharField(_("idioma"), max_length=10, default=idioma_propio, editable=False)
    creada_en = models.DateTimeField(_("creada en"), default=timezone.now, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(programa__isnull=False, perfil={})
                | (Q(programa__isnull=True) & ~Q(perfil={})),
                name="%(class)s_programa_o_perfil",
                violation_error_message=_("Se sigue un programa o un perfil, no los dos."),
            ),
            models.CheckConstraint(
                condition=Q(motivos__len__gt=0),
                name="%(class)s_con_motivos",
                violation_error_message=_("Elige al menos una cosa de la que quieras saber."),
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.huella_alcance = huella_de_alcance(self.programa_id, self.perfil)
        super().save(*args, **kwargs)


def huella_de_alcance(programa: int | None, perfil: Mapping[str, list[str]]) -> str:
    """La misma para el mismo pedido, venga en el orden que venga."""
    canonico = {c: sorted(v) for c, v in perfil.items() if v}
    texto = json.dumps([programa, canonico], sort_keys=True)
    return hashlib.sha256(texto.encode()).hexdigest()


class SuscripcionQuerySet(models.QuerySet):
    def confirmadas(self) -> "SuscripcionQuerySet":
        return self.filter(estado=E.CONFIRMADA)

    def vivas(self) -> "SuscripcionQuerySet":
        return self.exclude(estado=E.BAJA)


def _unica_si_hay(campo: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=[campo],
        condition=~Q(**{campo: ""}),
        name=f"suscripcion_{campo}_unica",
        violation_error_message=_("Esa llave ya es de otra suscripción."),
    )


@pgtrigger.register(
    pgtrigger.FSM(name="suscripcion_flujo", field="estado", transitions=FLUJO_SUSCRIPCION.pares())
)
class Suscripcion(Alcance):
    """Por correo. La dirección está cifrada; se encuentra por su índice y se borra con la baja."""

    estado = models.CharField(
        _("estado"), max_length=10, choices=E, default=E.PENDIENTE, editable=False
    )
    correo_cifrado = models.TextField(blank=True, editable=False)
    correo_indice = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    # Los enlaces llevan una llave al azar; aquí, su huella. La de administrar también cifrada,
    # porque vuelve a ir en cada correo.
    huella_confirmar = models.CharField(max_length=64, blank=True, editable=False)
    confirmar_hasta = models.DateTimeField(_("confirmar antes de"), null=True, editable=False)
    huella_llave = models.CharField(max_length=64, blank=True, editable=False)
    llave_cifrada = models.TextField(blank=True, editable=False)
    huella_calendario = models.CharField(max_length=64, blank=True, editable=False)
    confirmada_en = models.DateTimeField(_("confirmada en"), null=True, editable=False)
    baja_en = models.DateTimeField(_("baja en"), null=True, editable=False)

    objects = SuscripcionQuerySet.as_manager()

    class Meta(Alcance.Meta):
        verbose_name = _("suscripción por correo")
        verbose_name_plural = _("suscripciones por correo")
        ordering = ["-creada_en"]
        indexes = [models.Index(fields=["estado", "creada_en"], name="suscripcion_estado")]
        constraints = [
            *Alcance.Meta.constraints,
            models.UniqueConstraint(
                fields=["correo_indice", "huella_alcance"],
                condition=~Q(estado=E.BAJA),
                name="suscripcion_una_por_pedido",
                violation_error_message=_("Esa dirección ya pidió estos avisos."),
            ),
            _unica_si_hay("huella_confirmar"),
            _unica_si_hay("huella_llave"),
            _unica_si_hay("huella_calendario"),
            models.CheckConstraint(
                condition=(
                    Q(estado=E.BAJA) & Q(correo_cifrado="", correo_indice="", llave_cifrada="")
                )
                | (~Q(estado=E.BAJA) & ~Q(correo_cifrado="") & ~Q(correo_indice="")),
                name="suscripcion_sin_direccion_al_darse_de_baja",
                violation_error_message=_("Una suscripción dada de baja no conserva la dirección."),
            ),
            models.CheckConstraint(
                condition=~Q(estado=E.CONFIRMADA) | Q(confirmada_en__isnull=False),
                name="suscripcion_confirmada_con_fecha",
                violation_error_message=_("Falta cuándo se confirmó."),
            ),
            models.CheckConstraint(
                condition=Q(estado=E.BAJA, baja_en__isnull=False)
                | (~Q(estado=E.BAJA) & Q(baja_en__isnull=True)),
                name="suscripcion_baja_con_fecha",
                violation_error_message=_("La fecha de baja va con la baja, y solo con ella."),
            ),
        ]

    def __str__(self) -> str:
        return f"suscripción {self.pk}"

    @property
    def correo(self) -> str:
        """La dirección, en claro, para mandarle un correo y para nada más."""
        return descifrar(self.correo_cifrado)

    @property
    def llave(self) -> str:
        """La del enlace para administrar o darse de baja; va en cada correo."""
        return descifrar(self.llave_cifrada)


class SuscripcionPush(Alcance):
    """En un navegador. Al darse de baja, o si el navegador ya no existe, se borra el renglón."""

    destino_cifrado = models.TextField(editable=False)
    destino_indice = models.CharField(max_length=64, db_index=True, editable=False)
    claves_cifradas = models.TextField(editable=False)

    class Meta(Alcance.Meta):
        verbose_name = _("suscripción en el navegador")
        verbose_name_plural = _("suscripciones en el navegador")
        ordering = ["-creada_en"]
        constraints = [
            *Alcance.Meta.constraints,
            models.UniqueConstraint(
                fields=["destino_indice", "huella_alcance"], name="suscripcionpush_una_por_pedido"
            ),
        ]

    def __str__(self) -> str:
        return f"navegador {self.pk}"
