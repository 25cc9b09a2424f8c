"""Los archivos que cita un manifiesto: dentro de su carpeta, normales, y sin pasar del límite."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sibis.nucleo.errores import ArchivoIlegible


def carpeta_de(ruta: Path) -> Path:
    """La carpeta de verdad, sin enlaces. Levanta ArchivoIlegible si no hay tal."""
    try:
        real = ruta.resolve(strict=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise ArchivoIlegible(f"No existe la carpeta {ruta.name}. Revisa --carpeta.") from error
    if not real.is_dir():
        raise ArchivoIlegible(f"{ruta.name} no es una carpeta. Revisa --carpeta.")
    return real


def ubicar(citado: str, *, carpeta: Path, limite: int) -> Path:
    """La ruta real del archivo citado. Levanta ValueError con lo que está mal, sin leer su contenido."""
    if "\x00" in citado or "\\" in citado:
        raise ValueError("La ruta del archivo lleva un carácter que no se admite; usa «/».")
    relativa = Path(citado)
    if relativa.is_absolute() or ".." in relativa.parts:
        raise ValueError(f"«{citado[:120]}» sale de la carpeta: escribe la ruta desde ella.")
    try:
        real = (carpeta / relativa).resolve(strict=True)
    except FileNotFoundError as error:
        raise ValueError(f"No está el archivo «{citado[:120]}» en la carpeta.") from error
    except (OSError, RuntimeError) as error:
        raise ValueError(f"No se puede abrir «{citado[:120]}».") from error
    if not real.is_relative_to(carpeta):
        raise ValueError(f"«{citado[:120]}» es un enlace que sale de la carpeta.")
    datos = real.stat()
    if not stat.S_ISREG(datos.st_mode):
        raise ValueError(f"«{citado[:120]}» no es un archivo: es una carpeta o algo especial.")
    if datos.st_size > limite:
        raise ValueError(
            f"«{citado[:120]}» pesa {datos.st_size / 1e6:,.0f} MB y el máximo es "
            f"{limite / 1e6:,.0f} MB."
        )
    return real


@contextmanager
def abierto(ruta: Path) -> Iterator[BinaryIO]:
    """Sin seguir enlaces: lo que se revisó es lo que se lee. Levanta ValueError si no se puede."""
    try:
        descriptor = os.open(ruta, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise ValueError(f"No hay permiso para leer «{ruta.name}».") from error
    with os.fdopen(descriptor, "rb") as archivo:
        yield archivo
