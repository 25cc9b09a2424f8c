"""Una hoja de cálculo como CSV, leída en un proceso aparte: si el archivo lo tira, el sitio sigue.

    python -m sibis.nucleo.libro ENTRADA.xlsx SALIDA.csv

Un libro de 4 kB puede declarar un renglón en cada orilla de la hoja y pedir gigas al leerse: por eso
antes se mira su directorio y se lee con límites de memoria y de tiempo.
"""

from __future__ import annotations

import csv
import datetime
import resource
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import python_calamine

from sibis.nucleo.errores import ArchivoIlegible

MEMORIA = 1024**3
SEGUNDOS = 20
ABIERTO = 200_000_000
MIEMBROS = 500
RAZON = 200


def a_csv(entrada: Path, salida: Path) -> None:
    """La primera hoja, con sus renglones en su número. Levanta ArchivoIlegible con qué hacer."""
    _exigir_que_es_razonable(entrada)
    orden = [sys.executable, "-m", "sibis.nucleo.libro", str(entrada), str(salida)]
    raiz = Path(__file__).resolve().parents[2]
    try:
        subprocess.run(  # noqa: S603  (las rutas las ponemos nosotros)
            orden, check=True, timeout=SEGUNDOS + 10, capture_output=True, cwd=raiz
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise ArchivoIlegible(
            "La hoja de cálculo no se pudo leer: está dañada, tiene contraseña o es demasiado grande. "
            "Ábrela, guárdala otra vez como .xlsx o como CSV (UTF-8) y vuelve a intentar. "
            "No se cargó nada."
        ) from error


def _exigir_que_es_razonable(entrada: Path) -> None:
    try:
        with zipfile.ZipFile(entrada) as libro:
            miembros = libro.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ArchivoIlegible(
            "El archivo dice ser una hoja de cálculo y no se puede abrir. No se cargó nada."
        ) from error
    pesa, cabe = sum(m.file_size for m in miembros), sum(m.compress_size for m in miembros)
    if len(miembros) > MIEMBROS or pesa > ABIERTO or pesa > RAZON * max(cabe, 1):
        raise ArchivoIlegible(
            "La hoja de cálculo abierta pesa demasiado. Deja solo la hoja con los datos y vuelve a "
            "intentar. No se cargó nada."
        )


def _celdas(renglon: list[Any]) -> Iterator[str]:
    for valor in renglon:
        if isinstance(valor, bool):
            yield "sí" if valor else "no"
        elif isinstance(valor, float) and valor.is_integer():
            yield str(int(valor))
        elif isinstance(valor, datetime.datetime | datetime.date):
            yield valor.isoformat().removesuffix("T00:00:00")
        else:
            yield "" if valor is None else str(valor)


def _convertir(entrada: str, salida: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORIA, MEMORIA))
    resource.setrlimit(resource.RLIMIT_CPU, (SEGUNDOS, SEGUNDOS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    libro = python_calamine.CalamineWorkbook.from_path(entrada)
    hoja = libro.get_sheet_by_index(0)
    with Path(salida).open("w", encoding="utf-8", newline="") as archivo:
        escritor = csv.writer(archivo)
        for renglon in hoja.to_python(skip_empty_area=False):
            escritor.writerow(_celdas(renglon))


if __name__ == "__main__":
    _convertir(*sys.argv[1:])
