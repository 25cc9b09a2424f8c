"""Las tres primeras cifras de una CLABE dicen de quién es la cuenta. Solo las de uso común.

No está toda institución: una clave que falta aquí no es un error. Catálogo del Banco de México, por
confirmar; cambia cuando un banco nace, se fusiona o cambia de nombre.
"""

from __future__ import annotations

BANCOS = {
    "002": "Banamex",
    "012": "BBVA México",
    "014": "Santander",
    "019": "Banjército",
    "021": "HSBC",
    "030": "BanBajío",
    "036": "Inbursa",
    "042": "Mifel",
    "044": "Scotiabank",
    "058": "Banregio",
    "062": "Afirme",
    "072": "Banorte",
    "127": "Banco Azteca",
    "130": "Compartamos",
    "137": "BanCoppel",
    "166": "Banco del Bienestar",
    "646": "STP",
    "722": "Mercado Pago",
}


def banco_de_clabe(clabe: str) -> str | None:
    """El nombre de la institución, o None si no está entre las de uso común."""
    return BANCOS.get(clabe[:3])
