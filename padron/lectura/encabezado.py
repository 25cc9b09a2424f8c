"""Qué separa las celdas y en qué renglón están los nombres de las columnas.

Se prueban los separadores y los primeros renglones: gana el renglón que más columnas nuestras nombra y
deja filas parejas debajo. Puede venir en dos pisos (los grupos arriba) o no venir.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from statistics import mode

from padron.lectura.modelo import (
    COLUMNA_REPETIDA,
    SIN_ENCABEZADO,
    AvisoDeArchivo,
    Limites,
    Reconocer,
)
from padron.lectura.renglones import recorrer_texto
from sibis.nucleo.normalizacion import clave_comparable
from sibis.nucleo.tabular import SEPARADORES

DEBAJO = 60
LARGO_DE_NOMBRE = 80
_DATO = re.compile(r"\d{2,}|^\s*[\d$.,%/-]+\s*$|@")


@dataclass(frozen=True, slots=True)
class Encabezado:
    """`fila` es la del último renglón del encabezado; 0 si no hay, y los datos empiezan en `desde`.

    `crudas` son sus renglones como vienen, para reconocerlos si se repiten. Es `sencillo` si hasta ahí
    cada renglón es una línea del archivo.
    """

    separador: str
    fila: int
    nombres: tuple[str, ...]
    ancho: int
    desde: int
    crudas: tuple[tuple[str, ...], ...] = ()
    sencillo: bool = True
    avisos: tuple[AvisoDeArchivo, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidato:
    reconocidas: int
    parejas: float
    separador: str
    lugar: int
    dos_pisos: bool


def hallar(
    muestra: str, *, separadores: Sequence[str], cuantas_reconoce: Reconocer, limites: Limites
) -> Encabezado:
    """El encabezado, o la certeza de que no hay. Nunca levanta: una tabla rara también se lee."""
    filas_con = {s: _muestra_de(muestra, s, limites) for s in separadores}
    candidatos = [
        _mejor(filas, separador, cuantas_reconoce, limites)
        for separador, filas in filas_con.items()
    ]
    mejor = max(candidatos, key=lambda c: (c.reconocidas, c.parejas))
    separador = mejor.separador if mejor.reconocidas else _separador_parejo(filas_con)
    filas = filas_con[separador]
    ancho = _ancho(filas)
    if mejor.reconocidas >= 2 or (
        mejor.reconocidas and (ancho <= 2 or _parece_de_nombres(filas, mejor.lugar))
    ):
        return _con_nombres(filas, mejor, limites)
    lugar = next((i for i, f in enumerate(filas) if len(_llenas(f)) * 2 >= ancho), 0)
    if _parece_de_nombres(filas, lugar):
        return _con_nombres(filas, _Candidato(0, 0, separador, lugar, False), limites)
    return _sin_nombres(filas, separador, ancho, lugar)


def _muestra_de(muestra: str, separador: str, limites: Limites) -> list[list[str]]:
    renglones = recorrer_texto(muestra, separador, limites)
    return [celdas for _, celdas, _ in islice(renglones, limites.filas_de_encabezado + DEBAJO)]


def _mejor(
    filas: list[list[str]], separador: str, cuantas_reconoce: Reconocer, limites: Limites
) -> _Candidato:
    """El primer renglón que más nombra; el de abajo cuenta con él si juntos nombran más que cada uno."""
    lugar, cuantas, dos_pisos = 0, 0, False
    vistas = [
        cuantas_reconoce(f) if f and any(f) else 0 for f in filas[: limites.filas_de_encabezado]
    ]
    for i, solas in enumerate(vistas):
        if solas > cuantas:
            lugar, cuantas, dos_pisos = i, solas, False
        if solas and i + 1 < len(filas) and _son_dos_pisos(filas[i], filas[i + 1]):
            juntas = cuantas_reconoce(_encimar(filas[i], filas[i + 1]))
            if juntas > max(cuantas, *vistas[i : i + 2]):
                lugar, cuantas, dos_pisos = i + 1, juntas, True
    ancho = len(filas[lugar]) if filas else 0
    return _Candidato(cuantas, _parejas(filas[lugar + 1 :], ancho), separador, lugar, dos_pisos)


def _son_dos_pisos(arriba: Sequence[str], abajo: Sequence[str]) -> bool:
    """En el de abajo falta algo que arriba sí está, y no trae datos."""
    if not any(abajo) or any(_DATO.search(celda) for celda in abajo):
        return False
    return any(a.strip() and not b.strip() for a, b in zip(arriba, abajo, strict=False))


def _encimar(arriba: Sequence[str], abajo: Sequence[str]) -> list[str]:
    """Lo de abajo; donde calla, lo de arriba."""
    return [b if b.strip() else a for a, b in zip_longest(arriba, abajo, fillvalue="")]


def _juntar(arriba: Sequence[str], abajo: Sequence[str]) -> list[str]:
    """Encimados; el nombre que se repite lleva por delante el de su grupo («TUTOR nombre»)."""
    encimados = _encimar(arriba, abajo)
    veces = Counter(clave_comparable(t) for t in encimados)
    juntos, grupo = [], ""
    for nombre, (a, b) in zip(encimados, zip_longest(arriba, abajo, fillvalue=""), strict=True):
        grupo = a.strip() or grupo
        repetido = b.strip() and veces[clave_comparable(nombre)] > 1
        juntos.append(f"{grupo} {b.strip()}" if repetido and grupo else nombre)
    return juntos


def _con_nombres(filas: list[list[str]], hallado: _Candidato, limites: Limites) -> Encabezado:
    pisos = filas[hallado.lugar - hallado.dos_pisos : hallado.lugar + 1]
    crudas = _juntar(*pisos) if hallado.dos_pisos else pisos[0]
    debajo = [f for f in filas[hallado.lugar + 1 :][:DEBAJO] if any(c.strip() for c in f)]
    fin = _hasta_donde(crudas, debajo)
    nombres, avisos = _sin_repetir(list(crudas[:fin]), hallado.lugar + 1)
    return Encabezado(
        hallado.separador,
        hallado.lugar + 1,
        tuple(nombres),
        len(filas[hallado.lugar]),
        hallado.lugar + 2,
        tuple(tuple(piso) for piso in pisos),
        not any("\n" in c or "\r" in c for f in filas[: hallado.lugar + 1] for c in f),
        tuple(avisos),
    )


def _hasta_donde(nombres: Sequence[str], debajo: list[list[str]]) -> int:
    """Sin las columnas vacías del final; una sin nombre se queda si la mitad de las filas la llena.

    Más allá de lo que el encabezado abarca no hay columnas: son celdas de más, quizá una coma sin comillas.
    """
    fin = max((i + 1 for i, n in enumerate(nombres) if n.strip()), default=1)
    anchas = Counter(max((i + 1 for i, c in enumerate(f) if c.strip()), default=0) for f in debajo)
    while fin < len(nombres) and 2 * sum(v for a, v in anchas.items() if a > fin) > len(debajo):
        fin += 1
    return fin


def _sin_repetir(nombres: list[str], fila: int) -> tuple[list[str], list[AvisoDeArchivo]]:
    vistos: Counter[str] = Counter()
    salida, avisos = [], []
    for nombre in nombres:
        clave = clave_comparable(nombre)
        vistos[clave] += 1
        if clave and vistos[clave] > 1:
            otro = f"{nombre.strip()} ({vistos[clave]})"
            avisos.append(
                AvisoDeArchivo(
                    COLUMNA_REPETIDA,
                    fila,
                    f"La columna «{nombre.strip()[:LARGO_DE_NOMBRE]}» está más de una vez; a la otra se le llama "
                    f"«{otro[:LARGO_DE_NOMBRE]}». Revisa cuál es la buena.",
                )
            )
            nombre = otro
        salida.append(nombre)
    return salida, avisos


def _sin_nombres(filas: list[list[str]], separador: str, ancho: int, lugar: int) -> Encabezado:
    return Encabezado(
        separador,
        0,
        tuple(f"Columna {letra_de(i)}" for i in range(ancho)),
        ancho,
        lugar + 1,
        avisos=(
            AvisoDeArchivo(
                SIN_ENCABEZADO,
                None,
                "El archivo no nombra sus columnas: ningún renglón del principio trae nombres conocidos. "
                "Di qué es cada una.",
            ),
        ),
    )


def letra_de(lugar: int) -> str:
    """Como la nombra una hoja de cálculo: A, B, …, Z, AA."""
    letras = ""
    lugar += 1
    while lugar:
        lugar, resto = divmod(lugar - 1, 26)
        letras = chr(65 + resto) + letras
    return letras


def _llenas(celdas: Sequence[str]) -> list[str]:
    return [c for c in celdas if c.strip()]


def _ancho(filas: list[list[str]]) -> int:
    """Cuántas columnas trae la tabla: lo más común entre los renglones con algo."""
    anchos = [len(f) for f in filas if len(_llenas(f)) > 1] or [len(f) for f in filas if _llenas(f)]
    return mode(anchos) if anchos else 1


def _parejas(filas: list[list[str]], ancho: int) -> float:
    anchos = [len(f) for f in filas if _llenas(f)]
    return (1 + anchos.count(ancho)) / (1 + len(anchos))


def _separador_parejo(filas_con: dict[str, list[list[str]]]) -> str:
    """Sin nombres conocidos: el que parte los renglones en más celdas y siempre en las mismas."""

    def puntaje(separador: str) -> tuple[bool, float, int]:
        filas = filas_con[separador]
        ancho = _ancho(filas)
        return (ancho > 1, round(_parejas(filas, ancho), 1), ancho)

    return max(filas_con, key=puntaje)


def _parece_de_nombres(filas: list[list[str]], lugar: int) -> bool:
    """Textos cortos, distintos y sin cifras, sobre filas que sí las traen."""
    if lugar >= len(filas):
        return False
    titulos = _llenas(filas[lugar])
    debajo = [f for f in filas[lugar + 1 : lugar + 1 + DEBAJO] if _llenas(f)]
    if not titulos or len({clave_comparable(t) for t in titulos}) < len(titulos):
        return False
    if any(len(t) > LARGO_DE_NOMBRE or _DATO.search(t) for t in titulos):
        return False
    hay_datos = sum(any(_DATO.search(c) for c in f) for f in debajo)
    return 2 * hay_datos > len(debajo) > 0 or not debajo


TODOS = tuple(SEPARADORES)
