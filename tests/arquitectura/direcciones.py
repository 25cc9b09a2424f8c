"""Todas las direcciones del sitio, sacadas de su tabla, con una muestra que se puede visitar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# De cada hueco, un valor que podría venir.
_MUESTRA = {
    "ejercicio:ejercicio": "2025",
    "slug:slug": "mi-beca",
    "extension_de_tabla:extension": "xlsx",
    "slug:section": "programas",
    "tipo_de_antes:tipo": "programa",
    "numero_de_antes:numero": "565",
    "clave_de_antes:clave": "002_35C001_A",
    "slug:nombre": "enviar",
    "folio:folio": "EVALUA/2026/0001",
    "recibo:folio": "R-2025-000001",
    "str:modelo": "programas.reglaoperacion",
    "slug:conjunto": "programas",
    "slug:formato": "csv",
    "clave": "mi-beca",
    "id": "mi-beca.2025.1",
    "path:id": "centros",
    "nombre": "derechos",
    "lo_que_sea:resto": "no-existe",
    "int:pk": "1",
    "slug:capa": "centros",
    "int:z": "10",
    "int:x": "229",
    "int:y": "455",
    "path:object_id": "1",
    "int:content_type_id": "1",
    "app_label": "programas",
    "uidb36": "a",
    "key": "b",
}
# Lo que sin consulta no lleva a nada.
_CONSULTA = {
    "avisos/calendario.ics": "?llave=mi-beca",
    "agenda/calendario.ics": "?llave=mi-beca",
}


@dataclass(frozen=True, slots=True)
class Direccion:
    ruta: str
    vista: Any

    @property
    def es_publica(self) -> bool:
        return not getattr(self.vista, "login_required", True)

    @property
    def muestra(self) -> str:
        """La dirección con sus huecos llenos."""
        ruta = re.sub(r"<([^<>]+)>", lambda m: _MUESTRA.get(m[1], "1"), self.ruta)
        ruta = re.sub(r"\(\?P(\d+|\w+)[^)]*\)", lambda m: m[1], ruta)
        ruta = ruta.replace("^", "").replace("$", "").replace("\\.", ".").replace("\\Z", "")
        return "/" + ruta + _CONSULTA.get(self.ruta, "")


def todas(tabla: Any = None, antes: str = "") -> Iterator[Direccion]:
    for patron in (tabla or get_resolver()).url_patterns:
        if isinstance(patron, URLResolver):
            yield from todas(patron, antes + str(patron.pattern))
        elif isinstance(patron, URLPattern):
            yield Direccion(antes + str(patron.pattern), patron.callback)
