"""Ejemplos para la galería de piezas (solo con DEBUG)."""


def piezas() -> dict[str, object]:
    return {}
