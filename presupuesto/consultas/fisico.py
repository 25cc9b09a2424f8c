"""El avance físico de un programa: lo último que se sabe de cada meta."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

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


def del_ejercicio(ejercicio: int, programas: list[int] | None = None) -> dict[int, Fisico]:
    """Por programa, su primera meta con lo último alcanzado; si no hay avance, la meta sola."""
    ultimos: dict[int, Fisico] = {}
    avances = AvanceFisico.objects.filter(ejercicio=ejercicio)
    metas = MetaFisica.objects.filter(
        regla__in=ReglaOperacion.objects.publicadas().filter(ejercicio=ejercicio), cantidad__gt=0
    ).select_related("regla", "fuente")
    if programas is not None:
        avances = avances.filter(programa__in=programas)
        metas = metas.filter(regla__programa__in=programas)
    for avance in avances.order_by("programa", "trimestre", "-unidad"):
        ultimos[avance.programa_id] = de(avance)
    for meta in metas.order_by("orden"):
        ultimos.setdefault(meta.regla.programa_id, _solo_meta(meta))
    return ultimos


def _solo_meta(meta: MetaFisica) -> Fisico:
    fuente = meta.fuente
    origen = Origen(fuente.texto, fuente.url) if fuente else Origen("")
    return Fisico(meta.unidad, Decimal(meta.cantidad), None, None, "", origen)


def por_trimestre(programa: int) -> dict[int, dict[int, Fisico]]:
    """De un programa: ejercicio → trimestre → avance de su primera meta."""
    hallados: dict[int, dict[int, Fisico]] = defaultdict(dict)
    for avance in AvanceFisico.objects.filter(programa=programa).order_by("trimestre", "-unidad"):
        hallados[avance.ejercicio][avance.trimestre] = de(avance)
    return dict(hallados)
