"""Edades en meses: las reglas dicen «59 años 10 meses» o «3 años 10 meses», no años cumplidos."""

from datetime import date
from gettext import NullTranslations
from typing import Protocol

MESES_POR_ANIO = 12
MESES_MAXIMO = 130 * MESES_POR_ANIO


class Idioma(Protocol):
    """Quien traduce; `django.utils.translation` lo cumple, y así el núcleo no lo importa."""

    def gettext(self, mensaje: str, /) -> str: ...
    def ngettext(self, singular: str, plural: str, cuantos: int, /) -> str: ...


ESPANOL: Idioma = NullTranslations()


def edad_en_meses(nacimiento: date, *, al: date) -> int:
    """Meses cumplidos al día indicado. Levanta ValueError si nació después de ese día."""
    if nacimiento > al:
        raise ValueError("la fecha de nacimiento es posterior a la fecha de cálculo")
    meses = (al.year - nacimiento.year) * MESES_POR_ANIO + al.month - nacimiento.month
    return meses - (1 if al.day < nacimiento.day else 0)


def en_palabras(meses: int, *, idioma: Idioma = ESPANOL) -> str:
    """778 → «64 años 10 meses»; 11 → «11 meses»; 720 → «60 años»."""
    anios, resto = divmod(meses, MESES_POR_ANIO)
    partes = []
    if anios or not resto:
        partes.append(idioma.ngettext("%(n)s año", "%(n)s años", anios) % {"n": anios})
    if resto:
        partes.append(idioma.ngettext("%(n)s mes", "%(n)s meses", resto) % {"n": resto})
    return " ".join(partes)


def rango_en_palabras(minimo: int | None, maximo: int | None, *, idioma: Idioma = ESPANOL) -> str:
    """Límites inclusivos en meses. (720, 779) → «de 60 a 64 años»: hasta un día antes de los 65."""
    if minimo is None and maximo is None:
        return ""
    if maximo is None:
        desde = en_palabras(minimo or 0, idioma=idioma)
        return idioma.gettext("desde los %(edad)s") % {"edad": desde}
    # Antes del primer cumpleaños no hay años que decir: 11 son «11 meses».
    completos = maximo >= MESES_POR_ANIO and (maximo + 1) % MESES_POR_ANIO == 0
    tope = en_palabras(maximo - 11 if completos else maximo, idioma=idioma)
    if not minimo:
        return idioma.gettext("hasta los %(edad)s") % {"edad": tope}
    desde = en_palabras(minimo, idioma=idioma)
    if minimo % MESES_POR_ANIO == 0 and completos:
        desde = str(minimo // MESES_POR_ANIO)
        if minimo // MESES_POR_ANIO == maximo // MESES_POR_ANIO:
            return idioma.gettext("de %(edad)s") % {"edad": tope}
    return idioma.gettext("de %(desde)s a %(hasta)s") % {"desde": desde, "hasta": tope}
