"""Lo que la agenda pregunta a las aplicaciones de arriba, por su ruta en los ajustes.

`SUJETOS_DE_AGENDA`, quién debe qué: funciones (obligación, ejercicio) -> Sujetos.
`CUMPLIMIENTOS_DE_AGENDA`, con qué se cumple: `Obligacion.cumple` -> función de una lista de
vencimientos a {pk: Cumplimiento}, con el mismo número de consultas sean cuantos sean. Los que no
devuelve no están cumplidos. Una obligación con otra clave, o sin ella, la anota una persona.

Falta una clave que el catálogo ya usa: `informe_trimestral`. Recibe vencimientos con `ejercicio`,
`trimestre` (1 a 4) y `asunto_clave` (la del programa); cumple el informe de ese programa y trimestre,
con el día en que se envió y la dirección del informe. Mientras no esté en los ajustes se anota a mano.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from sibis.agenda.models import Obligacion, Vencimiento


@dataclass(frozen=True, slots=True)
class Sujeto:
    """Quién la debe y, si es de un programa, de cuál: su clave y cómo se llama ese año."""

    dependencia_id: int
    asunto_clave: str = ""
    asunto_nombre: str = ""


@dataclass(frozen=True, slots=True)
class Cumplimiento:
    """El hecho que cumple. `el` es None cuando la fuente no dice qué día fue."""

    el: datetime.date | None
    que: str
    url: str = ""


Comprobador = Callable[[list[Vencimiento]], dict[int, Cumplimiento]]


def sujetos_de(obligacion: Obligacion, ejercicio: int) -> list[Sujeto]:
    """Sin repetir: dos aplicaciones pueden nombrar a la misma dependencia."""
    hallados: dict[Sujeto, None] = {}
    for ruta in settings.SUJETOS_DE_AGENDA:
        proveedor: Callable[[Obligacion, int], Iterable[Sujeto]] = import_string(ruta)
        hallados |= dict.fromkeys(proveedor(obligacion, ejercicio))
    return list(hallados)


def comprobadores() -> dict[str, Comprobador]:
    return {clave: import_string(ruta) for clave, ruta in settings.CUMPLIMIENTOS_DE_AGENDA.items()}


def se_anota_a_mano(obligacion: Obligacion) -> bool:
    return obligacion.cumple not in settings.CUMPLIMIENTOS_DE_AGENDA
