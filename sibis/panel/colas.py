"""Colas de trabajo: qué espera a cada quien. Cada app aporta las suyas desde settings."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.models import Usuario


class Seccion(Enum):
    """En qué parte de la entrada va una cola; el orden es el de la página."""

    ATRASADO = "atrasado"
    TE_ESPERA = "te-espera"
    ENVIASTE = "enviaste"
    CAMBIO = "cambio"

    @property
    def titulo(self) -> Promise:
        return _TITULOS[self]


_TITULOS: dict[Seccion, Promise] = {
    Seccion.ATRASADO: _("Atrasado"),
    Seccion.TE_ESPERA: _("Te espera"),
    Seccion.ENVIASTE: _("Lo que enviaste"),
    Seccion.CAMBIO: _("Qué cambió"),
}


@dataclass(frozen=True, slots=True)
class Pendiente:
    """Un renglón de la cola: qué es, de quién, desde cuándo, y a dónde lleva."""

    titulo: str
    detalle: str
    url: str
    estado: str = ""
    desde: datetime.date | None = None
    urgente: bool = False


@dataclass(frozen=True, slots=True)
class Cola:
    """Lo que espera a una persona, con su total aunque se muestren pocos.

    `total` es None cuando contarlos no dice nada: las últimas novedades, por ejemplo.
    """

    titulo: str
    vacia: str
    total: int | None
    pendientes: tuple[Pendiente, ...]
    url_todos: str
    seccion: Seccion = Seccion.TE_ESPERA

    @property
    def hay_mas(self) -> bool:
        return self.total is not None and self.total > len(self.pendientes)


@dataclass(frozen=True, slots=True)
class Apartado:
    """Una sección de la entrada con sus colas: las que traen algo, y el nombre de las que no."""

    seccion: Seccion
    con_algo: tuple[Cola, ...]
    vacias: tuple[Cola, ...]

    @property
    def total(self) -> int:
        return sum(cola.total or 0 for cola in self.con_algo)


def colas_de(usuario: Usuario) -> list[Cola]:
    """Todas las colas de esa persona, en el orden de settings.COLAS_DEL_PANEL (rutas con puntos)."""
    colas: list[Cola] = []
    for ruta in settings.COLAS_DEL_PANEL:
        proveedor: Callable[[Usuario], list[Cola]] = import_string(ruta)
        colas.extend(proveedor(usuario))
    return colas


def por_seccion(usuario: Usuario) -> list[Apartado]:
    """Las secciones que esa persona tiene. Lo atrasado sin nada no se anuncia: es lo que se quiere."""
    colas = colas_de(usuario)
    apartados = []
    for seccion in Seccion:
        suyas = [c for c in colas if c.seccion is seccion]
        con_algo = tuple(c for c in suyas if c.pendientes)
        if con_algo or (suyas and seccion is not Seccion.ATRASADO):
            vacias = tuple(c for c in suyas if not c.pendientes)
            apartados.append(Apartado(seccion, con_algo, vacias))
    return apartados
