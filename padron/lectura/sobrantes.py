"""Lo que una dependencia escribe alrededor de su tabla: totales, notas, firmas, el encabezado otra vez.

Un renglón que podría ser una persona nunca se quita: en la duda es un dato, y la revisión dirá qué le
falta. Lo que se quita se dice, con su fila.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from padron.lectura.modelo import NOTA_AL_PIE, RENGLON_DE_TOTAL
from sibis.nucleo.normalizacion import clave_comparable

# Lo que blanquea una celda. Los mismos que ve la vía rápida en bytes: las dos deben coincidir.
BLANCOS = " \t\v\f\r\n\xa0"
COLUMNAS_PARA_NOTAS = 4
INICIALES_DE_TOTAL = "TtSsGg"

_TOTAL = re.compile(
    r"(?i)(?:sub\s*-?\s*total|gran total|total(?:es)?|suma)\b[^\d]{0,60}:?\s*[\d$.,\s]*$"
)
_NUMERO = re.compile(r"(?i)(?:\$?\s*-?[\d.,\s]+|-|(?:sub)?total(?:es)?|mxn|m\.n\.)$")
_NOTA = re.compile(
    r"(?i)(?:elabor|autoriz|revis|valid)[oó]?\b.{0,20}[:.]|(?:elabor|autoriz|revis|valid)(?:ó|o)\s*$|fuente\s*:|notas?\s*[:.]|"
    r"vo\s*\.\s*bo|firma\b.{0,20}:?\s*$|p[aá]gina\s+\d|\*|corte al\b|fecha de (?:corte|elab|actual)"
)


class Sobrantes:
    """Reconoce lo que no es dato en los renglones de una tabla."""

    def __init__(self, ancho: int, pisos: Sequence[Sequence[str]]) -> None:
        self._ancho = ancho
        # Con menos celdas vacías que estas no puede ser nota; un total se conoce por su inicial.
        self.vacias_de_nota = ancho - 2 if ancho >= COLUMNAS_PARA_NOTAS else ancho
        self._pisos = [[clave_comparable(c) for c in piso] for piso in pisos]
        primeras = [next((c.strip() for c in piso if c.strip()), "") for piso in pisos]
        self.firmas = frozenset(p.casefold() for p in primeras if p)

    def es_encabezado(self, celdas: Sequence[str]) -> bool:
        comparables = [clave_comparable(c) for c in celdas]
        return any(
            all(a == b for a, b in zip(comparables, piso, strict=False)) for piso in self._pisos
        )

    def que_es(self, celdas: Sequence[str]) -> str | None:
        """El código con que se quita, o None si es un dato."""
        primera, *otras = [c.strip(BLANCOS) for c in celdas if c.strip(BLANCOS)]
        if _TOTAL.match(primera) and all(_NUMERO.match(c) for c in otras):
            return RENGLON_DE_TOTAL
        if self._ancho >= COLUMNAS_PARA_NOTAS and len(otras) <= 1 and _NOTA.match(primera):
            return NOTA_AL_PIE
        return None

    def quiza_es_nota(self, celdas: Sequence[str]) -> bool:
        """Una sola celda, en una tabla ancha: tras un hueco y al final, es nota o firma."""
        return (
            self._ancho >= COLUMNAS_PARA_NOTAS and sum(bool(c.strip(BLANCOS)) for c in celdas) == 1
        )
