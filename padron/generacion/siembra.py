"""Qué defecto toca a qué renglón de un bloque. Cada renglón sucio queda anotado con todo lo que se le hizo."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from padron.generacion.defecto import Celdas, Defecto, DefectoDeGrupo, Mundo

_CON_DOS_DEFECTOS = 0.12
_INTENTOS = 24


@dataclass(slots=True)
class Bloque:
    """Unas filas seguidas, de quién es cada una y qué se le plantó."""

    filas: list[Celdas]
    personas: list[int]
    plantado: dict[int, list[str]] = field(default_factory=dict)


class Baraja:
    """Reparte los códigos parejo: hasta que salen todos, ninguno se repite."""

    def __init__(self, defectos: Mapping[str, Defecto | DefectoDeGrupo], dado: Random) -> None:
        self._defectos = list(defectos.values())
        self._dado = dado
        self._mazo: list[Defecto | DefectoDeGrupo] = []

    def sacar(
        self, sirve: Callable[[Defecto | DefectoDeGrupo], bool]
    ) -> Defecto | DefectoDeGrupo | None:
        """El siguiente que sirva; los que no, esperan su turno."""
        for _ in range(2):
            for lugar, defecto in enumerate(self._mazo):
                if sirve(defecto):
                    return self._mazo.pop(lugar)
            self._mazo += self._dado.sample(self._defectos, len(self._defectos))
        return None


class Sembrador:
    def __init__(self, mundo: Mundo, baraja: Baraja, *, con_segundo: bool = True) -> None:
        self._mundo = mundo
        self._baraja = baraja
        self._con_segundo = con_segundo

    def sembrar(
        self, bloque: Bloque, lugares: Sequence[int], limpias: Limpias, dado: Random
    ) -> None:
        """Ensucia justo esos lugares; lo que no cabe en los que quedan se cambia por otra cosa."""
        libres = list(lugares)
        while libres:
            quedan, ultimo = len(libres), libres[-1]

            def sirve(
                d: Defecto | DefectoDeGrupo, quedan: int = quedan, ultimo: int = ultimo
            ) -> bool:
                if isinstance(d, Defecto):
                    return True
                return d.cuantos <= quedan and (not d.original or limpias.hay_antes(ultimo))

            defecto = self._baraja.sacar(sirve)
            if defecto is None:
                return
            if isinstance(defecto, Defecto):
                self._uno(bloque, libres.pop(), defecto, dado)
            else:
                suyos = sorted(libres.pop() for _ in range(defecto.cuantos))
                self.varios(bloque, suyos, defecto, limpias, dado)

    def _uno(self, bloque: Bloque, lugar: int, defecto: Defecto, dado: Random) -> None:
        self.plantar(bloque, lugar, defecto, dado)
        if self._con_segundo and dado.random() < _CON_DOS_DEFECTOS:
            otro = self._baraja.sacar(
                lambda d: isinstance(d, Defecto) and not (d.usa & defecto.usa) and not d.tambien
            )
            if isinstance(otro, Defecto):
                self.plantar(bloque, lugar, otro, dado)

    def plantar(self, bloque: Bloque, lugar: int, defecto: Defecto, dado: Random) -> None:
        bloque.filas[lugar] = defecto.plantar(bloque.filas[lugar], dado, self._mundo)
        bloque.plantado.setdefault(lugar, []).append(defecto.codigo)

    def varios(
        self,
        bloque: Bloque,
        lugares: list[int],
        defecto: DefectoDeGrupo,
        limpias: Limpias,
        dado: Random,
    ) -> None:
        todos = lugares
        if defecto.original:
            todos = [limpias.una_antes(lugares[0], dado), *lugares]
            if defecto.misma_persona:
                for lugar in lugares:
                    bloque.personas[lugar] = bloque.personas[todos[0]]
        defecto.plantar([bloque.filas[lugar] for lugar in todos], dado, self._mundo)
        for lugar in lugares:
            bloque.plantado.setdefault(lugar, []).append(defecto.codigo)


class Limpias:
    """Los lugares de un bloque que nadie va a ensuciar: de ahí se copian las repetidas."""

    def __init__(self, cuantas: int, sucias: Iterable[int]) -> None:
        self._sucias = frozenset(sucias)
        self._primera = next((n for n in range(cuantas) if n not in self._sucias), cuantas)

    def hay_antes(self, lugar: int) -> bool:
        return lugar > self._primera

    def una_antes(self, lugar: int, dado: Random) -> int:
        for _ in range(_INTENTOS):
            otro = dado.randrange(lugar)
            if otro not in self._sucias:
                return otro
        return self._primera
