"""Trimestres: cuál cerró, cuál corre y cómo se nombran."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _


def en_curso(hoy: datetime.date) -> tuple[int, int]:
    """(ejercicio, trimestre) en que cae ese día."""
    return hoy.year, (hoy.month - 1) // 3 + 1


def ultimo_cerrado(hoy: datetime.date) -> tuple[int, int]:
    """El más reciente que ya terminó: en enero es el cuarto del año pasado."""
    ejercicio, trimestre = en_curso(hoy)
    return (ejercicio, trimestre - 1) if trimestre > 1 else (ejercicio - 1, 4)


def ordinal(trimestre: int) -> str:
    """«4.º trimestre»."""
    return _("%(n)s.º trimestre") % {"n": trimestre}
