"""Errores que una persona puede entender y corregir; su mensaje se muestra tal cual."""


class ErrorDeNegocio(Exception):
    """Algo que pidió una persona no procede: el mensaje dice qué pasó y qué hacer."""

    def __init__(self, mensaje: str, *, detalles: tuple[str, ...] = ()) -> None:
        super().__init__(mensaje)
        self.mensaje = mensaje
        self.detalles = detalles

    def __str__(self) -> str:
        return self.mensaje


class SinPermiso(ErrorDeNegocio):
    """Quien lo pide no tiene la facultad, o no sobre este objeto."""


class TransicionInvalida(ErrorDeNegocio):
    """El estado actual no admite lo que se pidió."""


class EdicionConcurrente(ErrorDeNegocio):
    """Otra persona guardó antes: no se encima lo suyo."""


class ArchivoIlegible(ErrorDeNegocio):
    """El archivo entero no se puede leer; nada de él se cargó."""
