"""El valor de una celda como texto, tal como lo vería quien abre la hoja y sin perder dígitos."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

# Una hoja guarda 15 dígitos: lo que pasa de ahí (una CLABE tecleada como número) ya no es exacto.
FUERA_DE_DIGITOS = 1e15


def _logico(valor: bool) -> str:
    return "sí" if valor else "no"


def _numero(valor: float) -> str:
    if valor != valor or valor in (float("inf"), float("-inf")):
        return ""
    if abs(valor) >= FUERA_DE_DIGITOS:
        return f"{Decimal(repr(valor)):f}".removesuffix(".0")
    if valor.is_integer():
        return str(int(valor))
    # 15 dígitos son los que la hoja enseña: 2,899.9999999999995 es 2,900.
    return f"{Decimal(f'{valor:.15g}'):f}"


def _fecha(valor: datetime.datetime | datetime.date) -> str:
    return valor.isoformat().removesuffix("T00:00:00")


def _duracion(valor: datetime.timedelta) -> str:
    minutos, segundos = divmod(int(valor.total_seconds()), 60)
    horas, minutos = divmod(minutos, 60)
    return f"{horas}:{minutos:02d}:{segundos:02d}"


_COMO: dict[type, Callable[[Any], str]] = {
    str: str,
    bool: _logico,
    int: str,
    float: _numero,
    datetime.datetime: _fecha,
    datetime.date: _fecha,
    datetime.time: datetime.time.isoformat,
    datetime.timedelta: _duracion,
    type(None): lambda valor: "",
}


def a_texto(valor: object) -> str:
    return _COMO.get(type(valor), str)(valor)
