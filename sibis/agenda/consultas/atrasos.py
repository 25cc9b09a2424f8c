"""Quién va tarde: por dependencia, cuántos, de cuánto y qué parte cumplió a tiempo."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.http import urlencode

from sibis.agenda.estados import EstadoVencimiento as E
from sibis.agenda.models import Vencimiento
from sibis.agenda.models.vencimiento import condicion_de
from sibis.cuentas.permisos import Ambito

COLUMNAS = (
    "dependencia",
    "siglas",
    "vencidos",
    "peor_retraso_dias",
    "en_prorroga",
    "cumplidos_a_tiempo",
    "cumplidos_tarde",
    "cumplidos_sin_fecha",
    "porcentaje_a_tiempo",
)


@dataclass(frozen=True, slots=True)
class Fila:
    dependencia: str
    siglas: str
    vencidos: int
    peor_retraso_dias: int
    en_prorroga: int
    cumplidos_a_tiempo: int
    cumplidos_tarde: int
    cumplidos_sin_fecha: int
    url: str

    @property
    def porcentaje_a_tiempo(self) -> int | None:
        """De lo que ya se debía y se sabe cuándo se hizo. None si todavía no hay nada."""
        exigibles = self.cumplidos_a_tiempo + self.cumplidos_tarde + self.vencidos
        return self.cumplidos_a_tiempo * 100 // exigibles if exigibles else None


def atrasos(ambito: Ambito, *, anio: int, hoy: datetime.date) -> list[Fila]:
    """De los plazos que terminan ese año. Una consulta; primero quien más debe."""
    vencido = condicion_de(E.VENCIDO, hoy)
    filas = (
        Vencimiento.objects.vigentes()
        .del_ambito(ambito)
        .filter(limite__year=anio)
        .order_by()
        .values("dependencia", "dependencia__nombre", "dependencia__siglas")
        .annotate(
            peor=Min("limite", filter=vencido),
            **{e.value: Count("pk", filter=condicion_de(e, hoy)) for e in _SE_CUENTAN},
        )
    )
    hechas = [_fila(f, hoy) for f in filas]
    return sorted(hechas, key=lambda f: (-f.vencidos, -f.peor_retraso_dias, f.dependencia))


_SE_CUENTAN = (E.VENCIDO, E.EN_PRORROGA, E.CUMPLIDO, E.CUMPLIDO_TARDE, E.CUMPLIDO_SIN_FECHA)


def _fila(f: dict, hoy: datetime.date) -> Fila:
    consulta = urlencode({"estado": E.VENCIDO.value, "dependencia": f["dependencia"]})
    return Fila(
        dependencia=f["dependencia__nombre"],
        siglas=f["dependencia__siglas"],
        vencidos=f[E.VENCIDO],
        peor_retraso_dias=(hoy - f["peor"]).days if f["peor"] else 0,
        en_prorroga=f[E.EN_PRORROGA],
        cumplidos_a_tiempo=f[E.CUMPLIDO],
        cumplidos_tarde=f[E.CUMPLIDO_TARDE],
        cumplidos_sin_fecha=f[E.CUMPLIDO_SIN_FECHA],
        url=f"{reverse('agenda:agenda')}?{consulta}",
    )


def anios(ambito: Ambito) -> list[int]:
    """De qué años hay plazos, el más reciente primero."""
    return list(
        Vencimiento.objects.vigentes()
        .del_ambito(ambito)
        .order_by("-limite__year")
        .values_list("limite__year", flat=True)
        .distinct()
    )
