"""Una lista larga escrita de corrido ocupa diez renglones y no cien."""

from __future__ import annotations


def de_palabras(texto: str) -> tuple[str, ...]:
    """Separadas por espacios."""
    return tuple(texto.split())


def de_frases(texto: str) -> tuple[str, ...]:
    """Separadas por barras, porque llevan espacios: «de la cruz|de jesus»."""
    return tuple(texto.split("|"))
