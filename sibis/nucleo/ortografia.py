"""Corregir dedazos y faltas comunes en español contra un vocabulario conocido."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

_SONIDOS = (
    ("qu", "k"),
    ("ph", "f"),
    ("sh", "x"),
    ("ll", "y"),
    ("rr", "r"),
    ("ge", "je"),
    ("gi", "ji"),
    ("ce", "se"),
    ("ci", "si"),
    ("h", ""),
    ("v", "b"),
    ("w", "b"),
    ("z", "s"),
    ("c", "k"),
    ("q", "k"),
    ("x", "s"),
)
_MINIMO_PARA_CORREGIR = 4
_LARGA = 8


def sonido(palabra: str) -> str:
    """Cómo suena en español de México, sin acentos: «veca» y «beca» → «beka».

    Solo sirve para comparar: junta b/v, s/c/z, ll/y, g/j, k/qu y calla la h.
    """
    marcada = palabra.replace("ch", "\x01").replace("gue", "\x02e").replace("gui", "\x02i")
    for escrito, suena in _SONIDOS:
        marcada = marcada.replace(escrito, suena)
    return marcada.replace("\x01", "ch").replace("\x02", "g")


def distancia(a: str, b: str) -> int:
    """Ediciones entre dos palabras; cambiar dos letras vecinas de lugar cuenta una."""
    previa2: list[int] = []
    previa = list(range(len(b) + 1))
    for i, letra_a in enumerate(a, 1):
        actual = [i]
        for j, letra_b in enumerate(b, 1):
            costo = min(previa[j] + 1, actual[j - 1] + 1, previa[j - 1] + (letra_a != letra_b))
            if i > 1 and j > 1 and letra_a == b[j - 2] and a[i - 2] == letra_b:
                costo = min(costo, previa2[j - 2] + 1)
            actual.append(costo)
        previa2, previa = previa, actual
    return previa[-1]


def _sin_una_letra(palabra: str) -> Iterator[str]:
    for i in range(len(palabra)):
        yield palabra[:i] + palabra[i + 1 :]


def _recortes(palabra: str) -> set[str]:
    """La palabra con hasta una letra menos (dos si es larga): su huella ante un dedazo."""
    uno = {palabra, *_sin_una_letra(palabra)}
    if len(palabra) < _LARGA:
        return uno
    return uno.union(*(set(_sin_una_letra(corta)) for corta in uno))


class Corrector:
    """Propone la palabra conocida más cercana. Inmutable: se arma una vez por vocabulario."""

    def __init__(self, frecuencias: Mapping[str, int]) -> None:
        self._frecuencias = dict(frecuencias)
        self._por_recorte = self._indexar(self._frecuencias)
        self._por_sonido: dict[str, list[str]] = defaultdict(list)
        for palabra in self._frecuencias:
            self._por_sonido[sonido(palabra)].append(palabra)

    @staticmethod
    def _indexar(palabras: Iterable[str]) -> dict[str, list[str]]:
        indice: dict[str, list[str]] = defaultdict(list)
        for palabra in palabras:
            for recorte in _recortes(palabra):
                indice[recorte].append(palabra)
        return indice

    def __contains__(self, palabra: str) -> bool:
        return palabra in self._frecuencias

    def corregir(self, palabra: str) -> str | None:
        """La mejor candidata a una edición (dos en palabras largas), o None si no hay ninguna.

        Manda cómo suena, luego cuánto se parece, luego qué tanto se usa en el catálogo.
        """
        if len(palabra) < _MINIMO_PARA_CORREGIR or palabra in self._frecuencias:
            return None
        tope = 2 if len(palabra) >= _LARGA else 1
        candidatas = set(self._por_sonido.get(sonido(palabra), ()))
        for recorte in _recortes(palabra):
            candidatas.update(self._por_recorte.get(recorte, ()))
        orden = sorted(self._puntos(palabra, candidata, tope) for candidata in candidatas)
        return orden[0][-1] if orden and orden[0][0] <= tope else None

    def que_suena_igual(self, palabra: str) -> str | None:
        """La más usada de las que se pronuncian igual, o None."""
        iguales = self._por_sonido.get(sonido(palabra), ())
        return max(iguales, key=lambda otra: self._frecuencias[otra], default=None)

    def _puntos(self, palabra: str, candidata: str, tope: int) -> tuple[float, int, str]:
        ediciones = float(distancia(palabra, candidata))
        if sonido(palabra) == sonido(candidata):
            ediciones = min(ediciones, tope) - 0.6
        elif palabra[0] != candidata[0]:
            ediciones += 0.3  # la primera letra rara vez se falla
            ediciones = min(ediciones, tope) if ediciones <= tope + 0.3 else ediciones
        return ediciones, -self._frecuencias[candidata], candidata
