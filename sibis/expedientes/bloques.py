"""Lo que otras aplicaciones cuelgan de un expediente: sus mensajes, sus plazos, su historia.

Cada una aporta el suyo desde settings.BLOQUES_DE_EXPEDIENTE, sin que la página que los muestra la conozca.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

from sibis.cuentas.models import Usuario
from sibis.expedientes.models import Expediente


@dataclass(frozen=True, slots=True)
class Bloque:
    """Un apartado al pie de la página: su título, su plantilla y lo que ella lee."""

    clave: str
    titulo: str
    plantilla: str
    contexto: dict[str, Any]

    @property
    def html(self) -> SafeString:
        return render_to_string(self.plantilla, self.contexto)


def bloques_de(usuario: Usuario, expediente: Expediente) -> list[Bloque]:
    proveedores: list[Callable[[Usuario, Expediente], Bloque | None]] = [
        import_string(ruta) for ruta in settings.BLOQUES_DE_EXPEDIENTE
    ]
    hechos = (dar(usuario, expediente) for dar in proveedores)
    return [bloque for bloque in hechos if bloque is not None]
