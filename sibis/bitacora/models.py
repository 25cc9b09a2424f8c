"""El hecho y el eslabón que lo sella. Sin llaves foráneas: sobreviven a lo que nombran."""

import pgtrigger
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

_NO_SE_TOCA = (
    "RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', "
    "MESSAGE = 'La bitácora solo crece: no se cambia ni se borra nada de ella.', "
    "HINT = 'Para corregir un hecho se registra otro que lo aclare.';"
)


def _solo_crece() -> list[pgtrigger.Trigger]:
    """Los disparadores que niegan UPDATE, DELETE y TRUNCATE aun a quien escribe SQL."""
    return [
        pgtrigger.Trigger(
            name="solo_crece",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func=_NO_SE_TOCA,
        ),
        pgtrigger.Trigger(
            name="no_se_vacia",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func=_NO_SE_TOCA,
        ),
    ]


class Evento(models.Model):
    """Un acto o una lectura. Se escribe con `registro.registrar`, nunca directamente."""

    id = models.BigAutoField(primary_key=True)
    momento = models.DateTimeField(_("momento"), default=timezone.now)
    tipo = models.CharField(_("tipo"), max_length=80)
    objeto_tipo = models.CharField(_("tipo de objeto"), max_length=80, blank=True)
    objeto_id = models.CharField(_("identificador del objeto"), max_length=80, blank=True)
    dependencia = models.CharField(_("clave de la dependencia"), max_length=40, blank=True)
    por_id = models.BigIntegerField(_("identificador de quien lo hizo"), null=True)
    por = models.CharField(_("cuenta que lo hizo"), max_length=150, blank=True)
    via = models.CharField(_("por dónde"), max_length=20, blank=True)
    detalle = models.JSONField(_("detalle"), default=dict, blank=True, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("evento")
        verbose_name_plural = _("eventos")
        ordering = ["-id"]
        indexes = [
            # La línea de tiempo de un objeto, la de una dependencia y la de una persona.
            models.Index(fields=["objeto_tipo", "objeto_id", "-id"], name="bitacora_evento_objeto"),
            models.Index(fields=["dependencia", "-id"], name="bitacora_evento_dependencia"),
            models.Index(fields=["por_id", "-id"], name="bitacora_evento_por"),
            models.Index(fields=["tipo", "-id"], name="bitacora_evento_tipo"),
        ]
        triggers = _solo_crece()

    def __str__(self) -> str:
        return f"{self.tipo} #{self.pk}"


class Eslabon(models.Model):
    """Sella un evento: su huella depende de la anterior, así que nada se quita de en medio."""

    orden = models.BigAutoField(primary_key=True)
    evento_id = models.BigIntegerField(_("identificador del evento"), unique=True)
    huella_previa = models.CharField(_("huella anterior"), max_length=64, blank=True)
    huella = models.CharField(_("huella"), max_length=64)

    class Meta:
        verbose_name = _("eslabón")
        verbose_name_plural = _("eslabones")
        ordering = ["orden"]
        triggers = _solo_crece()

    def __str__(self) -> str:
        return f"{self.orden}: {self.huella[:12]}"
