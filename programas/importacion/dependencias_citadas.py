"""Qué dependencia nombra una hoja: por su clave, sus siglas, sus nombres de antes, o su nombre abreviado."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sibis.cuentas.models import Dependencia
from sibis.nucleo.normalizacion import clave_comparable

_ENLACES = frozenset({"a", "al", "de", "del", "e", "el", "la", "las", "los", "para", "y"})
_DE_ALCALDIA = frozenset({"alcaldia", "delegacion"})
_PALABRAS_PARA_ABREVIAR = 2
_SUGERENCIAS, _PARECIDO = 2, 0.8


@dataclass(frozen=True, slots=True)
class DependenciasCitadas:
    _exactas: Mapping[str, Dependencia]
    _abreviadas: Mapping[str, frozenset[Dependencia]]

    def hallar(self, citada: str) -> tuple[Dependencia | None, bool]:
        """La dependencia y si hubo que interpretarla. Si dos le quedan igual, ninguna."""
        if exacta := self._exactas.get(clave_comparable(citada)):
            return exacta, False
        corta = _esencial(citada)
        halladas = self._abreviadas.get(corta) or self._que_empiezan(corta)
        return (next(iter(halladas)), True) if len(halladas) == 1 else (None, False)

    def _que_empiezan(self, corta: str) -> frozenset[Dependencia]:
        """«Instituto de la Juventud» es el de la Ciudad de México; «Secretaría», cualquiera."""
        if len(corta.split()) < _PALABRAS_PARA_ABREVIAR:
            return frozenset()
        casos = (d for nombre, d in self._abreviadas.items() if nombre.startswith(f"{corta} "))
        return frozenset[Dependencia]().union(*casos)

    def queja(self, citada: str) -> str:
        """Lo que lee quien escribió un nombre que no está: cuál se parece y qué puede hacer."""
        cercanos = difflib.get_close_matches(
            _esencial(citada), self._abreviadas, n=_SUGERENCIAS, cutoff=_PARECIDO
        )
        nombres = {d.nombre for c in cercanos for d in self._abreviadas[c]}
        parecidas = " o ".join(f"«{nombre}»" for nombre in sorted(nombres))
        return (
            f"No hay una dependencia «{citada[:60]}»."
            + (f" ¿Es {parecidas}?" if parecidas else "")
            + " Pide que la den de alta, o deja «Dependencia» vacía y escribe su nombre en «Fuente»."
        )


def dependencias_citadas() -> DependenciasCitadas:
    exactas: dict[str, Dependencia] = {}
    abreviadas: dict[str, set[Dependencia]] = defaultdict(set)
    for dependencia in Dependencia.objects.prefetch_related("denominaciones"):
        nombres = [dependencia.clave, dependencia.siglas, dependencia.nombre]
        nombres += [n for d in dependencia.denominaciones.all() for n in (d.nombre, d.siglas)]
        for nombre in filter(None, map(clave_comparable, nombres)):
            exactas.setdefault(nombre, dependencia)
            abreviadas[_esencial(nombre)].add(dependencia)
    abreviadas.pop("", None)
    return DependenciasCitadas(exactas, {n: frozenset(d) for n, d in abreviadas.items()})


def _esencial(nombre: str) -> str:
    """Sin artículos ni preposiciones, y sin «Alcaldía»: «Gustavo A. Madero» ya dice cuál es."""
    palabras = [p for p in clave_comparable(nombre).split() if p not in _ENLACES]
    if len(palabras) > 1 and palabras[0] in _DE_ALCALDIA:
        palabras = palabras[1:]
    return " ".join(palabras)
