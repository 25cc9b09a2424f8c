"""Cómo es el padrón de un programa en un ejercicio: lo que su regla no dice con un campo."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from padron.models.opciones import Periodicidad, TipoDePersona
from programas.models import Programa
from sibis.cuentas.permisos import Ambito


class FechaDeLaEdad(models.TextChoices):
    INICIO_DEL_EJERCICIO = "inicio_del_ejercicio", _("el primer día del ejercicio")
    FECHA_DEL_APOYO = "fecha_del_apoyo", _("el día del apoyo")
    RECEPCION = "recepcion", _("el día en que se recibe la carga")


class DisposicionQuerySet(models.QuerySet["DisposicionDePadron"]):
    def del_ambito(self, ambito: Ambito) -> DisposicionQuerySet:
        return self.filter(ambito.filtro("programa__dependencia"))


def _personas() -> list[str]:
    return [
        str(TipoDePersona.PERSONA.value),
        str(TipoDePersona.MENOR.value),
        str(TipoDePersona.FACILITADORA.value),
    ]


@pghistory.track()
class DisposicionDePadron(models.Model):
    """Si no hay una, valen sus valores de omisión."""

    programa = models.ForeignKey(
        Programa,
        models.PROTECT,
        related_name="disposiciones_de_padron",
        verbose_name=_("programa"),
    )
    ejercicio = models.PositiveSmallIntegerField(
        _("ejercicio"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    admite_parcial = models.BooleanField(
        _("admite parcial"),
        default=True,
        help_text=_(
            "Los renglones válidos entran y los demás esperan; si no, entran todos o ninguno."
        ),
    )
    fecha_de_la_edad = models.CharField(
        _("a qué fecha se mide la edad"),
        max_length=20,
        choices=FechaDeLaEdad,
        default=FechaDeLaEdad.INICIO_DEL_EJERCICIO,
    )
    tipos_admitidos = ArrayField(
        models.CharField(max_length=12, choices=TipoDePersona),
        default=_personas,
        verbose_name=_("a quién admite"),
    )
    periodicidad = models.CharField(
        _("cada cuánto se entrega"),
        max_length=10,
        choices=Periodicidad,
        default=Periodicidad.ANUAL,
    )

    objects = DisposicionQuerySet.as_manager()

    class Meta:
        verbose_name = _("disposición de padrón")
        verbose_name_plural = _("disposiciones de padrón")
        ordering = ["-ejercicio", "programa"]
        constraints = [
            models.UniqueConstraint(
                fields=["programa", "ejercicio"],
                name="disposicion_una_por_ejercicio",
                violation_error_message=_("Ese programa ya tiene su disposición en el ejercicio."),
            ),
            models.CheckConstraint(
                condition=Q(tipos_admitidos__len__gte=1)
                & Q(tipos_admitidos__contained_by=sorted(TipoDePersona.values)),
                name="disposicion_admite_a_alguien",
                violation_error_message=_("Elige al menos un tipo de persona de la lista."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programa} {self.ejercicio}"

    @classmethod
    def de(cls, programa: Programa | int, ejercicio: int) -> DisposicionDePadron:
        """La escrita, o una sin guardar con los valores de omisión."""
        llave = programa if isinstance(programa, int) else programa.pk
        escrita = cls.objects.filter(programa=llave, ejercicio=ejercicio).first()
        return escrita or cls(programa_id=llave, ejercicio=ejercicio)
