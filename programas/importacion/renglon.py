"""Un programa tal como viene en el archivo, ya leído: tipos ciertos y errores todos a la vez."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.dateparse import parse_date

_FALTA = object()


def _texto(valor: Any) -> str:
    if not isinstance(valor, str):
        raise ValueError("debe ser texto")
    return valor.strip()


def _entero(valor: Any) -> int:
    if isinstance(valor, bool) or not isinstance(valor, int):
        raise ValueError("debe ser un número entero")
    if valor < 0:
        raise ValueError("no puede ser negativo")
    return valor


def _monto(valor: Any) -> Decimal:
    if not isinstance(valor, str):
        raise ValueError("los montos van entre comillas, como «600.00»")
    try:
        monto = Decimal(valor)
    except InvalidOperation as error:
        raise ValueError(f"«{valor}» no es un monto") from error
    if not monto.is_finite() or monto < 0:
        raise ValueError(f"«{valor}» no es un monto posible")
    return monto


def _fecha(valor: Any) -> datetime.date:
    try:
        fecha = parse_date(valor) if isinstance(valor, str) else None
    except ValueError:  # tiene la forma pero no existe: 30 de febrero
        fecha = None
    if fecha is None:
        raise ValueError(f"«{valor}» no es una fecha AAAA-MM-DD que exista")
    return fecha


def _textos(valor: Any) -> list[str]:
    if not isinstance(valor, list) or not all(isinstance(v, str) for v in valor):
        raise ValueError("debe ser una lista de textos")
    return [v.strip() for v in valor if v.strip()]


def _objetos(valor: Any) -> list[dict[str, Any]]:
    if not isinstance(valor, list) or not all(isinstance(v, dict) for v in valor):
        raise ValueError("debe ser una lista de objetos")
    return valor


@dataclass(slots=True)
class Lector:
    """Saca valores de un objeto JSON y junta los errores en lugar de detenerse en el primero."""

    objeto: Mapping[str, Any]
    lugar: str
    errores: list[str]

    def _leer(self, clave: str, convertir: Callable[[Any], Any], falta: Any) -> Any:
        valor = self.objeto.get(clave)
        if valor is None or valor == "":
            if falta is _FALTA:
                self.errores.append(f"{self.lugar}: falta «{clave}».")
                return None
            return falta
        try:
            return convertir(valor)
        except ValueError as error:
            self.errores.append(f"{self.lugar}: «{clave}» {error}.")
            return None

    def obligatorio(self, clave: str) -> str:
        return self._leer(clave, _texto, _FALTA) or ""

    def texto(self, clave: str, falta: str = "") -> str:
        return self._leer(clave, _texto, falta) or falta

    def entero(self, clave: str) -> int | None:
        return self._leer(clave, _entero, None)  # type: ignore[no-any-return]

    def monto(self, clave: str) -> Decimal | None:
        return self._leer(clave, _monto, None)  # type: ignore[no-any-return]

    def fecha(self, clave: str) -> datetime.date | None:
        return self._leer(clave, _fecha, None)  # type: ignore[no-any-return]

    def textos(self, clave: str) -> list[str]:
        return self._leer(clave, _textos, []) or []

    def opcion(self, clave: str, opciones: list[str], falta: str) -> str:
        """Uno de los valores admitidos; nombra los que hay si no lo es."""
        valor = self.texto(clave, falta)
        if valor and valor not in opciones:
            self.errores.append(
                f"{self.lugar}: «{clave}» dice «{valor}»; puede ser {', '.join(opciones)}."
            )
        return valor

    def objeto_de(self, clave: str) -> Lector:
        valor = self.objeto.get(clave) or {}
        if not isinstance(valor, dict):
            self.errores.append(f"{self.lugar}: «{clave}» debe ser un objeto.")
            valor = {}
        return Lector(valor, f"{self.lugar}, {clave}", self.errores)

    def lista_de(self, clave: str) -> list[Lector]:
        objetos = self._leer(clave, _objetos, []) or []
        return [
            Lector(objeto, f"{self.lugar}, {clave} {i}", self.errores)
            for i, objeto in enumerate(objetos, 1)
        ]
