"""Dónde y cuándo se recibe un apoyo, para quien lo organiza desde otra aplicación.

El portal, su calendario y los avisos ya leen `FechaDeEntrega` y `Sede`: quien escribe aquí no tiene que
enseñar nada más. El permiso lo exige quien llama, sobre su propio objeto.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from programas.models import FechaDeEntrega, Programa, Sede


@dataclass(frozen=True, slots=True)
class FechaPublica:
    """Lo que la gente lee de una fecha."""

    programa: Programa
    ejercicio: int
    concepto: str
    desde: datetime.date
    hasta: datetime.date | None
    lugar: str
    es_demostracion: bool = False


def poner_fecha(dicho: FechaPublica, *, en: FechaDeEntrega | None) -> FechaDeEntrega:
    """La escribe, o cambia la que ya había: así es el mismo suceso en el calendario de quien la sigue."""
    fecha = en or FechaDeEntrega()
    nueva = {campo: getattr(dicho, campo) for campo in FechaPublica.__dataclass_fields__}
    nueva["concepto"] = dicho.concepto[:200]
    nueva["lugar"] = dicho.lugar[:300]
    nueva["hasta"] = None if dicho.hasta == dicho.desde else dicho.hasta
    if fecha.pk and all(getattr(fecha, campo) == valor for campo, valor in nueva.items()):
        return fecha
    for campo, valor in nueva.items():
        setattr(fecha, campo, valor)
    fecha.save()
    return fecha


def poner_sede(programa: Programa, *, ejercicio: int, centro: int, es_demostracion: bool) -> None:
    """El centro sale entre los lugares del programa; si ya estaba, queda igual."""
    Sede.objects.get_or_create(
        programa=programa,
        ejercicio=ejercicio,
        centro_id=centro,
        defaults={"es_demostracion": es_demostracion},
    )
