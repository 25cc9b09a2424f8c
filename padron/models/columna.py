"""Qué columnas lleva un padrón cada año. La norma cambia: son renglones con fecha, no constantes."""

from __future__ import annotations

import datetime

import pghistory
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from sibis.vigencia.models import CatalogoFechado, VigenciaQuerySet


class ColumnaQuerySet(VigenciaQuerySet):
    def del_ejercicio(self, ejercicio: int) -> ColumnaQuerySet:
        """Las que regían al terminar ese año."""
        return self.vigentes(datetime.date(ejercicio, 12, 31))


@pghistory.track()
class ColumnaDePadron(CatalogoFechado):
    """`nombre` es el título que se publica en la plantilla; `identificador`, como la llama el código."""

    identificador = models.CharField(
        _("identificador"),
        max_length=40,
        validators=[
            RegexValidator(
                r"^[a-z][a-z0-9_]*$", _("Minúsculas, números y guion bajo: «primer_apellido».")
            )
        ],
    )
    obligatoria = models.BooleanField(_("obligatoria"), default=False)

    objects = ColumnaQuerySet.as_manager()

    class Meta(CatalogoFechado.Meta):
        verbose_name = _("columna de padrón")
        verbose_name_plural = _("columnas de padrón")
        constraints = [
            *CatalogoFechado.Meta.constraints,
            models.UniqueConstraint(
                fields=["identificador", "vigente_desde"],
                nulls_distinct=False,
                name="columna_una_por_fecha",
                violation_error_message=_("Esa columna ya tiene un renglón desde ese día."),
            ),
        ]
