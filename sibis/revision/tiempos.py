"""Cuánto lleva cada instancia con un asunto, en días hábiles. Aritmética pura: ni base ni reloj.

Un asunto va y viene. El reloj de quien revisa se detiene mientras lo tiene quien presenta, y sigue
donde iba cuando regresa; el de quien presenta empieza de nuevo en cada devolución, porque cada una
trae observaciones distintas.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from sibis.nucleo.dias_habiles import habiles_entre, sumar_habiles


@dataclass(frozen=True, slots=True)
class Movimiento:
    """El día en que pasó a un estado."""

    estado: str
    dia: datetime.date


@dataclass(frozen=True, slots=True)
class Tramo:
    """Una estancia en un estado; sin `hasta`, sigue ahí."""

    estado: str
    instancia: str
    desde: datetime.date
    hasta: datetime.date | None


@dataclass(frozen=True, slots=True)
class Reloj:
    """Cómo va la estancia de hoy. Sin `limite` no hay plazo que vencer."""

    instancia: str
    estado: str
    desde: datetime.date  # cuándo llegó a la instancia que lo tiene
    habiles: int
    limite: int | None
    vence: datetime.date | None
    por_instancia: dict[str, int]

    @property
    def faltan(self) -> int | None:
        """Días hábiles que quedan; negativo, los de atraso."""
        return None if self.limite is None else self.limite - self.habiles

    @property
    def atraso(self) -> int:
        return max(0, -(self.faltan or 0))


def tramos(movimientos: Sequence[Movimiento], instancia_de: Callable[[str], str]) -> list[Tramo]:
    """De los pasos, en su orden, las estancias. La instancia de un estado sin ella es «»."""
    finales = [*(m.dia for m in movimientos[1:]), None]
    return [
        Tramo(m.estado, instancia_de(m.estado), m.dia, hasta)
        for m, hasta in zip(movimientos, finales, strict=True)
    ]


def habiles_por_instancia(
    estancias: Sequence[Tramo], *, hoy: datetime.date, inhabiles: Collection[datetime.date]
) -> dict[str, int]:
    """Cuántos días hábiles ha tenido el asunto cada instancia, sumando sus vueltas."""
    suma: dict[str, int] = {}
    for tramo in estancias:
        if tramo.instancia:
            dias = _dias(tramo, hoy, inhabiles)
            suma[tramo.instancia] = suma.get(tramo.instancia, 0) + dias
    return suma


def reloj(
    estancias: Sequence[Tramo],
    *,
    limite: int | None,
    acumula: bool,
    hoy: datetime.date,
    inhabiles: Collection[datetime.date],
) -> Reloj:
    """El de la última estancia. `acumula`: las anteriores en el mismo estado cuentan."""
    ultima = estancias[-1]
    antes = sum(
        _dias(tramo, hoy, inhabiles)
        for tramo in estancias[:-1]
        if acumula and tramo.estado == ultima.estado
    )
    return Reloj(
        instancia=ultima.instancia,
        estado=ultima.estado,
        desde=_llegada(estancias),
        habiles=antes + _dias(ultima, hoy, inhabiles),
        limite=limite,
        vence=None
        if limite is None
        else _vencimiento(ultima.desde, limite - antes, inhabiles=inhabiles),
        por_instancia=habiles_por_instancia(estancias, hoy=hoy, inhabiles=inhabiles),
    )


def _dias(tramo: Tramo, hoy: datetime.date, inhabiles: Collection[datetime.date]) -> int:
    """El día en que llega no cuenta; el día en que sale, sí."""
    return max(0, habiles_entre(tramo.desde, tramo.hasta or hoy, inhabiles))


def _llegada(estancias: Sequence[Tramo]) -> datetime.date:
    """El principio de las estancias seguidas en la misma instancia: tomarlo no lo hace llegar."""
    desde = estancias[-1].desde
    for tramo in reversed(estancias):
        if tramo.instancia != estancias[-1].instancia:
            break
        desde = tramo.desde
    return desde


def _vencimiento(
    desde: datetime.date, quedaban: int, *, inhabiles: Collection[datetime.date]
) -> datetime.date:
    """El último día en plazo; si al regresar ya no quedaba nada, el mismo día que regresó."""
    return desde if quedaban <= 0 else sumar_habiles(desde, quedaban, inhabiles)
