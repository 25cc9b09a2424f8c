"""Los periodos de un padrón: cómo se leen, en qué orden van y cuáles admite un programa."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from padron.models import Periodicidad

_TRIMESTRES = {
    "t1": gettext_lazy("enero a marzo"),
    "t2": gettext_lazy("abril a junio"),
    "t3": gettext_lazy("julio a septiembre"),
    "t4": gettext_lazy("octubre a diciembre"),
}
_MESES = dict(
    zip(
        (f"m{n:02}" for n in range(1, 13)),
        (
            gettext_lazy("enero"),
            gettext_lazy("febrero"),
            gettext_lazy("marzo"),
            gettext_lazy("abril"),
            gettext_lazy("mayo"),
            gettext_lazy("junio"),
            gettext_lazy("julio"),
            gettext_lazy("agosto"),
            gettext_lazy("septiembre"),
            gettext_lazy("octubre"),
            gettext_lazy("noviembre"),
            gettext_lazy("diciembre"),
        ),
        strict=True,
    )
)
TODOS = ("anual", *_TRIMESTRES, *_MESES)
_ADMITE = {
    Periodicidad.ANUAL: ("anual",),
    Periodicidad.TRIMESTRAL: tuple(_TRIMESTRES),
    Periodicidad.MENSUAL: tuple(_MESES),
}


def en_palabras(periodo: str) -> str:
    """«todo el año», «enero a marzo», «julio»."""
    if periodo == "anual":
        return _("todo el año")
    return str(_TRIMESTRES.get(periodo) or _MESES.get(periodo) or periodo)


def opciones(periodos: Iterable[str] = TODOS) -> list[tuple[str, str]]:
    return [(periodo, en_palabras(periodo)) for periodo in periodos]


def admitidos(periodicidad: str) -> tuple[str, ...]:
    return _ADMITE[Periodicidad(periodicidad)]


def orden(ejercicio: int, periodo: str) -> tuple[int, int]:
    """Por el mes en que termina: así se comparan un mes, un trimestre y un año."""
    if periodo.startswith("t"):
        return ejercicio, 3 * int(periodo[1:])
    return ejercicio, int(periodo[1:]) if periodo.startswith("m") else 12
