"""El avance físico de un programa: lo último que se sabe de cada meta.

Lo aprobado en un informe trimestral manda sobre lo que se anotó de una fuente pública, que se sigue
pudiendo leer: si no dicen lo mismo, la página muestra los dos.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import (
    CharField,
    DateTimeField,
    DecimalField,
    IntegerField,
    QuerySet,
    Value,
)
from django.db.models.functions import Coalesce

from presupuesto.consultas.informes_aprobados import origen_de
from presupuesto.estados import EstadoInforme
from presupuesto.models import AvanceFisico, RenglonDeAvance
from programas.models import MetaFisica, ReglaOperacion
from sibis.nucleo.cifras import Origen
from sibis.nucleo.normalizacion import clave_comparable


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
    del_informe: bool = False

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


_SIN_FECHA = Value(None, output_field=DateTimeField())
_DE_AVANCE = (
    "programa_id",
    "trimestre",
    "unidad",
    "meta",
    "alcanzado",
    "fuente",
    "fuente_url",
    "es_demostracion",
    _SIN_FECHA,
    Value(0),
)
_VACIO = Value("", output_field=CharField())
_DE_INFORME = (
    "informe__programa_id",
    "informe__trimestre",
    "unidad",
    Coalesce("meta_modificada", "meta_original"),
    "alcanzada",
    _VACIO,
    _VACIO,
    "informe__es_demostracion",
    "informe__aprobado_en",
    "orden",
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
    _SIN_FECHA,
    "orden",
)


def _informados() -> QuerySet[RenglonDeAvance]:
    """Las metas de los informes aprobados, con la del año mayor que cero: sin ella no hay avance."""
    return (
        RenglonDeAvance.objects.filter(informe__estado=EstadoInforme.APROBADO)
        .alias(del_anio=Coalesce("meta_modificada", "meta_original"))
        .filter(del_anio__gt=0)
        .order_by()
    )


def del_ejercicio(ejercicio: int, programas: list[int] | None = None) -> dict[int, Fisico]:
    """Por programa, su primera meta con lo último alcanzado; si no hay avance, la meta sola."""
    avances = AvanceFisico.objects.filter(ejercicio=ejercicio).order_by()
    informados = _informados().filter(informe__ejercicio=ejercicio)
    metas = MetaFisica.objects.filter(
        regla__in=ReglaOperacion.objects.publicadas().filter(ejercicio=ejercicio), cantidad__gt=0
    ).order_by()
    if programas is not None:
        avances = avances.filter(programa__in=programas)
        informados = informados.filter(informe__programa__in=programas)
        metas = metas.filter(regla__programa__in=programas)
    juntas = avances.values_list(*_DE_AVANCE).union(
        informados.values_list(*_DE_INFORME), metas.values_list(*_DE_META), all=True
    )
    filas = list(juntas)
    ultimos = {
        fila[0]: _de_fila(*fila[1:-1])
        for fila in sorted((f for f in filas if f[1] is not None), key=_precedencia)
    }
    for fila in sorted((f for f in filas if f[1] is None), key=lambda f: (f[-1], f[2])):
        ultimos.setdefault(fila[0], _de_fila(*fila[1:-1]))
    return ultimos


def _precedencia(fila: tuple) -> tuple:
    """De menos a más: el trimestre, lo aprobado después de lo anotado, y la primera meta al final."""
    _programa, trimestre, unidad, *_otros, aprobado_en, orden = fila
    return trimestre, aprobado_en is not None, -orden, tuple(-ord(c) for c in unidad)


def _de_fila(
    trimestre: int | None,
    unidad: str,
    meta: Decimal,
    alcanzado: Decimal | None,
    fuente: str,
    fuente_url: str,
    demostracion: bool,
    aprobado_en: datetime | None = None,
) -> Fisico:
    """Un avance anotado, lo aprobado en un informe, o una meta de la que no se sabe más."""
    hasta = "" if trimestre is None else str(AvanceFisico.Trimestre(trimestre).label)
    origen = Origen(fuente, fuente_url)
    if aprobado_en is not None and trimestre is not None:
        origen = origen_de(trimestre, aprobado_en)
    return Fisico(
        unidad,
        Decimal(meta),
        alcanzado,
        trimestre,
        hasta,
        origen,
        demostracion,
        aprobado_en is not None,
    )


def por_trimestre(programa: int) -> dict[int, dict[int, list[Fisico]]]:
    """De un programa: ejercicio → trimestre → lo que dice cada fuente, la que manda primero."""
    avances = AvanceFisico.objects.filter(programa=programa).order_by()
    informados = _informados().filter(informe__programa=programa)
    juntas = avances.values_list("ejercicio", *_DE_AVANCE[1:]).union(
        informados.values_list("informe__ejercicio", *_DE_INFORME[1:]), all=True
    )
    hallados: dict[int, dict[int, list[Fisico]]] = defaultdict(lambda: defaultdict(list))
    for fila in sorted(juntas, key=_precedencia, reverse=True):
        hallados[fila[0]][fila[1]].append(_de_fila(*fila[1:-1]))
    return {anio: dict(trimestres) for anio, trimestres in hallados.items()}


def ultimos(de_un_anio: dict[int, list[Fisico]] | None) -> tuple[Fisico, ...]:
    """Del último trimestre que se sabe: el que manda y, si dice otra cosa de lo mismo, el otro."""
    if not de_un_anio:
        return ()
    manda, *otros = de_un_anio[max(de_un_anio)]
    if not manda.del_informe:
        return (manda,)
    difieren = [f for f in otros if f.alcanzado != manda.alcanzado and _mide_lo_mismo(f, manda)]
    return (manda, *difieren)


def _mide_lo_mismo(uno: Fisico, otro: Fisico) -> bool:
    return not uno.del_informe and clave_comparable(uno.unidad) == clave_comparable(otro.unidad)
