"""¿Trae programas dentro? Se mira el directorio del documento; nada se abre ni se descomprime."""

from __future__ import annotations

import re
import zipfile
from typing import BinaryIO

_MIEMBROS_A_MIRAR = 5_000
# Office: el proyecto VBA, las hojas de macros de Excel 4 y los controles ActiveX. OpenDocument: sus
# bibliotecas de guiones.
_DE_PROGRAMA = re.compile(
    r"(^|/)(vbaproject[^/]*\.bin|vbadata\.xml|macrosheets/.+|activex/.+|basic/.+|scripts/.+)$",
    re.IGNORECASE,
)


def trae_macros(archivo: BinaryIO) -> bool:
    """Verdadero también si el directorio no se puede leer o es desmedido. Lo deja al principio."""
    archivo.seek(0)
    if archivo.read(2) != b"PK":
        archivo.seek(0)
        return False
    try:
        with zipfile.ZipFile(archivo) as libro:
            miembros = libro.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return True
    finally:
        archivo.seek(0)
    if len(miembros) > _MIEMBROS_A_MIRAR:
        return True
    return any(_DE_PROGRAMA.search(m.filename.replace("\\", "/")) for m in miembros)
