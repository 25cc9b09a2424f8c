"""Una manera de mirar una lista, guardada con nombre."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.models import Dependencia, Usuario


class VistaQuerySet(models.QuerySet):
    def de(self, usuario: Usuario) -> VistaQuerySet:
        """Las propias y las que le comparten en alguna dependencia donde hoy ejerce una función."""
        suyas = {a.dependencia_id for a in usuario.adscripciones_vigentes()}
        return self.filter(Q(usuario=usuario) | Q(compartida_con__in=suyas))


class VistaGuardada(models.Model):
    """Filtros, búsqueda y orden de una lista. Solo dice cómo mirar: el ámbito lo pone quien mira."""

    usuario = models.ForeignKey(
        Usuario, models.CASCADE, related_name="vistas", verbose_name=_("de quién")
    )
    modelo = models.CharField(_("lista"), max_length=80)
    nombre = models.CharField(_("nombre"), max_length=60)
    consulta = models.CharField(_("consulta"), max_length=2_000, blank=True)
    compartida_con = models.ForeignKey(
        Dependencia,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("compartida con"),
    )
    orden = models.PositiveSmallIntegerField(_("orden"), default=0)
    creada_en = models.DateTimeField(_("creada en"), default=timezone.now, editable=False)

    objects = VistaQuerySet.as_manager()

    class Meta:
        verbose_name = _("vista guardada")
        verbose_name_plural = _("vistas guardadas")
        ordering = ["orden", "nombre"]
        constraints = [
            models.UniqueConstraint(
                fields=["usuario", "modelo", "nombre"],
                name="panel_vista_nombre_unico",
                violation_error_message=_("Ya tienes una vista con ese nombre en esta lista."),
            ),
        ]

    def __str__(self) -> str:
        return self.nombre
