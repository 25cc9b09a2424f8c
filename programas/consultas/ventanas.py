"""Estado de hoy de un programa en un ejercicio: lo que dicen juntas sus convocatorias."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models.functions import Now

from programas.consultas import redaccion
from programas.estados import EstadoConvocatoria as E
from programas.models import Convocatoria

Llave = tuple[int, int]  # programa, ejercicio

_CLASE = {
    Convocatoria.Modo.NORMAL.value: 1,
    Convocatoria.Modo.LISTA_DE_ESPERA.value: 2,
    Convocatoria.Modo.PAUSADA.value: 3,
}
_ESTADO = {1: E.ABIERTO.value, 2: E.LISTA_DE_ESPERA.value, 3: E.PAUSADO.value}
_CERRADA = 4


class Plazo(NamedTuple):
    """Lo que importa de una convocatoria para saber si hoy se puede pedir."""

    abre: datetime.datetime
    cierra: datetime.datetime | None
    modo: str
    demostracion: bool

    def clase(self, ahora: datetime.datetime) -> int:
        """Del 1 al 4: abierta, lista de espera, en pausa, cerrada."""
        if self.abre > ahora or (self.cierra is not None and self.cierra <= ahora):
            return _CERRADA
        return _CLASE[self.modo]


@dataclass(frozen=True, slots=True)
class Ventana:
    """Estado de hoy de un programa en un ejercicio."""

    estado: str = E.CERRADO.value
    cierra: datetime.datetime | None = None
    abre: datetime.datetime | None = None
    demostracion: bool = False
    conocida: bool = False

    @property
    def texto(self) -> str:
        return redaccion.estado_en_palabras(
            self.estado, cierra=self.cierra, abre=self.abre, tiene_convocatoria=self.conocida
        )


def ventana(plazos: Sequence[Plazo], ahora: datetime.datetime) -> Ventana:
    """Abierta gana a lista de espera y ésta a pausa.

    El cierre es el de esa clase, el más tardío: una abierta sin fin no «cierra» porque otra sí.
    """
    if not plazos:
        return Ventana()
    clases = [p.clase(ahora) for p in plazos]
    mejor = min(clases)
    cierres = [p.cierra for p, clase in zip(plazos, clases, strict=True) if clase == mejor]
    fechas = [c for c in cierres if c is not None]
    cierra = max(fechas) if mejor != _CERRADA and len(fechas) == len(cierres) else None
    return Ventana(
        estado=_ESTADO.get(mejor, E.CERRADO.value),
        cierra=cierra,
        abre=min((p.abre for p in plazos if p.abre > ahora), default=None),
        demostracion=any(p.demostracion for p in plazos),
        conocida=True,
    )


def proximo_cambio(plazos: Iterable[Plazo], ahora: datetime.datetime) -> datetime.datetime | None:
    """Cuándo deja de valer lo calculado ahora: la siguiente apertura o cierre."""
    momentos = (m for p in plazos for m in (p.abre, p.cierra) if m is not None and m > ahora)
    return min(momentos, default=None)


_COLUMNAS = ("programa_id", "ejercicio", "abre", "cierra", "modo", "es_demostracion")


def plazos() -> dict[Llave, list[Plazo]]:
    """Todos, por programa y ejercicio, en una consulta."""
    agrupados: dict[Llave, list[Plazo]] = defaultdict(list)
    for programa, ejercicio, *plazo in Convocatoria.objects.order_by().values_list(*_COLUMNAS):
        agrupados[programa, ejercicio].append(Plazo(*plazo))
    return dict(agrupados)


def ventanas_de(llaves: Iterable[Llave]) -> dict[Llave, Ventana]:
    """{(programa, ejercicio): Ventana} de las que tienen convocatoria, en una consulta."""
    pedidas = set(llaves)
    if not pedidas:
        return {}
    agrupados: dict[Llave, list[Plazo]] = defaultdict(list)
    suyas = Convocatoria.objects.filter(programa__in={programa for programa, _ in pedidas})
    # La hora es la de la base: la misma para todos los procesos y quieta durante la consulta.
    renglones = list(suyas.order_by().values_list(*_COLUMNAS, Now()))
    for programa, ejercicio, *plazo, _ahora in renglones:
        agrupados[programa, ejercicio].append(Plazo(*plazo))
    if not renglones:
        return {}
    ahora = renglones[0][-1]
    return {llave: ventana(suyos, ahora) for llave, suyos in agrupados.items() if llave in pedidas}
