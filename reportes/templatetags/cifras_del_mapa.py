"""Un número según su unidad: dinero con su signo, tasas con un decimal, lo demás entero."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

register = template.Library()

_MILLON, _MIL = 1_000_000, 1_000
# La unidad es contrato de la API y no se traduce; en una página, sí.
_UNIDADES = {
    "apoyos": gettext_lazy("apoyos"),
    "centros": gettext_lazy("centros"),
    "centros por cada 100 mil habitantes": gettext_lazy("centros por cada 100 mil habitantes"),
    "personas": gettext_lazy("personas"),
    "pesos": gettext_lazy("pesos"),
    "por ciento": gettext_lazy("por ciento"),
    "programas": gettext_lazy("programas"),
}


@register.filter
def unidad_en_palabras(unidad: str) -> str:
    """«Supports» en una página en inglés; una unidad que no conocemos, como viene."""
    return str(_UNIDADES.get(unidad, unidad))


@register.simple_tag
def cifra_completa(valor: int | Decimal | None, unidad: str) -> str:
    """1234567 pesos → «$1,234,567»."""
    if valor is None:
        return ""
    return _con_signo(_numero(valor), unidad)


@register.simple_tag
def cifra_corta(valor: int | Decimal | None, unidad: str) -> str:
    """El dinero en millones; lo demás, completo."""
    if valor is None:
        return ""
    if unidad == "pesos" and abs(valor) >= _MILLON:
        return _("$%(millones)s millones") % {"millones": _numero(_entre(valor, _MILLON))}
    return cifra_completa(valor, unidad)


@register.simple_tag
def cifra_muy_corta(valor: int | Decimal | None, unidad: str) -> str:
    """Lo que cabe dentro de una alcaldía dibujada: «$4,321 M», «1.2 M», «12»."""
    if valor is None:
        return ""
    if abs(valor) >= _MILLON:
        return _con_signo(f"{_numero(_entre(valor, _MILLON))} M", unidad)
    if abs(valor) >= 100 * _MIL:
        return _con_signo(f"{_numero(Decimal(valor) // _MIL)} k", unidad)
    return cifra_completa(valor, unidad)


def _entre(valor: int | Decimal, cuanto: int) -> Decimal:
    """Con un decimal si el resultado es chico: «1.4 millones», pero «432 millones»."""
    dividido = Decimal(valor) / cuanto
    return (
        dividido.quantize(Decimal("0.1")) if abs(dividido) < 100 else dividido.quantize(Decimal(1))
    )


def _numero(valor: int | Decimal) -> str:
    entero = valor == int(valor)
    return number_format(valor, decimal_pos=0 if entero else 1, force_grouping=True)


def _con_signo(texto: str, unidad: str) -> str:
    if unidad != "pesos":
        return texto
    return f"−${texto[1:]}" if texto.startswith("-") else f"${texto}"
