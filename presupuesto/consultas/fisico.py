"""El avance físico de un programa: lo último que se sabe de cada meta."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import DecimalField, IntegerField, Value
from django.db.models.functions import Coalesce

from presupuesto.models import AvanceFisico
from programas.models import MetaFisica, ReglaOperacion
from sibis.nucleo.cifras import Origen


@dataclass(frozen=True, slots=True)
class Fisico:
    """Una meta y cuánto va. Sin `alcanzado`, solo se conoce la meta."""

    unidad: str
    meta: Decimal
    alcanzado: Decimal | None
    trimestre: int | None
    hasta: str
    origen: Origen
    demostracion: bool = False

    @property
    def avance(self) -> Decimal | None:
        return None if self.alcanzado is None else round(self.alcanzado / self.meta * 100, 1)


def de(avance: AvanceFisico) -> Fisico:
    return Fisico(
        unidad=avance.unidad,
        meta=avance.meta,
        alcanzado=avance.alcanzado,
        trimestre=avance.trimestre,
        hasta=str(avance.get_trimestre_display()),
        origen=Origen(avance.fuente, avance.fuente_url),
        demostracion=avance.es_demostracion,
    )


_DE_AVANCE = (
    "programa_id",
    "trimestre",
    "unidad",
    "meta",
    "alcanzado",
    "fuente",
    "fuente_url",
    "es_demostracion",
    Value(0),
)
_DE_META = (
    "regla__programa_id",
    Value(None, output_field=IntegerField()),
    "unidad",
    "cantidad",
    Value(None, output_field=DecimalField()),
    Coalesce("fuente__texto", Value("")),
    Coalesce("fuente__url", Value("")),
    Value(False),
    "orden",
)


def del_ejercicio(ejercicio: int, programas: list[int] | None = None) -> dict[int, Fisico]:
    """Por programa, su primera meta con lo último alcanzado; si no hay avance, la meta sola."""
    avances = AvanceFisico.objects.filter(ejercicio=ejercicio).order_by()
    metas = MetaFisica.objects.filter(
        regla__in=ReglaOperacion.objects.publicadas().filter(ejercicio=ejercicio), cantidad__gt=0
    ).order_by()
    if programas is not None:
        avances = avances.filter(programa__in=programas)
        metas = metas.filter(regla__programa__in=programas)
    juntas = avances.values_list(*_DE_AVANCE).union(metas.values_list(*_DE_META), all=True)
    filas = list(juntas.order_by("trimestre", "-unidad"))
    ultimos = {fila[0]: _de_fila(*fila[1:-1]) for fila in filas if fila[1] is not None}
    for fila in sorted((f for f in filas if f[1] is None), key=lambda f: f[-1]):
        ultimos.setdefault(fila[0], _de_fila(*fila[1:-1]))
    return ultimos


def _de_fila(
    trimestre: int | None,
    unidad: str,
    meta: Decimal,
    alcanzado: Decimal | None,
    fuente: str,
    fuente_url: str,
    demostracion: bool,
) -> Fisico:
    """Un avance, o una meta de la que no se sabe más."""
    hasta = "" if trimestre is None else str(AvanceFisico.Trimestre(trimestre).label)
    origen = Origen(fuente, fuente_url)
    return Fisico(unidad, Decimal(meta), alcanzado, trimestre, hasta, origen, demostracion)


def por_trimestre(programa: int) -> dict[int, dict[int, Fisico]]:
    """De un programa: ejercicio → trimestre → avance de su primera meta."""
    hallados: dict[int, dict[int, Fisico]] = defaultdict(dict)
    for avance in AvanceFisico.objects.filter(programa=programa).order_by("trimestre", "-unidad"):
        hallados[avance.ejercicio][avance.trimestre] = de(avance)
    return dict(hallados)
