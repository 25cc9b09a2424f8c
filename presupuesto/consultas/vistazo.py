"""El presupuesto en la portada: tres números, su corte y a dónde ir por lo demás."""

from __future__ import annotations

from dataclasses import dataclass

from presupuesto.consultas import cortes as de_cortes
from presupuesto.consultas import montos
from presupuesto.consultas.montos import Filtros, Montos
from presupuesto.models import CorteDeEgresos
from sibis.nucleo.cifras import Origen


@dataclass(frozen=True, slots=True)
class Vistazo:
    corte: CorteDeEgresos
    total: Montos
    origen: Origen


def vistazo() -> Vistazo | None:
    """Lo del último ejercicio con archivo; None si no se ha cargado ninguno."""
    cortes = de_cortes.de_la_ciudad()
    ejercicio = de_cortes.ultimo(de_cortes.por_ejercicio(cortes))
    corte = de_cortes.elegido(cortes, ejercicio=ejercicio)
    if corte is None:
        return None
    total = montos.total(corte, Filtros(ejercicio=ejercicio))
    return Vistazo(corte, total, de_cortes.origen(corte)) if total.hay else None
