"""Lo que haría un archivo de catálogo, para verlo antes de aplicarlo."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cambio:
    """Un renglón del archivo: qué haría. `campos` son (nombre, antes, después)."""

    fila: int
    nombre: str
    es_alta: bool
    campos: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Previa:
    """Lo que haría el archivo entero. Con un solo error no se aplica nada."""

    altas: tuple[Cambio, ...] = ()
    cambios: tuple[Cambio, ...] = ()
    iguales: int = 0
    errores: tuple[tuple[int, str], ...] = ()
    ignoradas: tuple[str, ...] = ()
    leido: str = ""

    @property
    def hay_que_aplicar(self) -> bool:
        return not self.errores and bool(self.altas or self.cambios)
