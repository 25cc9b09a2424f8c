"""Azar que se repite: la misma semilla y el mismo asunto dan siempre lo mismo."""

from random import Random


def azar(semilla: int, *asunto: object) -> Random:
    """Un dado propio de cada asunto: añadir un programa no cambia lo que tocó a los demás."""
    return Random("|".join(map(str, (semilla, *asunto))))
