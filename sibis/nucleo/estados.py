"""Tablas de transición: de ellas salen botones, permisos, pruebas y docs/flujos.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sibis.nucleo.errores import TransicionInvalida


@dataclass(frozen=True, slots=True)
class Transicion:
    """Un paso permitido. `nombre` va en la dirección; `boton`, en la pantalla si se dice distinto.

    Lo que sigue a `descripcion` es lo que el paso pide (`exige_…`) y lo que hace además de mover el
    estado: congelar lo que se remite, asignar a quien lo toma, emitir un dictamen.
    """

    nombre: str
    desde: frozenset[str]
    hacia: str
    permiso: str
    descripcion: str
    boton: str = ""
    exige_motivo: bool = False
    exige_otra_persona: bool = False
    exige_completo: str = ""  # el momento cuyas exigencias debe cumplir el asunto
    exige_observaciones: bool = False  # al menos una por notificar
    exige_respuestas: bool = False  # cada observación abierta, contestada
    exige_resueltas: bool = False  # ninguna observación obligatoria abierta
    exige_cotejo: str = ""  # la instancia cuya lista debe estar completa y sin «no»
    lo_frena_la_veda: bool = False
    remite: bool = False
    toma: str = ""  # la instancia a la que queda asignado
    dictamina: str = ""  # el sentido del dictamen que emite

    @property
    def rotulo(self) -> str:
        """Como se lee en un botón o en un aviso."""
        return self.boton or self.nombre


class Flujo:
    """Conjunto declarado de transiciones; quien no está en la tabla no pasa."""

    def __init__(self, inicial: str, transiciones: Iterable[Transicion]) -> None:
        self.inicial = inicial
        self._por_nombre = {t.nombre: t for t in transiciones}

    def __iter__(self) -> Iterator[Transicion]:
        return iter(self._por_nombre.values())

    def paso(self, nombre: str) -> Transicion:
        """La transición con ese nombre, desde donde sea. Levanta TransicionInvalida si no existe."""
        transicion = self._por_nombre.get(nombre)
        if transicion is None:
            raise TransicionInvalida(f"No existe la acción «{nombre}».")
        return transicion

    def exigir(self, nombre: str, *, estado: str) -> Transicion:
        """Devuelve la transición o levanta TransicionInvalida con el motivo en palabras."""
        transicion = self.paso(nombre)
        if estado not in transicion.desde:
            raise TransicionInvalida(
                f"No se puede {transicion.rotulo} desde «{str(estado).replace('_', ' ')}»: quizá "
                "alguien lo atendió antes. Vuelve a abrir la página para ver cómo está ahora."
            )
        return transicion

    def desde(self, estado: str) -> list[Transicion]:
        """Transiciones que salen de un estado, en el orden de la tabla."""
        return [t for t in self if estado in t.desde]

    def pares(self) -> list[tuple[str, str]]:
        """(origen, destino) únicos: lo que la base de datos hace cumplir con su disparador."""
        return sorted({(origen, t.hacia) for t in self for origen in t.desde})
