"""Lo que la columna entera dejó ver (orden de las fechas, signo de los miles…), para guardarlo y usarlo después.

Una fila sola no lo dice: con esto se revisa igual que se revisó con todas.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from padron.validacion.columnas.fechas import Ordenes
from padron.validacion.columnas.montos import Escritura
from padron.validacion.columnas.persona import Letras
from sibis.nucleo.nombres import Orden

_CLASES: dict[str, type] = {c.__name__: c for c in (Ordenes, Escritura, Letras)}


def a_json(evidencias: Mapping[str, Any]) -> dict[str, Any]:
    return {columna: _uno(valor) for columna, valor in evidencias.items() if valor is not None}


def _uno(valor: Any) -> dict[str, Any]:
    if isinstance(valor, Orden):
        return {"clase": "Orden", "valor": valor.value}
    return {"clase": type(valor).__name__, **asdict(valor)}


def de_json(datos: Mapping[str, Any]) -> dict[str, Any]:
    """Lo inverso. Lo que no se reconozca se deja fuera: se vuelve a mirar en las filas que haya."""
    evidencias: dict[str, Any] = {}
    for columna, dicho in datos.items():
        valores = dict(dicho)
        clase = valores.pop("clase", "")
        if clase == "Orden":
            evidencias[columna] = Orden(valores["valor"])
        elif clase in _CLASES:
            evidencias[columna] = _CLASES[clase](**valores)
    return evidencias
