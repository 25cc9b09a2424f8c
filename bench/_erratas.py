"""Erratas de una edición sobre las palabras del catálogo, y cuántas vuelven a la palabra que se quiso.

Las palabras se sortean por su uso: lo que más se busca pesa más. Lo tecleado que resulta ser otra
palabra del catálogo («casa» por «caja») se cuenta aparte: ahí nadie puede saber que fue un error.
"""

from __future__ import annotations

import random
import string
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from programas.consultas.interpretacion import RELLENO, Lexico, interpretar
from sibis.nucleo.ortografia import TECLAS_VECINAS

MINIMO_DE_LETRAS = 4
_CONFUSIONES = (
    ("b", "v"), ("v", "b"), ("s", "c"), ("s", "z"), ("c", "s"), ("z", "s"), ("c", "z"), ("z", "c"),
    ("ll", "y"), ("y", "ll"), ("h", ""), ("g", "j"), ("j", "g"), ("qu", "k"), ("c", "k"), ("x", "s"),
)  # fmt: skip
_ACENTOS = str.maketrans("aeioun", "áéíóúñ")


def _tecla_vecina(palabra: str, azar: random.Random) -> str:
    i = azar.randrange(len(palabra))
    return palabra[:i] + azar.choice(sorted(TECLAS_VECINAS[palabra[i]])) + palabra[i + 1 :]


def _letra_al_azar(palabra: str, azar: random.Random) -> str:
    i = azar.randrange(len(palabra))
    return palabra[:i] + azar.choice(string.ascii_lowercase) + palabra[i + 1 :]


def _de_mas(palabra: str, azar: random.Random) -> str:
    i = azar.randrange(len(palabra) + 1)
    return palabra[:i] + azar.choice(string.ascii_lowercase) + palabra[i:]


def _de_menos(palabra: str, azar: random.Random) -> str:
    i = azar.randrange(len(palabra))
    return palabra[:i] + palabra[i + 1 :]


def _volteadas(palabra: str, azar: random.Random) -> str:
    i = azar.randrange(len(palabra) - 1)
    return palabra[:i] + palabra[i + 1] + palabra[i] + palabra[i + 2 :]


def _como_suena(palabra: str, azar: random.Random) -> str:
    """b/v, s/c/z, ll/y, g/j, k, y la h que falta o sobra."""
    posibles = [(a, b) for a, b in _CONFUSIONES if a in palabra]
    if not posibles or azar.random() < 0.1:
        return f"h{palabra}" if palabra[0] in "aeiou" else palabra.replace("h", "", 1)
    return palabra.replace(*azar.choice(posibles), 1)


def _acento_o_ene(palabra: str, azar: random.Random) -> str:
    lugares = [i for i, letra in enumerate(palabra) if letra in "aeioun"]
    i = azar.choice(lugares) if lugares else 0
    return palabra[:i] + palabra[i].translate(_ACENTOS) + palabra[i + 1 :]


CLASES: dict[str, Callable[[str, random.Random], str]] = {
    "tecla vecina": _tecla_vecina,
    "letra al azar": _letra_al_azar,
    "letra de más": _de_mas,
    "letra de menos": _de_menos,
    "letras volteadas": _volteadas,
    "como suena": _como_suena,
    "acento o eñe": _acento_o_ene,
}


@dataclass
class Cuenta:
    """De una clase de errata: cuántas volvieron a la palabra, y cuántas a otra de su misma raíz."""

    medidas: int = 0
    exactas: int = 0
    misma_raiz: int = 0
    otra_palabra: int = 0  # lo tecleado ya era otra palabra conocida: no se mide
    fallas: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def tasa(self) -> float:
        return self.exactas / self.medidas if self.medidas else 1.0

    @property
    def tasa_por_raiz(self) -> float:
        return self.misma_raiz / self.medidas if self.medidas else 1.0


def _casos(lex: Lexico, *, por_clase: int, semilla: int) -> Iterator[tuple[str, str, str]]:
    azar = random.Random(semilla)
    usos = {
        p: n
        for p, n in lex.frecuencias.items()
        if n and len(p) >= MINIMO_DE_LETRAS and p.isalpha() and p not in RELLENO
    }
    palabras, pesos = list(usos), list(usos.values())
    for clase, hacer in CLASES.items():
        hechas = 0
        while hechas < por_clase:
            [palabra] = azar.choices(palabras, pesos)
            tecleada = hacer(palabra, azar)
            if tecleada != palabra:
                hechas += 1
                yield clase, palabra, tecleada


def medir(lex: Lexico, *, por_clase: int = 400, semilla: int = 7) -> dict[str, Cuenta]:
    """La cuenta de cada clase, más «todas»."""
    cuentas: dict[str, Cuenta] = defaultdict(Cuenta)
    vistas: Counter[str] = Counter()
    for clase, palabra, tecleada in _casos(lex, por_clase=por_clase, semilla=semilla):
        vistas[clase] += 1
        leida = interpretar(tecleada, lex)
        es_otra = leida.texto != palabra and (
            leida.texto in lex.corrector or leida.texto in RELLENO
        )
        for cuenta in (cuentas[clase], cuentas["todas"]):
            if es_otra:
                cuenta.otra_palabra += 1
                continue
            cuenta.medidas += 1
            cuenta.exactas += leida.usado == palabra
            misma = lex.raices.get(leida.usado, leida.usado) == lex.raices[palabra]
            cuenta.misma_raiz += misma
            if leida.usado != palabra:
                cuenta.fallas.append((palabra, tecleada, leida.usado))
    return dict(cuentas)
