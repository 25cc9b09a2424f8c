"""Qué corte manda en cada ejercicio, y de dónde salió."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from presupuesto.models import (
    DE_TODA_LA_CIUDAD,
    ORDEN_DE_MOMENTOS,
    CorteDeEgresos,
    Disposicion,
)
from sibis.nucleo.cifras import Origen


def _precedencia(corte: CorteDeEgresos) -> tuple[bool, bool, int]:
    """Lo real antes que lo inventado, el detalle antes que los totales, lo último antes que lo primero."""
    return (
        not corte.es_demostracion,
        corte.disposicion == Disposicion.EGRESOS,
        ORDEN_DE_MOMENTOS.index(corte.momento),
    )


def vigentes() -> list[CorteDeEgresos]:
    return list(CorteDeEgresos.objects.vigentes())


def de_la_ciudad(cortes: list[CorteDeEgresos] | None = None) -> list[CorteDeEgresos]:
    """Los vigentes que cubren todo el gasto, el que manda primero en cada ejercicio."""
    todos = vigentes() if cortes is None else cortes
    suyos = [c for c in todos if c.disposicion in DE_TODA_LA_CIUDAD]
    return sorted(suyos, key=lambda c: (c.ejercicio, *_precedencia(c)), reverse=True)


def por_ejercicio(cortes: Iterable[CorteDeEgresos]) -> dict[int, CorteDeEgresos]:
    """El que manda en cada ejercicio."""
    mandan: dict[int, CorteDeEgresos] = {}
    for corte in cortes:
        actual = mandan.get(corte.ejercicio)
        if actual is None or _precedencia(corte) > _precedencia(actual):
            mandan[corte.ejercicio] = corte
    return mandan


def ultimo(mandan: Mapping[int, CorteDeEgresos]) -> int | None:
    """El ejercicio más reciente con archivo; uno de verdad antes que uno inventado."""
    return max(mandan, key=lambda a: (not mandan[a].es_demostracion, a), default=None)


def elegido(
    cortes: Iterable[CorteDeEgresos], *, ejercicio: int | None, momento: str = ""
) -> CorteDeEgresos | None:
    """De los que da `de_la_ciudad`, el que manda en el año o el del momento pedido."""
    return next(
        (c for c in cortes if c.ejercicio == ejercicio and momento in ("", c.momento)), None
    )


def origen(corte: CorteDeEgresos) -> Origen:
    """La fuente como se cita, con el corte."""
    nombre = _("%(fuente)s; %(momento)s de %(anio)s") % {
        "fuente": corte.fuente or corte.get_disposicion_display(),
        "momento": corte.get_momento_display(),
        "anio": corte.ejercicio,
    }
    return Origen(nombre, corte.fuente_url)
