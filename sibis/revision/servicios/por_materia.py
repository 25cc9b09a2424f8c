"""Los pasos de una materia con su nombre: `enviar(regla, por=titular)` en vez de citar la tabla."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from sibis.cuentas.models import Usuario
from sibis.nucleo.estados import Transicion
from sibis.revision.materias import Materia
from sibis.revision.servicios import pasos

A = TypeVar("A")


class DarUnPaso(Protocol[A]):
    def __call__(
        self, asunto: A, *, por: Usuario, motivo: str = "", visto: int | None = None
    ) -> A: ...


@dataclass(frozen=True, slots=True)
class PasosDe(Generic[A]):
    """Lo que exige y da el motor, dicho para una clase de asunto."""

    materia: Materia

    def exigir(self, nombre: str, asunto: A, *, por: Usuario, motivo: str = "") -> Transicion:
        """Lo que exige el motor, sin dar el paso: lo usan las colas y las pruebas."""
        return pasos.exigir(self.materia, nombre, asunto, por=por, motivo=motivo)

    def dar(self, nombre: str, asunto: A, *, por: Usuario, **datos: Any) -> A:
        """Un paso cualquiera que pide una persona."""
        resultado: A = pasos.dar(self.materia, asunto, nombre, por=por, **datos)
        return resultado

    def paso(self, nombre: str) -> DarUnPaso[A]:
        """Ese paso, con su nombre ya puesto. Levanta TransicionInvalida si no está en la tabla."""
        self.materia.flujo.paso(nombre)
        return partial(self.dar, nombre)
