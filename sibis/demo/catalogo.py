"""Los programas del catálogo real sobre los que se inventan ventanas, entregas y sedes."""

from __future__ import annotations

from dataclasses import dataclass

from programas.models import Apoyo, FichaPublica, Programa
from sibis.demo.azar import azar
from sibis.demo.guiones import PREFIJO

# Un programa cuyo último ejercicio quedó atrás se consulta, pero ya no se pide ni se entrega.
ANIOS_VIVOS = 3


@dataclass(frozen=True, slots=True)
class EnPortal:
    """Un programa con lo que hace falta saber de su último ejercicio publicado."""

    programa: Programa
    ejercicio: int
    dependencia: str
    apoyos: frozenset[str]
    derechos: frozenset[str]
    grupos: frozenset[str]
    alcaldias: frozenset[str]
    periodicidad: str

    @property
    def clave(self) -> str:
        return self.programa.clave

    @property
    def es_de_toda_la_ciudad(self) -> bool:
        return not self.alcaldias


def en_portal(semilla: int) -> list[EnPortal]:
    """Todos, del ejercicio más nuevo al más viejo; dentro de cada año, barajados."""
    # Los inventados de punta a punta (ejemplos.py) traen lo suyo.
    fichas = FichaPublica.objects.filter(es_ultima=True).exclude(
        programa__clave__startswith=PREFIJO
    )
    lista = [_leer(f) for f in fichas.select_related("programa").prefetch_related("regla__apoyos")]
    return sorted(lista, key=lambda p: (-p.ejercicio, azar(semilla, "lugar", p.clave).random()))


def vivos(programas: list[EnPortal]) -> list[EnPortal]:
    """Los de los últimos ejercicios con reglas publicadas."""
    ultimo = max((p.ejercicio for p in programas), default=0)
    return [p for p in programas if p.ejercicio > ultimo - ANIOS_VIVOS]


def _leer(ficha: FichaPublica) -> EnPortal:
    dinero = [a for a in ficha.regla.apoyos.all() if a.para == Apoyo.Para.BENEFICIARIAS]
    return EnPortal(
        programa=ficha.programa,
        ejercicio=ficha.ejercicio,
        dependencia=ficha.dependencia,
        apoyos=frozenset(ficha.apoyos),
        derechos=frozenset(ficha.derechos),
        grupos=frozenset(ficha.grupos),
        alcaldias=frozenset(ficha.alcaldias),
        periodicidad=next((a.periodicidad for a in dinero if a.periodicidad), ""),
    )
