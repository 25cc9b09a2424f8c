"""La agenda de una persona: lo de su dependencia o, para quien valida, lo de toda la Ciudad."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from sibis.agenda.consultas.mes import Mes, cuadricula, del_mes
from sibis.agenda.consultas.redaccion import como_va
from sibis.agenda.estados import EstadoVencimiento as E
from sibis.agenda.models import Vencimiento
from sibis.agenda.models.vencimiento import condicion_de
from sibis.cuentas.permisos import Ambito
from sibis.formatos.fechas import mes as mes_en_palabras

POR_PAGINA = 50
ABIERTOS = "por_cumplir"  # lo que falta, sin decir en qué estado


@dataclass(frozen=True, slots=True)
class Filtros:
    """Lo que se pidió ver, ya revisado."""

    estado: str = ABIERTOS
    dependencia: int | None = None
    obligacion: int | None = None
    ejercicio: int | None = None
    mes: datetime.date | None = None
    dia: datetime.date | None = None

    def consulta(self, *, sin: tuple[str, ...] = ()) -> str:
        valores = {
            "estado": "" if self.estado == ABIERTOS else self.estado,
            "dependencia": self.dependencia or "",
            "obligacion": self.obligacion or "",
            "ejercicio": self.ejercicio or "",
            "mes": f"{self.mes:%Y-%m}" if self.mes else "",
            "dia": f"{self.dia:%Y-%m-%d}" if self.dia else "",
        }
        return urlencode({c: v for c, v in valores.items() if v and c not in sin})


@dataclass(frozen=True, slots=True)
class Renglon:
    vencimiento: Vencimiento
    estado: str
    como_va: str


@dataclass(frozen=True, slots=True)
class Grupo:
    """Los plazos de un mes."""

    titulo: str
    renglones: tuple[Renglon, ...]


@dataclass(frozen=True, slots=True)
class Cuenta:
    estado: str
    nombre: str
    total: int
    url: str
    es_el_elegido: bool


@dataclass(frozen=True, slots=True)
class Paginas:
    actual: int
    total: int
    anterior_url: str
    siguiente_url: str


@dataclass(frozen=True, slots=True)
class PaginaDeAgenda:
    grupos: tuple[Grupo, ...]
    total: int
    cuentas: tuple[Cuenta, ...]
    mes: Mes
    paginas: Paginas


def agenda(ambito: Ambito, filtros: Filtros, *, hoy: datetime.date, pagina: int) -> PaginaDeAgenda:
    """Cinco consultas, sean cuantos sean los plazos."""
    base = _con_dia(Vencimiento.objects.del_ambito(ambito)).filter(_de_que(filtros))
    elegidos = base.filter(_en_que_estado(filtros, hoy))
    primero = filtros.mes or (filtros.dia or hoy).replace(day=1)
    visibles = elegidos.filter(_cuando(filtros)).select_related("obligacion", "dependencia")
    paginador = Paginator(visibles.order_by("dia_del_plazo", "pk"), POR_PAGINA)
    hoja = paginador.get_page(pagina)
    consulta = filtros.consulta(sin=("mes", "dia"))
    url_base = f"?{consulta}&" if consulta else "?"
    return PaginaDeAgenda(
        grupos=tuple(_por_mes(list(hoja.object_list), hoy)),
        total=paginador.count,
        cuentas=_cuentas(base.filter(_cuando(filtros)), filtros, hoy),
        mes=cuadricula(elegidos, primero, hoy, url_base=url_base),
        paginas=_paginas(hoja, filtros),
    )


def _con_dia(consulta: QuerySet) -> QuerySet:
    return consulta.annotate(dia_del_plazo=Coalesce("prorrogado_al", "vence_el"))


def _de_que(f: Filtros) -> Q:
    pares = {
        "dependencia": f.dependencia,
        "obligacion": f.obligacion,
        "ejercicio": f.ejercicio,
    }
    return Q(**{campo: valor for campo, valor in pares.items() if valor is not None})


def _cuando(f: Filtros) -> Q:
    if f.dia is not None:
        return Q(dia_del_plazo=f.dia)
    return del_mes(f.mes) if f.mes is not None else Q()


def _en_que_estado(f: Filtros, hoy: datetime.date) -> Q:
    if f.estado == ABIERTOS:
        return Q(sin_efecto_el__isnull=True, cumplido_que="")
    return condicion_de(f.estado, hoy)


def _cuentas(base: QuerySet, filtros: Filtros, hoy: datetime.date) -> tuple[Cuenta, ...]:
    """Cuántos hay de cada estado, en una consulta; tocar uno lo filtra."""
    totales = base.order_by().aggregate(
        **{e.value: Count("pk", filter=condicion_de(e, hoy)) for e in E}
    )
    consulta = filtros.consulta(sin=("estado",))
    cola = f"&{consulta}" if consulta else ""
    return tuple(
        Cuenta(
            e.value,
            e.label.capitalize(),
            totales[e.value],
            f"?estado={e.value}{cola}",
            filtros.estado == e,
        )
        for e in E
        if totales[e.value] or filtros.estado == e
    )


def _por_mes(vencimientos: list[Vencimiento], hoy: datetime.date) -> Iterator[Grupo]:
    for primero, grupo in groupby(vencimientos, key=lambda v: v.plazo.replace(day=1)):
        renglones = tuple(Renglon(v, v.estado_en(hoy).value, como_va(v, hoy)) for v in grupo)
        yield Grupo(mes_en_palabras(primero), renglones)


def _paginas(hoja: object, filtros: Filtros) -> Paginas:
    consulta = filtros.consulta()
    cola = f"&{consulta}" if consulta else ""

    def url(numero: int) -> str:
        return f"?pagina={numero}{cola}"

    return Paginas(
        actual=hoja.number,
        total=hoja.paginator.num_pages,
        anterior_url=url(hoja.previous_page_number()) if hoja.has_previous() else "",
        siguiente_url=url(hoja.next_page_number()) if hoja.has_next() else "",
    )
