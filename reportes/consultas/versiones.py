"""Qué tan nuevo es un dato, sin leerlo: de ahí salen ETag, Last-Modified y los archivos guardados.

La huella mira `xmin`, que PostgreSQL cambia en cada renglón que se escribe: también ve lo que entró
por SQL a mano. Lo que cambia con el reloj (una convocatoria que abre, un centro que cierra) entra
como cuántos plazos han pasado ya.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

RECUERDO = 90 * 24 * 60 * 60  # segundos: una versión que nadie pidió en tres meses se olvida
_HOY = "(now() AT TIME ZONE %(zona)s)::date"
# De las tablas que envejecen solas: cuántos de sus plazos han pasado.
_RELOJ = {
    "programas_convocatoria": ("abre <= now()", "cierra <= now()"),
    "territorio_centro": (f"vigente_desde <= {_HOY}", f"vigente_hasta < {_HOY}"),
    "territorio_colonia": (f"vigente_desde <= {_HOY}", f"vigente_hasta < {_HOY}"),
}


@dataclass(frozen=True, slots=True)
class Version:
    """`modificado` es cuándo se vio por primera vez esta huella: nunca antes del cambio."""

    huella: str
    modificado: datetime.datetime

    @property
    def corta(self) -> str:
        return self.huella[:16]


def version_de(tablas: Iterable[str], *, ademas: str = "") -> Version:
    """La de unas tablas; `ademas` distingue otra cosa que también cambia la respuesta."""
    huella = hashlib.sha256(f"{_estado(sorted(set(tablas)))}|{ademas}".encode()).hexdigest()
    return Version(huella, _vista_por_primera_vez(huella))


def version_de_texto(contenido: bytes) -> Version:
    """La de algo ya escrito, cuando no se sabe de qué tablas sale."""
    huella = hashlib.sha256(contenido).hexdigest()
    return Version(huella, _vista_por_primera_vez(huella))


def _estado(tablas: list[str]) -> list[tuple[object, ...]]:
    """Un renglón por tabla. Los nombres son nuestros, nunca de quien pregunta."""
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(map(_de_una, tablas)), {"zona": settings.TIME_ZONE})
        return sorted(cursor.fetchall())


def _de_una(tabla: str) -> str:
    """Cuántos renglones, la suma de sus `xmin` y el mayor. Lo que entra junto lleva el mismo: se
    agrupa antes de volverlo número, que de un millón de renglones es lo caro."""
    plazos = (
        f"(SELECT count(*) FROM {tabla} WHERE {plazo})"  # noqa: S608
        for plazo in _RELOJ.get(tabla, ())
    )
    return (
        f"SELECT '{tabla}', coalesce(sum(n), 0), coalesce(sum(n * x::text::bigint), 0), "  # noqa: S608
        f"coalesce(max(x::text::bigint), 0), ARRAY[{', '.join(plazos)}]::bigint[] "
        f"FROM (SELECT xmin AS x, count(*) AS n FROM {tabla} GROUP BY xmin) escritos"
    )


def _vista_por_primera_vez(huella: str) -> datetime.datetime:
    """Sin caché es ahora: nadie se queda con algo viejo, solo se baja otra vez."""
    llave, ahora = f"version:{huella[:32]}", int(timezone.now().timestamp())
    cache.add(llave, ahora, RECUERDO)
    return datetime.datetime.fromtimestamp(cache.get(llave) or ahora, tz=datetime.UTC)
