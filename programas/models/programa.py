"""El programa: lo que permanece cuando cambian el año, el nombre o la dependencia."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.permisos import Ambito
from sibis.vigencia.models import CLAVE_VALIDA


class TipoDePrograma(models.TextChoices):
    """Distinta aprobación, clave, fechas y forma (dominio: LDBIS y lineamientos de EVALÚA)."""

    PROGRAMA = "programa", _("programa social")
    ACCION = "accion", _("acción social")


class ProgramaQuerySet(models.QuerySet):
    def publicados(self) -> "ProgramaQuerySet":
        """Los que tienen al menos una regla en el portal."""
        return self.filter(fichas__isnull=False).distinct()

    def del_ambito(self, ambito: Ambito) -> "ProgramaQuerySet":
        return self.filter(ambito.filtro())


@pghistory.track()
class Programa(models.Model):
    clave = models.CharField(
        _("clave"),
        max_length=80,
        unique=True,
        validators=[CLAVE_VALIDA],
        help_text=_("Identidad del programa a través de los años; no cambia ni se reutiliza."),
    )
    slug = models.SlugField(_("dirección pública"), max_length=80, unique=True)
    nombre = models.CharField(_("nombre"), max_length=250)
    tipo = models.CharField(_("tipo"), max_length=8, choices=TipoDePrograma)
    dependencia = models.ForeignKey(
        "cuentas.Dependencia",
        models.PROTECT,
        related_name="programas",
        verbose_name=_("dependencia que lo opera hoy"),
    )
    otros_nombres = ArrayField(
        models.CharField(max_length=250), default=list, blank=True, verbose_name=_("otros nombres")
    )
    palabras_clave = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, verbose_name=_("palabras clave")
    )

    objects = ProgramaQuerySet.as_manager()

    class Meta:
        verbose_name = _("programa")
        verbose_name_plural = _("programas")
        ordering = ["nombre"]

    def __str__(self) -> str:
        return self.nombre

    def get_absolute_url(self) -> str:
        return reverse("programas:programa", args=[self.slug])

    @property
    def es_accion(self) -> bool:
        return self.tipo == TipoDePrograma.ACCION
