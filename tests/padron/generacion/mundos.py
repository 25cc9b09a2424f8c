"""Dos reglamentos: el de siempre, y uno tan exigente que en él cabe todo defecto."""

from __future__ import annotations

from decimal import Decimal

from padron.generacion.defecto import Mundo
from padron.generacion.moldes import moldes_de
from padron.generacion.personas import Inventor
from padron.generacion.reglamento import NEUTRO, ApoyoInventado, Reglamento

ESTRICTO = Reglamento(
    ejercicio=2025,
    edad_min_meses=4 * 12,
    edad_max_meses=30 * 12 - 1,
    sexo="M",
    alcaldias=frozenset(("09005", "09007")),
    apoyos=(
        ApoyoInventado("Apoyo mensual", Decimal("900.00"), Decimal("1350.50")),
        ApoyoInventado("Útiles, una vez", Decimal("1200.00"), Decimal("1200.00")),
    ),
    tipos=frozenset(("persona", "menor", "colectivo")),
    hay_catalogo_de_colonias=True,
)


def mundo_de(reglamento: Reglamento = NEUTRO, *, ampliado: bool = True) -> Mundo:
    return Mundo(reglamento, moldes_de(reglamento), ampliado)


def inventor_de(mundo: Mundo, *, semilla: int = 1) -> Inventor:
    return Inventor(mundo.reglamento, mundo.moldes, semilla=semilla, ampliado=mundo.ampliado)
