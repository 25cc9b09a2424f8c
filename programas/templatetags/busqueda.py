"""Las piezas del buscador que se repiten cien veces por página: armarlas aquí es lo que la hace ágil."""

from __future__ import annotations

from typing import Protocol

from django import template
from django.template.defaultfilters import capfirst
from django.utils.html import format_html
from django.utils.safestring import SafeString

from programas.consultas.vocablos import CONOCIDOS, vocablo

register = template.Library()

# Sus opciones ya vienen en el idioma de la página; las demás, como en la base: en español.
_TRADUCIDOS = {"estado", "tipo", "ejercicio", "clase"}


class Opcion(Protocol):
    """Lo que una faceta ofrece."""

    valor: str
    nombre: str
    total: int
    marcada: bool


_CASILLA = (
    '<div class="casilla"><input type="checkbox" form="busqueda" name="{parametro}" value="{valor}" '
    'id="f-{parametro}-{valor}"{marcada}> <label for="f-{parametro}-{valor}"{idioma}>{nombre} '
    '<span class="cuenta">{total}</span></label></div>'
)


@register.simple_tag
def casilla(parametro: str, opcion: Opcion, ajeno: str = "") -> SafeString:
    """Una opción con su cuenta, marcada si está puesta. `ajeno`: la marca de lo que va en español."""
    return format_html(
        _CASILLA,
        parametro=parametro,
        valor=opcion.valor,
        marcada=SafeString(" checked") if opcion.marcada else "",
        idioma="" if parametro in _TRADUCIDOS or opcion.nombre in CONOCIDOS else ajeno,
        nombre=capfirst(vocablo(opcion.nombre) if ajeno else opcion.nombre),
        total=f"{opcion.total:,}",
    )


@register.simple_tag
def del_catalogo(nombre: str, ajeno: str) -> str:
    """{% del_catalogo derecho.nombre en_espanol %}: traducido o, si nadie lo tradujo, con su marca."""
    if ajeno and nombre not in CONOCIDOS:
        return format_html("<span{}>{}</span>", ajeno, capfirst(nombre))
    return capfirst(vocablo(nombre))
