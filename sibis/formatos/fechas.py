"""Fechas en palabras, en el idioma de la página: «28 de febrero de 2026», «28 February 2026»."""

from __future__ import annotations

import datetime

from django.utils import formats
from django.utils.translation import get_language

_LARGA = {"es": r"j \d\e F \d\e Y", "en": "j F Y"}
_SIN_ANIO = {"es": r"j \d\e F", "en": "j F"}
_MES = {"es": r"F \d\e Y", "en": "F Y"}


def fecha_larga(dia: datetime.date) -> str:
    """28 de febrero de 2026."""
    return _escrita(dia, _LARGA)


def fecha_corta(dia: datetime.date, *, hoy: datetime.date) -> str:
    """28 de febrero; con año solo si no es el corriente."""
    return _escrita(dia, _SIN_ANIO if dia.year == hoy.year else _LARGA)


def mes(dia: datetime.date) -> str:
    """febrero de 2026."""
    return _escrita(dia, _MES)


def _escrita(dia: datetime.date, formatos: dict[str, str]) -> str:
    idioma = (get_language() or "es")[:2]
    texto = formats.date_format(dia, formatos.get(idioma, formatos["es"]))
    # En es-mx Django escribe el mes con mayúscula, tanto con «F» como con «E».
    return texto.lower() if idioma == "es" else texto
