"""Qué columna del archivo es cuál de las nuestras: se adivina por su título o por lo que trae."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from padron.lectura import Lectura
from padron.validacion.columnas import COLUMNAS
from padron.validacion.columnas.fechas import Ordenes, leer_fecha
from padron.validacion.columnas.persona import leer_sexo, letras
from padron.validacion.columnas.territorio import clave_de_alcaldia
from padron.validacion.piezas import Columna, Contexto, esta_vacio
from padron.validacion.regla import Regla
from sibis.nucleo.identificadores import clabe_valida, forma_valida, limpiar
from sibis.nucleo.nombres import adivinar_orden
from sibis.nucleo.normalizacion import clave_comparable

_PALABRAS_VACIAS = frozenset(
    ("de", "del", "la", "el", "los", "las", "o", "y", "a", "en", "que", "se")
)
CASI_TODAS = 0.8


@dataclass(frozen=True, slots=True)
class Mapeo:
    """`lugares`: identificador → posición. `dudosas`: las que se adivinaron por parecido o contenido."""

    encabezado: tuple[str, ...]
    lugares: Mapping[str, int]
    dudosas: frozenset[str] = frozenset()

    @property
    def reconocidas(self) -> dict[str, str]:
        return {c: self.encabezado[lugar] for c, lugar in self.lugares.items()}

    @property
    def ignoradas(self) -> list[str]:
        usados = set(self.lugares.values())
        return [t for i, t in enumerate(self.encabezado) if i not in usados and t.strip()]


_POR_NOMBRE: dict[str, str] = {}
for _columna in COLUMNAS:
    for _nombre in _columna.nombres:
        if _POR_NOMBRE.setdefault(_nombre, _columna.identificador) != _columna.identificador:
            raise ValueError(f"«{_nombre}» nombra a dos columnas.")


def cuantas_reconoce(celdas: Sequence[str]) -> int:
    """Columnas distintas que nombra un renglón: con ello se halla el encabezado."""
    return len({_POR_NOMBRE[k] for c in celdas if (k := clave_comparable(c)) in _POR_NOMBRE})


def adivinar(encabezado: Sequence[str], muestra: Sequence[Sequence[str]], regla: Regla) -> Mapeo:
    """Primero por título exacto, después por las palabras del título y al final por lo que trae."""
    lugares: dict[str, int] = {}
    dudosas: set[str] = set()
    for lugar, titulo in enumerate(encabezado):
        columna = _POR_NOMBRE.get(clave_comparable(titulo))
        if columna is not None:
            lugares.setdefault(columna, lugar)
    con_titulo = bool(lugares)
    for lugar, titulo in enumerate(encabezado):
        if (
            lugar not in lugares.values()
            and (columna := _por_palabras(titulo))
            and columna not in lugares
        ):
            lugares[columna] = lugar
            dudosas.add(columna)
    if not con_titulo:
        hallados = _por_contenido(muestra, regla, len(encabezado))
        dudosas |= hallados.keys()
        lugares |= hallados
    _un_solo_nombre(lugares, dudosas)
    return Mapeo(tuple(encabezado), lugares, frozenset(dudosas))


def _un_solo_nombre(lugares: dict[str, int], dudosas: set[str]) -> None:
    """«Nombre» sin columnas de apellidos es el nombre completo."""
    if "nombres" in lugares and not lugares.keys() & {"primer_apellido", "segundo_apellido"}:
        lugares.setdefault("nombre_completo", lugares["nombres"])
        del lugares["nombres"]
        dudosas.discard("nombres")


def _palabras(texto: str) -> frozenset[str]:
    return frozenset(clave_comparable(texto).split()) - _PALABRAS_VACIAS


def _por_palabras(titulo: str) -> str | None:
    """La columna cuyo nombre más largo cabe entero en el título; None si dos empatan."""
    suyas = _palabras(titulo)
    mejores: list[tuple[int, str]] = []
    for nombre, columna in _POR_NOMBRE.items():
        palabras = _palabras(nombre)
        if palabras <= suyas and len(palabras) > len(suyas) / 2 and len("".join(palabras)) > 3:
            mejores.append((len(palabras), columna))
    if not mejores:
        return None
    mayor = max(n for n, _c in mejores)
    columnas = {c for n, c in mejores if n == mayor}
    return columnas.pop() if len(columnas) == 1 else None


def _por_contenido(muestra: Sequence[Sequence[str]], regla: Regla, ancho: int) -> dict[str, int]:
    """Lo que se reconoce sin título: claves, sexos, alcaldías, fechas, nombres. El monto no se adivina."""
    lugares: dict[str, int] = {}
    for lugar in range(ancho):
        textos = [f[lugar] for f in muestra if lugar < len(f) and not esta_vacio(f[lugar].strip())]
        if len(textos) < max(3, len(muestra) // 4):
            continue
        for columna, parece in _PARECE:
            if columna not in lugares and parece(textos, regla):
                lugares[columna] = lugar
                break
    return lugares


def _casi_todas(cumple: Callable[[str], object]) -> Callable[[Sequence[str], Regla], bool]:
    def parece(textos: Sequence[str], regla: Regla) -> bool:
        return sum(bool(cumple(t)) for t in textos) >= CASI_TODAS * len(textos)

    return parece


def _son_sexos(textos: Sequence[str], regla: Regla) -> bool:
    contexto = Contexto(regla, letras(textos, regla))
    return (
        all(len(t) <= 12 and leer_sexo(t, contexto).valores[0] for t in textos)
        and len(set(textos)) <= 4
    )


def _son_fechas(textos: Sequence[str], regla: Regla) -> bool:
    con_signo = [t for t in textos if any(s in t for s in "/-")]
    if len(con_signo) < CASI_TODAS * len(textos):
        return False
    return all(leer_fecha(t, hoy=regla.dia, en=Ordenes()).fecha for t in con_signo[:20])


def _son_nombres(textos: Sequence[str], regla: Regla) -> bool:
    varias = [t for t in textos if len(t.replace(",", " ").split()) >= 2]
    return len(varias) >= CASI_TODAS * len(textos) and adivinar_orden(varias) is not None


def _son_alcaldias(textos: Sequence[str], regla: Regla) -> bool:
    """Con letras y más de una: una columna que siempre dice lo mismo no es donde vive la gente."""
    bien = [t for t in textos if not t.strip().isdigit() and clave_de_alcaldia(t)]
    return len(bien) >= CASI_TODAS * len(textos) and len(set(bien)) > 1


_PARECE: tuple[tuple[str, Callable[[Sequence[str], Regla], bool]], ...] = (
    ("curp", _casi_todas(lambda t: forma_valida(limpiar(t)))),
    ("clabe", _casi_todas(lambda t: clabe_valida(t.strip()))),
    ("correo", _casi_todas(lambda t: "@" in t and "." in t)),
    ("sexo", _son_sexos),
    ("fecha_nacimiento", _son_fechas),
    ("alcaldia", _son_alcaldias),
    ("nombre_completo", _son_nombres),
)


def columnas_elegibles() -> list[Columna]:
    """Las que ofrece la página de mapeo, en el orden de la plantilla."""
    return list(COLUMNAS)


def muestra_de(lectura: Lectura, *, cuantas: int = 200) -> list[list[str]]:
    """Las primeras filas de datos, para adivinar por lo que traen."""
    with lectura.csv.open(encoding="utf-8-sig", newline="") as archivo:
        filas = csv.reader(archivo, delimiter=lectura.csv_separador)
        salto = 0 if lectura.numerado else lectura.fila_encabezado
        tomadas = list(islice(filas, salto, salto + cuantas))
    return [f[1:] for f in tomadas] if lectura.numerado else tomadas
