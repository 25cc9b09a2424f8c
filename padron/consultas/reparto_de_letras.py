"""Cómo quedaría el abecedario repartido en días, antes de planear nada."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from padron import letras
from padron.esperadas import cuantas_por_letra
from programas.models import Programa
from sibis.calendario.consultas import HORIZONTE, inhabiles
from sibis.nucleo.dias_habiles import sumar_habiles


@dataclass(frozen=True, slots=True)
class TramoDeLetras:
    letra_desde: str
    letra_hasta: str
    desde: datetime.date
    hasta: datetime.date
    esperadas: int

    @property
    def letras(self) -> str:
        return letras.en_palabras(self.letra_desde, self.letra_hasta)

    @property
    def para_crear(self) -> tuple[str, str, datetime.date, datetime.date]:
        return self.letra_desde, self.letra_hasta, self.desde, self.hasta


def repartir(
    programa: Programa,
    *,
    ejercicio: int,
    primer_dia: datetime.date,
    grupos: int,
    dias: int,
    periodo: str = "",
) -> list[TramoDeLetras]:
    """Un tramo por grupo, en días hábiles seguidos, parejo en personas si ya hay padrón."""
    cuantas = cuantas_por_letra(programa.pk, ejercicio, periodo)
    cerrados = inhabiles(primer_dia, primer_dia + HORIZONTE)
    hechos, dia = [], sumar_habiles(primer_dia, 0, cerrados)
    for letra_desde, letra_hasta in letras.dividir(grupos, cuantas):
        ultimo = sumar_habiles(dia, dias - 1, cerrados)
        suyas = letras.ALFABETO[letras.lugar(letra_desde) : letras.lugar(letra_hasta) + 1]
        esperadas = sum(cuantas.get(letra, 0) for letra in suyas)
        hechos.append(TramoDeLetras(letra_desde, letra_hasta, dia, ultimo, esperadas))
        dia = sumar_habiles(ultimo, 1, cerrados)
    return hechos
