"""Los documentos hechos, en el almacenamiento de Django y con su huella por nombre: no cambian."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.utils import timezone

CARPETA = "documentos"


class _Terminado(File):
    """Un archivo completo: el almacenamiento en disco lo mueve, y nadie lo ve a medio escribir."""

    def __init__(self, archivo: Path) -> None:
        self.ruta = archivo
        super().__init__(archivo.open("rb"), name=archivo.name)

    def temporary_file_path(self) -> str:
        return str(self.ruta)


def ruta(huella: str, extension: str) -> str:
    return f"{CARPETA}/{huella[:2]}/{huella}.{extension}"


def existe(nombre: str) -> bool:
    return default_storage.exists(nombre)


def guardar(nombre: str, datos: bytes) -> None:
    """Escribe aparte y lo pone en su lugar de un golpe. Si ya estaba, no hace nada."""
    if existe(nombre):
        return
    carpeta = Path(settings.MEDIA_ROOT) / CARPETA
    carpeta.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=carpeta, prefix="a-medias-", delete=False) as aparte:
        aparte.write(datos)
    try:
        with _Terminado(Path(aparte.name)) as terminado:
            guardado = default_storage.save(nombre, terminado)
        if guardado != nombre:  # otro proceso lo terminó en este instante, y es igual
            default_storage.delete(guardado)
    finally:
        Path(aparte.name).unlink(missing_ok=True)


def podar(*, dias: int) -> int:
    """Quita los que nadie ha vuelto a hacer en ese tiempo: todos se pueden rehacer."""
    limite = timezone.now() - datetime.timedelta(days=dias)
    if not existe(CARPETA):
        return 0
    carpetas, sueltos = default_storage.listdir(CARPETA)
    nombres = [f"{CARPETA}/{suelto}" for suelto in sueltos]
    for carpeta in carpetas:
        _carpetas, archivos = default_storage.listdir(f"{CARPETA}/{carpeta}")
        nombres += [f"{CARPETA}/{carpeta}/{archivo}" for archivo in archivos]
    viejos = [n for n in nombres if default_storage.get_modified_time(n) < limite]
    for viejo in viejos:
        default_storage.delete(viejo)
    return len(viejos)
