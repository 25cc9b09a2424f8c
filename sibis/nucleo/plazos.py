"""De una regla de fecha, que es un dato, al día en que algo vence.

`fija`: un día y un mes, del ejercicio o del siguiente. `tras_trimestre`: tantos días después del
cierre de un trimestre. `tras_fecha`: tantos días después de un día fijo. Los días son naturales o
hábiles.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from sibis.nucleo import dias_habiles


class ClaseDeFecha(StrEnum):
    FIJA = "fija"
    TRAS_TRIMESTRE = "tras_trimestre"
    TRAS_FECHA = "tras_fecha"


@dataclass(frozen=True, slots=True)
class ReglaDeFecha:
    """Lo que no usa su clase, se ignora."""

    clase: str
    dia: int = 1
    mes: int = 1
    anio: int = 0  # respecto del ejercicio: -1 el anterior, 0 el mismo, 1 el siguiente
    dias: int = 0
    habiles: bool = False

    def vence(
        self,
        ejercicio: int,
        trimestre: int | None = None,
        *,
        inhabiles: Collection[datetime.date] = (),
    ) -> datetime.date:
        """El último día para cumplir. Levanta ValueError si le falta el trimestre."""
        if self.clase == ClaseDeFecha.TRAS_TRIMESTRE:
            if trimestre is None:
                raise ValueError("Este plazo se cuenta desde el cierre de un trimestre.")
            base = cierre_de_trimestre(ejercicio, trimestre)
        else:
            base = dia_que_existe(ejercicio + self.anio, self.mes, self.dia)
        if self.clase == ClaseDeFecha.FIJA:
            return base
        if self.habiles:
            return dias_habiles.sumar_habiles(base, self.dias, inhabiles)
        return base + datetime.timedelta(days=self.dias)


def cierre_de_trimestre(ejercicio: int, trimestre: int) -> datetime.date:
    """31 de marzo, 30 de junio, 30 de septiembre o 31 de diciembre."""
    if not 1 <= trimestre <= 4:
        raise ValueError("Los trimestres van del 1 al 4.")
    return dia_que_existe(ejercicio, trimestre * 3, 31)


def dia_que_existe(anio: int, mes: int, dia: int) -> datetime.date:
    """Ese día o, si el mes es más corto, su último: el 29 de febrero cae en 28 los años comunes."""
    return datetime.date(anio, mes, min(dia, calendar.monthrange(anio, mes)[1]))
