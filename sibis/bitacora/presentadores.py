"""De un evento a una oración que cualquiera entiende.

Cada app declara las suyas en un diccionario tipo → plantilla, y el ajuste FRASES_DE_BITACORA
enumera esos diccionarios por su ruta. Una plantilla puede usar {por}, {objeto}, {dependencia}
y cualquier clave del detalle: `"{por} publicó {objeto} en la Gaceta {gaceta}"`.
"""

from collections.abc import Mapping
from functools import cache

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sibis.bitacora.models import Evento

LECTURA = gettext_lazy("{por} consultó datos personales de {objeto}")
GENERICA = gettext_lazy("{por}: {tipo} en {objeto}")


@cache
def _frases() -> dict[str, str | Promise]:
    return {
        tipo: frase
        for ruta in settings.FRASES_DE_BITACORA
        for tipo, frase in import_string(ruta).items()
    }


def tipos_conocidos() -> list[str]:
    return sorted(_frases())


class _ConHuecos(dict[str, object]):
    """Un evento viejo puede no traer un dato que la frase de hoy menciona."""

    def __missing__(self, clave: str) -> str:
        return "—"


def frase(evento: Evento, *, objeto: str = "") -> str:
    """La oración del evento. `objeto` es cómo nombrarlo, si quien llama ya lo tiene a la mano."""
    omision = LECTURA if evento.tipo.startswith("lectura.") else GENERICA
    plantilla = str(_frases().get(evento.tipo, omision))
    oracion = plantilla.format_map(_ConHuecos(_datos(evento, objeto)))
    if de := evento.detalle.get("por_delegacion_de"):
        oracion = _("%(oracion)s, por delegación de %(de)s") % {"oracion": oracion, "de": de}
    return oracion


def _datos(evento: Evento, objeto: str) -> Mapping[str, object]:
    return {
        **evento.detalle,
        "tipo": evento.tipo,
        "por": evento.por or _("El sistema"),
        "dependencia": evento.dependencia or "—",
        "objeto": objeto or _nombre_del_objeto(evento),
    }


def _nombre_del_objeto(evento: Evento) -> str:
    if not evento.objeto_tipo:
        return "—"
    return f"{evento.objeto_tipo.rpartition('.')[2]} {evento.objeto_id}"
