"""De lo que alguien tecleó a una consulta: corrige, amplía con sinónimos y separa lo que pesa."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass

from django.db import connection

from programas.models import Vocabulario
from sibis.nucleo.normalizacion import clave_comparable
from sibis.nucleo.ortografia import Corrector

MAXIMO_DE_PALABRAS = 12
MAXIMO_DE_CARACTERES = 200
_LARGO_DE_FRASE = 5
_CERCANAS = 4

# Palabras con que la gente pide cualquier cosa: solas buscan, acompañadas no deben excluir.
RELLENO = frozenset(
    [
        "apoyo",
        "apoyos",
        "ayuda",
        "ayudas",
        "programa",
        "programas",
        "social",
        "sociales",
        "dan",
        "dar",
        "dinero",
        "gratis",
        "gratuito",
        "necesito",
        "quiero",
        "pedir",
        "tramite",
        "tramitar",
        "requisitos",
        "inscripcion",
        "registro",
        "cdmx",
        "df",
        "ciudad",
        "mexico",
        "gobierno",
        "alcaldia",
        "delegacion",
        "donde",
        "como",
        "que",
        "cual",
        "cuales",
        "cuando",
        "quien",
        "para",
        "por",
        "con",
        "sin",
        "mi",
        "mis",
        "tengo",
        "tiene",
        "soy",
        "estoy",
        "hay",
        "hacer",
        "sacar",
        "conseguir",
        "informacion",
        "bienestar",
        "gente",
        "persona",
        "personas",
        "anos",
        "ano",
        "edad",
        "mama",
        "papa",
        "me",
        "los",
        "las",
        "del",
        "de",
        "el",
        "la",
        "en",
        "un",
        "una",
        "y",
        "o",
        "a",
        "se",
        "te",
        "al",
        "mas",
        "muy",
        "hoy",
        "2024",
        "2025",
        "2026",
        "pago",
        "pagos",
        "cobrar",
    ]
)


@dataclass(frozen=True, slots=True)
class Grupo:
    """Una idea de la búsqueda: cualquiera de sus formas la satisface. `peso` crece si es rara."""

    formas: tuple[str, ...]
    peso: float
    indispensable: bool

    @property
    def consulta(self) -> str:
        """En la sintaxis de to_tsquery; las formas ya vienen limpias (solo letras y números)."""
        return "(" + " | ".join(" <-> ".join(forma.split()) for forma in self.formas) + ")"


@dataclass(frozen=True, slots=True)
class Interpretacion:
    texto: str
    grupos: tuple[Grupo, ...]
    corregido: str | None = None  # lo que quizá quiso decir
    literal: bool = False  # se buscó lo tecleado, aunque haya corrección
    desconocidas: tuple[str, ...] = ()  # lo buscado que el catálogo no dice

    @property
    def usado(self) -> str:
        """Las palabras con que se buscó."""
        return self.texto if self.literal or self.corregido is None else self.corregido

    @property
    def indispensables(self) -> tuple[Grupo, ...]:
        """Las ideas que excluyen; las de relleno acompañan y no cambian lo hallado."""
        return tuple(g for g in self.grupos if g.indispensable)


class Lexico:
    """Vocabulario en memoria, con su corrector. Se rehace cuando cambia la versión."""

    def __init__(self, vocabulario: Vocabulario) -> None:
        self.version = vocabulario.version
        self.documentos = max(vocabulario.documentos, 1)
        self.sinonimos: dict[str, list[str]] = vocabulario.sinonimos
        self.raices = {palabra: raiz for palabra, (raiz, _) in vocabulario.palabras.items()}
        self.por_raiz: dict[str, int] = {}
        frecuencias: dict[str, int] = {}
        for palabra, (raiz, usos) in vocabulario.palabras.items():
            frecuencias[palabra] = usos
            self.por_raiz[raiz] = max(usos, self.por_raiz.get(raiz, 0))
        for termino in self.sinonimos:
            for palabra in termino.split():
                if palabra not in RELLENO:
                    frecuencias.setdefault(palabra, 0)
        self.corrector = Corrector(frecuencias)
        self.frecuencias = frecuencias
        self._en_orden = sorted(frecuencias)

    def alguna_empieza(self, principio: str) -> bool:
        """¿Hay una palabra conocida que empiece así?"""
        i = bisect_left(self._en_orden, principio)
        return i < len(self._en_orden) and self._en_orden[i].startswith(principio)

    def otro_numero(self, palabra: str) -> list[str]:
        """Su singular o plural, si PostgreSQL les da raíces distintas: «mujer» (muj) y «mujeres» (mujer)."""
        vecinas = (
            palabra + "es",
            palabra + "s",
            palabra.removesuffix("es"),
            palabra.removesuffix("s"),
        )
        conocidas = dict.fromkeys(v for v in vecinas if v != palabra and v in self.raices)
        return [v for v in conocidas if self.raices[v] != self.raices.get(palabra)]

    def peso(self, palabra: str) -> float:
        """Más raro, más dice: logaritmo inverso de los documentos que la usan."""
        return 1 + math.log(self.documentos / (1 + self.frecuencias.get(palabra, 0)))


_LEXICO: Lexico | None = None


def lexico(version: int | None = None) -> Lexico:
    """El léxico de este proceso; una consulta corta basta para saber si sigue al día."""
    global _LEXICO
    if version is None:
        version = Vocabulario.objects.values_list("version", flat=True).first() or 0
    if _LEXICO is None or _LEXICO.version != version:
        _LEXICO = Lexico(Vocabulario.objects.first() or Vocabulario(pk=1))
    return _LEXICO


def _raices(palabras: list[str]) -> dict[str, str]:
    """Raíz de cada palabra según PostgreSQL («becas» y «beca» comparten «bec»)."""
    if not palabras:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p, (ts_lexize('spanish_stem', p))[1] FROM unnest(%s::text[]) AS p", [palabras]
        )
        return {palabra: raiz or palabra for palabra, raiz in cursor.fetchall()}


def _corregir(palabras: list[str], lex: Lexico) -> list[str]:
    """Cambia solo lo que el catálogo no conoce, ni por su raíz, y tiene una vecina clara."""
    dudosas = [p for p in palabras if p not in RELLENO and p not in lex.corrector]
    raices = _raices(dudosas)
    arreglos = {palabra: _arreglo(palabra, raices[palabra], lex) for palabra in dudosas}
    return [arreglos.get(p) or p for p in palabras]


def _arreglo(palabra: str, raiz: str, lex: Lexico) -> str | None:
    """Con raíz conocida solo la vence una que suena igual y se usa más: «veca» no es de «veces»."""
    usos = lex.por_raiz.get(raiz)
    if usos is None:
        return lex.corrector.corregir(palabra)
    igual = lex.corrector.que_suena_igual(palabra)
    return igual if igual and lex.frecuencias[igual] > usos else None


def _frases(palabras: list[str], lex: Lexico) -> list[tuple[str, list[str]]]:
    """Agrupa de izquierda a derecha los sinónimos más largos: «madre soltera» antes que «madre»."""
    partes: list[tuple[str, list[str]]] = []
    i = 0
    while i < len(palabras):
        for largo in range(min(_LARGO_DE_FRASE, len(palabras) - i), 0, -1):
            frase = " ".join(palabras[i : i + largo])
            if frase in lex.sinonimos or largo == 1:
                partes.append((frase, lex.sinonimos.get(frase, [])))
                i += largo
                break
    return partes


def _grupo(frase: str, equivalencias: list[str], lex: Lexico) -> Grupo:
    peso = max(lex.peso(p) for p in frase.split())
    de_relleno = not equivalencias and frase in RELLENO
    formas = (frase, *lex.otro_numero(frase), *equivalencias)
    return Grupo(formas, 0.02 if de_relleno else peso, not de_relleno)


def interpretar(texto: str, lex: Lexico | None = None, *, literal: bool = False) -> Interpretacion:
    """Lee una búsqueda de cualquier largo y con cualquier signo; nunca falla, solo acota."""
    palabras = clave_comparable(texto[:MAXIMO_DE_CARACTERES]).split()[:MAXIMO_DE_PALABRAS]
    if not palabras:
        return Interpretacion(texto="", grupos=())
    lex = lex or lexico()
    corregidas = _corregir(palabras, lex)
    usadas = palabras if literal else corregidas
    grupos = [_grupo(frase, equivale, lex) for frase, equivale in _frases(usadas, lex)]
    if not any(g.indispensable for g in grupos):
        grupos = [Grupo(g.formas, g.peso, indispensable=True) for g in grupos]
    return Interpretacion(
        texto=" ".join(palabras),
        grupos=tuple(grupos),
        corregido=" ".join(corregidas) if corregidas != palabras else None,
        literal=literal,
        desconocidas=tuple(p for p in usadas if p not in RELLENO and p not in lex.corrector),
    )


def palabras_cercanas(interpretacion: Interpretacion, version: int) -> list[str]:
    """Del catálogo, las que más se parecen a lo que no se halló."""
    lex = lexico(version)
    vistas = (p for palabra in interpretacion.desconocidas for p in lex.corrector.cercanas(palabra))
    return [p for p in dict.fromkeys(vistas) if p not in RELLENO][:_CERCANAS]
