"""A quién se le avisa: quien ejerce hoy una función en una dependencia o en toda la Ciudad."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from sibis.cuentas import roles
from sibis.cuentas.models import Adscripcion, Usuario


@dataclass
class Directorio:
    """Se lee una vez y responde por todas las dependencias."""

    _de: dict[tuple[int | None, str], dict[int, Usuario]] = field(default_factory=dict)

    def con(self, dependencia: int, funciones: Iterable[str]) -> list[Usuario]:
        hallados: dict[int, Usuario] = {}
        for funcion in funciones:
            de_ciudad = roles.por_clave(funcion).alcance is roles.Alcance.CIUDAD
            hallados |= self._de.get((None if de_ciudad else dependencia, funcion), {})
        return list(hallados.values())


def directorio(hoy: datetime.date) -> Directorio:
    """Una consulta."""
    lista = Directorio()
    vigentes = Adscripcion.objects.vigentes(hoy).filter(usuario__is_active=True)
    for a in vigentes.select_related("usuario"):
        donde = None if a.vale_en_toda_la_ciudad else a.dependencia_id
        lista._de.setdefault((donde, a.rol), {})[a.usuario_id] = a.usuario
    return lista
