"""Presupuesto e indicadores en la API."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Query, Router

from presupuesto.models import CorteDeEgresos, Indicador, MontoDePrograma
from reportes.api import esquemas_de_numeros as esquemas
from reportes.api.cursor import Lista, pagina_de
from reportes.api.filtros import FiltrosDeIndicadores, FiltrosDePresupuesto

rutas = Router()


@rutas.get(
    "presupuesto",
    url_name="presupuesto",
    summary=gettext_noop("Presupuesto de cada programa, por año y momento"),
    description=gettext_noop(
        "De los cortes vigentes. `certeza` dice qué tan seguro es el enlace con la clave de Finanzas."
    ),
    response=Lista[esquemas.Monto],
)
def presupuesto(request: HttpRequest, pedidos: Query[FiltrosDePresupuesto]) -> dict[str, Any]:
    montos = MontoDePrograma.objects.filter(
        corte__estado=CorteDeEgresos.Estado.VIGENTE
    ).select_related("corte", "programa")
    if pedidos.programa:
        montos = montos.filter(programa__clave=pedidos.programa)
    if pedidos.ejercicio:
        montos = montos.filter(corte__ejercicio=pedidos.ejercicio)
    if pedidos.momento:
        montos = montos.filter(corte__momento=pedidos.momento)
    pagina, siguiente, total = pagina_de(request, pedidos, montos, ("pk",))
    resultados = [_monto(m) for m in pagina]
    return {"resultados": resultados, "siguiente": siguiente, "total": total}


def _monto(monto: MontoDePrograma) -> dict[str, Any]:
    corte = monto.corte
    iguales = ("aprobado", "modificado", "ejercido", "certeza", "confirmado", "claves")
    del_corte = ("ejercicio", "momento", "fuente", "fuente_url", "es_demostracion")
    return {
        **{campo: getattr(monto, campo) for campo in iguales},
        **{campo: getattr(corte, campo) for campo in del_corte},
        "programa": monto.programa.clave,
        "programa_nombre": monto.programa.nombre,
        "corte": corte.fecha_corte,
    }


@rutas.get(
    "indicadores",
    url_name="indicadores",
    summary=gettext_noop("Indicadores de cada programa (MIR) y lo que salió"),
    description=gettext_noop("Cada indicador con sus mediciones, de la primera a la última."),
    response=Lista[esquemas.Indicador],
)
def indicadores(request: HttpRequest, pedidos: Query[FiltrosDeIndicadores]) -> dict[str, Any]:
    todos = Indicador.objects.select_related("programa").prefetch_related("mediciones")
    if pedidos.programa:
        todos = todos.filter(programa__clave=pedidos.programa)
    if pedidos.ejercicio:
        todos = todos.filter(ejercicio=pedidos.ejercicio)
    if pedidos.nivel:
        todos = todos.filter(nivel=pedidos.nivel)
    pagina, siguiente, total = pagina_de(request, pedidos, todos, ("pk",))
    resultados = [_indicador(i) for i in pagina]
    return {"resultados": resultados, "siguiente": siguiente, "total": total}


def _indicador(indicador: Indicador) -> dict[str, Any]:
    iguales = (
        "id", "ejercicio", "nivel", "objetivo", "nombre", "formula", "unidad", "sentido",
        "frecuencia", "linea_base", "meta", "fuente", "es_demostracion",
    )  # fmt: skip
    return {
        **{campo: getattr(indicador, campo) for campo in iguales},
        "programa": indicador.programa.clave,
        "mediciones": list(indicador.mediciones.all()),
    }
