"""Un mes en cuadrícula: cuántos plazos caen cada día, con los días que no se trabajan a la vista."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.dates import WEEKDAYS

from sibis.agenda.estados import EstadoVencimiento as E
from sibis.agenda.models.vencimiento import condicion_de
from sibis.calendario.consultas import inhabiles
from sibis.formatos.fechas import mes as mes_en_palabras


@dataclass(frozen=True, slots=True)
class Dia:
    fecha: datetime.date
    es_del_mes: bool
    es_hoy: bool
    es_inhabil: bool
    plazos: int
    vencidos: int
    url: str


@dataclass(frozen=True, slots=True)
class Mes:
    titulo: str
    encabezados: tuple[str, ...]
    semanas: tuple[tuple[Dia, ...], ...]
    anterior: str
    siguiente: str


def cuadricula(
    vencimientos: QuerySet, primero: datetime.date, hoy: datetime.date, *, url_base: str
) -> Mes:
    """Dos consultas. `url_base` termina en «?» o «&»: se le añade el día o el mes."""
    semanas = calendar.Calendar().monthdatescalendar(primero.year, primero.month)
    desde, hasta = semanas[0][0], semanas[-1][-1]
    cuentas = {
        fila["dia_del_plazo"]: fila
        for fila in vencimientos.filter(dia_del_plazo__range=(desde, hasta))
        .order_by()
        .values("dia_del_plazo")
        .annotate(todos=Count("pk"), tarde=Count("pk", filter=condicion_de(E.VENCIDO, hoy)))
    }
    feriados = inhabiles(desde, hasta)

    def dia(fecha: datetime.date) -> Dia:
        fila = cuentas.get(fecha, {"todos": 0, "tarde": 0})
        return Dia(
            fecha=fecha,
            es_del_mes=fecha.month == primero.month,
            es_hoy=fecha == hoy,
            es_inhabil=fecha.weekday() > 4 or fecha in feriados,
            plazos=fila["todos"],
            vencidos=fila["tarde"],
            url=f"{url_base}dia={fecha:%Y-%m-%d}",
        )

    return Mes(
        titulo=mes_en_palabras(primero),
        encabezados=tuple(str(WEEKDAYS[n]) for n in range(7)),
        semanas=tuple(tuple(dia(f) for f in semana) for semana in semanas),
        anterior=f"{url_base}mes={_corrido(primero, -1):%Y-%m}",
        siguiente=f"{url_base}mes={_corrido(primero, 1):%Y-%m}",
    )


def del_mes(primero: datetime.date) -> Q:
    ultimo = _corrido(primero, 1) - datetime.timedelta(days=1)
    return Q(dia_del_plazo__range=(primero, ultimo))


def _corrido(primero: datetime.date, meses: int) -> datetime.date:
    anios, mes = divmod(primero.month - 1 + meses, 12)
    return datetime.date(primero.year + anios, mes + 1, 1)
