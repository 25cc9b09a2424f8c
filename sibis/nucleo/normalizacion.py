"""Comparar textos como los compara la gente: sin acentos, mayúsculas ni espacios de más."""

import re
import unicodedata

_NO_ALFANUMERICO = re.compile(r"[^0-9a-zñ]+")
_ENE = "ñ"
_MARCA_ENE = "\ue000"  # área privada: protege la ñ mientras se quitan los acentos


def sin_acentos(texto: str, *, conservar_ene: bool = False) -> str:
    """Quita diacríticos. Con `conservar_ene`, «año» no se vuelve «ano»."""
    texto = unicodedata.normalize("NFC", texto)
    if conservar_ene:
        texto = texto.replace(_ENE, _MARCA_ENE).replace(_ENE.upper(), _MARCA_ENE.upper())
    descompuesto = unicodedata.normalize("NFD", texto)
    limpio = "".join(c for c in descompuesto if not unicodedata.combining(c))
    return limpio.replace(_MARCA_ENE, _ENE) if conservar_ene else limpio


def clave_comparable(texto: str) -> str:
    """Minúsculas, sin acentos ni signos, un solo espacio: «  Álvaro  OBREGÓN.» → «alvaro obregon»."""
    plano = sin_acentos(texto).lower()
    return _NO_ALFANUMERICO.sub(" ", plano).strip()


def limpiar_texto(texto: str) -> str:
    """Lo que se guarda de un texto capturado: NFC, sin caracteres de control ni espacios dobles."""
    texto = unicodedata.normalize("NFC", texto)
    visible = "".join(c if c in "\n\t" or unicodedata.category(c)[0] != "C" else " " for c in texto)
    return re.sub(r"[ \t]+", " ", visible).strip()
