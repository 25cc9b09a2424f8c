"""Los índices del informe trimestral: cuánto se alcanzó, cuánto se gastó y qué relación guardan.

Una división entre cero es «no se puede calcular», que es None; nunca es cero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CIEN = Decimal(100)
CENTESIMA = Decimal("0.01")


def _cociente(parte: Decimal | None, entre: Decimal | None) -> Decimal | None:
    return None if parte is None or not entre else Decimal(parte) / Decimal(entre)


def _redondo(valor: Decimal | None) -> Decimal | None:
    return None if valor is None else valor.quantize(CENTESIMA, ROUND_HALF_UP)


def por_ciento(parte: Decimal | None, entre: Decimal | None) -> Decimal | None:
    """Con dos decimales."""
    cociente = _cociente(parte, entre)
    return None if cociente is None else _redondo(cociente * CIEN)


def icmpp(alcanzada: Decimal | None, programada: Decimal | None) -> Decimal | None:
    """Índice de cumplimiento de las metas programadas al periodo: alcanzada ÷ programada × 100."""
    return por_ciento(alcanzada, programada)


def icppp(ejercido: Decimal | None, programado: Decimal | None) -> Decimal | None:
    """Índice de cumplimiento del presupuesto programado al periodo: ejercido ÷ programado × 100."""
    return por_ciento(ejercido, programado)


def iarcm(
    alcanzada: Decimal | None,
    programada: Decimal | None,
    ejercido: Decimal | None,
    programado: Decimal | None,
) -> Decimal | None:
    """Índice de aplicación de recursos para el cumplimiento de metas: ICMPP ÷ ICPPP, sin redondear antes.

    Con todo lo programado hecho y gastado es 1; más de 1 es haber hecho más con menos.
    """
    metas, gasto = _cociente(alcanzada, programada), _cociente(ejercido, programado)
    return _redondo(_cociente(metas, gasto))


@dataclass(frozen=True, slots=True)
class Rango:
    """Un color, de un valor a otro, ambos incluidos; sin límite de un lado es None."""

    color: str
    desde: Decimal | None = None
    hasta: Decimal | None = None

    def incluye(self, valor: Decimal) -> bool:
        return (self.desde is None or self.desde <= valor) and (
            self.hasta is None or valor <= self.hasta
        )


def color(valor: Decimal | None, rangos: Iterable[Rango]) -> str:
    """El primero que lo incluye, en su orden; vacío si no hay valor o ningún rango lo dice.

    Pasarse también puede ser rojo: lo dicen los rangos, no una regla de tres.
    """
    if valor is None:
        return ""
    return next((r.color for r in rangos if r.incluye(valor)), "")


def se_aparta(valor: Decimal | None, tolerancia: Decimal) -> bool:
    """¿Se aleja de 100, hacia arriba o hacia abajo, más puntos que la tolerancia?"""
    return valor is not None and abs(valor - CIEN) > tolerancia
