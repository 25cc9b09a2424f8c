"""Botones de transición: salen de la tabla y de las funciones de quien mira."""

from __future__ import annotations

from dataclasses import dataclass

from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.estados import Flujo


@dataclass(frozen=True, slots=True)
class Boton:
    nombre: str
    rotulo: str
    descripcion: str


def botones(
    flujo: Flujo,
    *,
    estado: str,
    dependencia: int,
    usuario: Usuario,
    salvo: frozenset[str] = frozenset(),
) -> list[Boton]:
    """Lo que esta persona puede pedir hoy de este objeto. El servicio vuelve a exigirlo todo."""
    return [
        Boton(t.nombre, t.rotulo, t.descripcion)
        for t in flujo.desde(estado)
        if t.nombre not in salvo and puede(usuario, Permiso(t.permiso), en=dependencia)
    ]
