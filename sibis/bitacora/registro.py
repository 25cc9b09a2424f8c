"""La única puerta para escribir en la bitácora.

Escribe en la transacción de quien llama: si el acto se deshace, su registro también.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import Any, Protocol

from django.db.models import Model

from sibis.bitacora.datos_personales import exigir_sin_datos_personales
from sibis.bitacora.models import Evento


class Via(StrEnum):
    """Por dónde llegó el acto."""

    PANEL = "panel"
    PORTAL = "portal"
    ORDEN = "orden"
    TAREA = "tarea"
    SIN_DECIR = ""


_via: ContextVar[Via | None] = ContextVar("via", default=None)


@contextmanager
def por_via(via: Via) -> Iterator[None]:
    """Todo lo que se registre dentro llegó por ahí: `with por_via(Via.ORDEN): …`.

    Sin esto, lo que hace una persona llegó por el panel y lo demás no se dice.
    """
    anterior = _via.set(via)
    try:
        yield
    finally:
        _via.reset(anterior)


class Persona(Protocol):
    """Lo que se necesita de una cuenta, sin conocer su modelo (cuentas está por encima)."""

    pk: Any

    def get_username(self) -> str: ...


class ConClave(Protocol):
    clave: str


def registrar(
    tipo: str,
    objeto: Model | None,
    *,
    por: Persona | None,
    dependencia: ConClave | str | None = None,
    **detalle: Any,
) -> Evento:
    """Deja constancia de un acto: `registrar("regla.publicada", regla, por=usuario, gaceta="1234")`.

    `por=None` es la máquina. El detalle lleva identificadores y valores de catálogo, nunca datos
    personales (levanta DatoPersonalEnBitacora).
    """
    exigir_sin_datos_personales(detalle)
    return Evento.objects.create(
        tipo=tipo,
        objeto_tipo=objeto._meta.label_lower if objeto is not None else "",
        objeto_id=str(objeto.pk) if objeto is not None else "",
        dependencia=_clave(dependencia),
        por_id=por.pk if por is not None else None,
        por=por.get_username() if por is not None else "",
        via=_via.get() or (Via.PANEL if por is not None else Via.SIN_DECIR),
        detalle=detalle,
    )


def registrar_lectura(
    que: str,
    objeto: Model | None,
    *,
    por: Persona,
    dependencia: ConClave | str | None = None,
    **detalle: Any,
) -> Evento:
    """Deja constancia de que alguien leyó datos personales: `registrar_lectura("persona", p, por=u)`."""
    return registrar(f"lectura.{que}", objeto, por=por, dependencia=dependencia, **detalle)


def _clave(dependencia: ConClave | str | None) -> str:
    if dependencia is None:
        return ""
    return dependencia if isinstance(dependencia, str) else dependencia.clave
