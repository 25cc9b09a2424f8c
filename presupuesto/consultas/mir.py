"""La matriz de indicadores de un programa en un año, nivel por nivel."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch

from presupuesto.models import Indicador, Medicion
from programas.models import Programa


@dataclass(frozen=True, slots=True)
class Medido:
    """Un indicador con lo último que salió."""

    indicador: Indicador
    mediciones: tuple[Medicion, ...]

    @property
    def ultima(self) -> Medicion | None:
        return self.mediciones[-1] if self.mediciones else None

    @property
    def cumplimiento(self) -> Decimal | None:
        """Lo último contra la meta, en por ciento. Sin meta mayor que cero no se puede decir."""
        if self.ultima is None or not self.indicador.meta:
            return None
        return round(self.ultima.valor / self.indicador.meta * 100, 1)


@dataclass(frozen=True, slots=True)
class Nivel:
    clave: str
    nombre: str
    indicadores: tuple[Medido, ...]


@dataclass(frozen=True, slots=True)
class Matriz:
    programa: Programa
    ejercicio: int
    niveles: tuple[Nivel, ...]
    ejercicios: tuple[int, ...]

    @property
    def cuantos(self) -> int:
        return sum(len(n.indicadores) for n in self.niveles)

    @property
    def hay_demostracion(self) -> bool:
        return any(m.indicador.es_demostracion for n in self.niveles for m in n.indicadores)


def matriz(programa: Programa, ejercicio: int, *, con_otros_anios: bool = True) -> Matriz:
    """Los cuatro niveles en su orden; solo los que tienen indicadores."""
    indicadores = (
        Indicador.objects.filter(programa=programa, ejercicio=ejercicio)
        .prefetch_related(Prefetch("mediciones", Medicion.objects.order_by("hasta")))
        .order_by("orden", "pk")
    )
    medidos = [Medido(i, tuple(i.mediciones.all())) for i in indicadores]
    niveles = (
        Nivel(str(n), str(nombre), tuple(m for m in medidos if m.indicador.nivel == n))
        for n, nombre in Indicador.Nivel.choices
    )
    anios: tuple[int, ...] = ()
    if con_otros_anios:
        suyos = Indicador.objects.filter(programa=programa).order_by("-ejercicio")
        anios = tuple(suyos.values_list("ejercicio", flat=True).distinct())
    return Matriz(
        programa,
        ejercicio,
        tuple(n for n in niveles if n.indicadores),
        anios,
    )
