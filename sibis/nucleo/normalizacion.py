"""Comparar textos como los compara la gente: sin acentos, mayúsculas ni espacios de más."""

import re
import unicodedata

_NO_ALFANUMERICO = re.compile(r"[^0-9a-z]+")
_LARGO_CON_NUMERO = 5


def sin_acentos(texto: str) -> str:
    """Quita diacríticos, también la tilde de la ñ."""
    descompuesto = unicodedata.normalize("NFD", texto)
    return "".join(c for c in descompuesto if not unicodedata.combining(c))


def clave_comparable(texto: str) -> str:
    """Minúsculas, sin acentos ni signos, un solo espacio: «  Álvaro  OBREGÓN.» → «alvaro obregon»."""
    plano = sin_acentos(texto).lower()
    return _NO_ALFANUMERICO.sub(" ", plano).strip()


def con_su_otro_numero(palabra: str) -> str:
    """En la sintaxis de to_tsquery: «evaluaciones» también es «evaluación».

    Sin acento, PostgreSQL les da raíces distintas. La palabra ya viene de `clave_comparable`.
    """
    if len(palabra) < _LARGO_CON_NUMERO or not palabra.isalpha():
        return palabra
    if palabra.endswith("s"):
        otras = {palabra.removesuffix("s"), palabra.removesuffix("es")}
    else:
        otras = {f"{palabra}s", f"{palabra}es"}
    return f"({' | '.join([palabra, *sorted(otras)])})"


def limpiar_texto(texto: str) -> str:
    """Lo que se guarda de un texto capturado: NFC, sin caracteres de control ni espacios dobles."""
    texto = unicodedata.normalize("NFC", texto)
    visible = "".join(c if c in "\n\t" or unicodedata.category(c)[0] != "C" else " " for c in texto)
    return re.sub(r"[ \t]+", " ", visible).strip()
