"""El almacén en disco: un archivo aparece entero y asegurado, o no aparece."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

TROZO = 1 << 20


class AlmacenEnDisco(FileSystemStorage):
    """Como el de Django, pero escribe aparte, asegura y renombra; si el destino existe, lo repone.

    Vale porque el nombre es la huella: dos escrituras del mismo nombre traen lo mismo.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: File) -> str:
        destino = Path(self.path(name))
        destino.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        descriptor, provisional = tempfile.mkstemp(prefix=".entra-", dir=destino.parent)
        try:
            self._escribir(descriptor, content)
            os.chmod(provisional, self.file_permissions_mode or 0o640)
            os.replace(provisional, destino)
        finally:  # si ya se renombró, no está; si algo falló, no queda
            with contextlib.suppress(FileNotFoundError):
                os.unlink(provisional)
        _asegurar_carpeta(destino.parent)
        return name

    @staticmethod
    def _escribir(descriptor: int, content: File) -> None:
        with os.fdopen(descriptor, "wb") as archivo:
            for trozo in content.chunks(TROZO):
                archivo.write(trozo)
            archivo.flush()
            os.fsync(archivo.fileno())

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """Lo que está entrando aún no es un archivo guardado."""
        carpetas, archivos = super().listdir(path)
        return carpetas, [a for a in archivos if not a.startswith(".entra-")]

    def url(self, name: str | None) -> Any:
        raise ValueError("Lo guardado no tiene dirección propia: lo sirve la página que lo cita.")


def _asegurar_carpeta(carpeta: Path) -> None:
    """Sin esto, tras un apagón el contenido puede estar y el nombre no."""
    descriptor = os.open(carpeta, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
