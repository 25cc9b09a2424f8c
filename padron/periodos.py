"""Cómo se lee un periodo: «m03» es «marzo»."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from sibis.formatos.fechas import nombre_del_mes

_TRIMESTRES = (
    gettext_noop("primer trimestre"),
    gettext_noop("segundo trimestre"),
    gettext_noop("tercer trimestre"),
    gettext_noop("cuarto trimestre"),
)


def en_palabras(periodo: str) -> str:
    """Lo que no se reconoce se dice tal cual."""
    clase, numero = periodo[:1], periodo[1:]
    if periodo == "anual":
        return _("todo el año")
    if clase == "t" and numero.isdecimal() and 1 <= int(numero) <= 4:
        return _(_TRIMESTRES[int(numero) - 1])
    if clase == "m" and numero.isdecimal() and 1 <= int(numero) <= 12:
        return nombre_del_mes(int(numero))
    return periodo
