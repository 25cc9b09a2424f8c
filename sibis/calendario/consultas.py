"""Las mismas cuentas de sibis/nucleo/dias_habiles.py con los inhábiles que están en la base.

Quien cuenta muchos plazos de una vez pide `inhabiles(…)` una vez y usa la aritmética del núcleo.
"""

from __future__ import annotations

import datetime

from sibis.calendario.models import DiaInhabil, PeriodoDeVeda
from sibis.nucleo import dias_habiles

Ambito = DiaInhabil.Ambito
# Hasta aquí llega el plazo más largo que se cuenta: no se trae el calendario de otro siglo.
HORIZONTE = datetime.timedelta(days=366 * 3)


def inhabiles(
    desde: datetime.date, hasta: datetime.date, *, ambito: str = Ambito.CIUDAD
) -> frozenset[datetime.date]:
    """Los días inhábiles confirmados entre esas fechas, incluidas. Una consulta."""
    return frozenset(
        DiaInhabil.objects.confirmados()
        .filter(ambito=ambito, fecha__range=(desde, hasta))
        .values_list("fecha", flat=True)
    )


def sumar_habiles(fecha: datetime.date, n: int, *, ambito: str = Ambito.CIUDAD) -> datetime.date:
    """El enésimo día hábil después de esa fecha. Una consulta."""
    dias = inhabiles(fecha, fecha + HORIZONTE, ambito=ambito)
    return dias_habiles.sumar_habiles(fecha, n, dias)


def habiles_entre(a: datetime.date, b: datetime.date, *, ambito: str = Ambito.CIUDAD) -> int:
    """Hábiles después de `a` y hasta `b`, incluido; negativo si `b` es anterior. Una consulta."""
    return dias_habiles.habiles_entre(a, b, inhabiles(min(a, b), max(a, b), ambito=ambito))


def siguiente_habil(fecha: datetime.date, *, ambito: str = Ambito.CIUDAD) -> datetime.date:
    """El mismo día o el primero hábil que le sigue. Una consulta."""
    return sumar_habiles(fecha, 0, ambito=ambito)


def veda_vigente(fecha: datetime.date | None = None) -> PeriodoDeVeda | None:
    """La veda que rige ese día (hoy en la Ciudad, si no se dice), o nada."""
    return PeriodoDeVeda.objects.vigente(fecha)
