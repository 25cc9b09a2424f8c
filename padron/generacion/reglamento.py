"""Lo que el padrón inventado obedece: a quién, dónde, cuánto y cuándo."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sibis.nucleo.edades import edad_en_meses

MAYORIA_DE_EDAD = 18 * 12
_EDAD_MAXIMA = 99 * 12


@dataclass(frozen=True, slots=True)
class ApoyoInventado:
    """Sin montos, el apoyo es en especie y la celda va vacía. Con solo el mayor, es un tope."""

    modalidad: str
    minimo: Decimal | None
    maximo: Decimal | None


@dataclass(frozen=True, slots=True)
class Reglamento:
    """Los límites de edad son meses cumplidos, incluidos. Sin alcaldías, toda la ciudad.

    `colonias`: las del catálogo de la base, por clave de alcaldía; vacío, unas cuantas escritas aquí.
    """

    ejercicio: int = 2025
    entregas_desde: datetime.date = datetime.date(2025, 1, 1)
    entregas_hasta: datetime.date = datetime.date(2025, 1, 31)
    prefijo: str = "BS"
    edad_min_meses: int | None = MAYORIA_DE_EDAD
    edad_max_meses: int | None = None
    sexo: str | None = None
    alcaldias: frozenset[str] = frozenset()
    apoyos: tuple[ApoyoInventado, ...] = (
        ApoyoInventado("Apoyo económico mensual", Decimal("1200.00"), Decimal("1200.00")),
    )
    tipos: frozenset[str] = frozenset(("persona", "menor"))
    colonias: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hay_catalogo_de_colonias: bool = False

    @property
    def admite_menores(self) -> bool:
        return (self.edad_min_meses or 0) < MAYORIA_DE_EDAD

    def nacimientos(self) -> list[datetime.date]:
        """Los días en que pudo nacer alguien que cumple la edad todo el ejercicio, con un mes de holgura.

        Así el renglón es bueno a cualquier fecha en que la regla mida la edad. Si el rango es tan
        angosto que nadie lo cumple todo el año, basta con cumplirlo en los días de entrega.
        """
        enero, diciembre = (
            datetime.date(self.ejercicio, 1, 1),
            datetime.date(self.ejercicio, 12, 31),
        )
        return self._entre(enero, diciembre, holgura=1) or self._entre(
            self.entregas_desde, self.entregas_hasta, holgura=0
        )

    def _entre(
        self, desde: datetime.date, hasta: datetime.date, *, holgura: int
    ) -> list[datetime.date]:
        minimo = self.edad_min_meses + holgura if self.edad_min_meses else 0
        maximo = _EDAD_MAXIMA
        if self.edad_max_meses is not None:
            maximo = min(maximo, self.edad_max_meses - holgura)
        dias = (desde - datetime.timedelta(days=n) for n in range(100 * 366))
        return [
            dia
            for dia in dias
            if edad_en_meses(dia, al=desde) >= minimo and edad_en_meses(dia, al=hasta) <= maximo
        ]


NEUTRO = Reglamento()
