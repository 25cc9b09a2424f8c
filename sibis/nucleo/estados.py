"""Tablas de transición: de ellas salen botones, permisos, pruebas y docs/flujos.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sibis.nucleo.errores import TransicionInvalida


@dataclass(frozen=True, slots=True)
class Transicion:
    """Un paso permitido. `nombre` es el infinitivo que la persona ve en el botón."""

    nombre: str
    desde: frozenset[str]
    hacia: str
    permiso: str
    descripcion: str
    exige_motivo: bool = False
    exige_otra_persona: bool = False


class Flujo:
    """Conjunto declarado de transiciones; quien no está en la tabla no pasa."""

    def __init__(self, inicial: str, transiciones: Iterable[Transicion]) -> None:
        self.inicial = inicial
        self._por_nombre = {t.nombre: t for t in transiciones}

    def __iter__(self) -> Iterator[Transicion]:
        return iter(self._por_nombre.values())

    def exigir(self, nombre: str, *, estado: str) -> Transicion:
        """Devuelve la transición o levanta TransicionInvalida con el motivo en palabras."""
        transicion = self._por_nombre.get(nombre)
        if transicion is None:
            raise TransicionInvalida(f"No existe la acción «{nombre}».")
        if estado not in transicion.desde:
            raise TransicionInvalida(
                f"No se puede {nombre} desde «{estado}»: quizá alguien lo atendió antes. "
                "Vuelve a abrir la página para ver cómo está ahora."
            )
        return transicion

    def desde(self, estado: str) -> list[Transicion]:
        """Transiciones que salen de un estado, en el orden de la tabla."""
        return [t for t in self if estado in t.desde]

    def pares(self) -> list[tuple[str, str]]:
        """(origen, destino) únicos: lo que la base de datos hace cumplir con su disparador."""
        return sorted({(origen, t.hacia) for t in self for origen in t.desde})
