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
_VECES_MAS_USADA = 3  # con tres letras se corrige solo si una gana por mucho
_FILAS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def _vecinas_en_el_teclado() -> dict[str, frozenset[str]]:
    """Las teclas que un dedo toca por error: las de los lados y las de arriba y abajo."""
    lugar = {letra: (y, x) for y, fila in enumerate(_FILAS) for x, letra in enumerate(fila)}
    return {
        letra: frozenset(
            otra
            for otra, (fila, columna) in lugar.items()
            if otra != letra and abs(fila - y) <= 1 and -1 <= columna - x + (fila - y) * 0.5 <= 1
        )
        for letra, (y, x) in lugar.items()
    }


TECLAS_VECINAS = _vecinas_en_el_teclado()


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


def _es_dedazo(escrita: str, otra: str) -> bool:
    """Una letra repetida de más, o cambiada por la de al lado en el teclado."""
    if len(escrita) == len(otra) + 1:
        return any(
            escrita[i] == escrita[i - 1] and escrita[:i] + escrita[i + 1 :] == otra
            for i in range(1, len(escrita))
        )
    if len(escrita) != len(otra):
        return False
    distintas = [(a, b) for a, b in zip(escrita, otra, strict=True) if a != b]
    return len(distintas) == 1 and distintas[0][0] in TECLAS_VECINAS.get(distintas[0][1], ())


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
        if palabra in self._frecuencias:
            return None
        if len(palabra) < _MINIMO_PARA_CORREGIR:
            return self._con_la_que_falta(palabra)
        tope = 2 if len(palabra) >= _LARGA else 1
        orden = sorted(self._puntos(palabra, otra, tope) for otra in self._candidatas(palabra))
        return orden[0][-1] if orden and orden[0][0] <= tope else None

    def _con_la_que_falta(self, palabra: str) -> str | None:
        """A «eca» le falta una letra; de dos que ya están no se adivina nada."""
        if len(palabra) != _MINIMO_PARA_CORREGIR - 1:
            return None
        completas = [p for p in self._por_recorte.get(palabra, ()) if len(p) == len(palabra) + 1]
        usadas = sorted(completas, key=lambda otra: (-self._frecuencias[otra], otra))
        if not usadas:
            return None
        segunda = self._frecuencias[usadas[1]] if len(usadas) > 1 else 0
        gana = self._frecuencias[usadas[0]] >= max(_VECES_MAS_USADA * segunda, _VECES_MAS_USADA)
        return usadas[0] if gana else None

    def cercanas(self, palabra: str, cuantas: int = 3) -> list[str]:
        """Las que más se parecen, de la más a la menos parecida, a dos ediciones o menos."""
        orden = sorted(self._puntos(palabra, otra, 2) for otra in self._candidatas(palabra))
        return [otra for puntos, _usos, otra in orden if puntos <= 2 and otra != palabra][:cuantas]

    def _candidatas(self, palabra: str) -> set[str]:
        candidatas = set(self._por_sonido.get(sonido(palabra), ()))
        for recorte in _recortes(palabra):
            candidatas.update(self._por_recorte.get(recorte, ()))
        return candidatas

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
        elif ediciones == 1 and _es_dedazo(palabra, candidata):
            ediciones -= 0.2
        return ediciones, -self._frecuencias[candidata], candidata
