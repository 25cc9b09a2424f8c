"""Parquet y hoja de cálculo: se hacen una vez por versión de los datos y se guardan.

El archivo se llama como la versión, así que uno guardado nunca está viejo. Perderlos no pierde nada:
se vuelven a hacer.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import structlog
from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from reportes.consultas.conjuntos import Conjunto
from reportes.consultas.conjuntos.piezas import DUCKDB
from reportes.consultas.publicacion import CARPETA, ruta_guardada
from reportes.consultas.versiones import Version
from reportes.exportacion.copia import csv_de
from sibis.nucleo.errores import ErrorDeNegocio

registro = structlog.get_logger(__name__)
RENGLONES_DE_HOJA = 1_048_575  # uno menos que Excel: el primero es el encabezado
SEGUNDOS = 420


class NoCabe(ErrorDeNegocio):
    """El conjunto es más grande de lo que ese formato admite."""


class NoSeHizo(ErrorDeNegocio):
    """La conversión falló; los demás formatos siguen disponibles."""


def preparar(conjunto: Conjunto, formato: str, version: Version) -> str:
    """La ruta en el almacén, haciéndolo si falta. Levanta NoCabe o NoSeHizo."""
    ruta = ruta_guardada(conjunto, formato, version)
    if default_storage.exists(ruta):
        return ruta
    if formato == "xlsx" and conjunto.renglones() > RENGLONES_DE_HOJA:
        raise NoCabe(
            _(
                "Este conjunto tiene más renglones de los que caben en una hoja de cálculo "
                "(1,048,575). Descárgalo en CSV o en Parquet."
            )
        )
    with tempfile.TemporaryDirectory(prefix="datos-") as carpeta:
        hecho = _convertir(conjunto, formato, Path(carpeta))
        with hecho.open("rb") as archivo:
            guardado = default_storage.save(ruta, File(archivo))
    if guardado != ruta:  # otro proceso lo guardó a la vez: es el mismo, sobra uno
        default_storage.delete(guardado)
    _quitar_anteriores(conjunto, formato, ruta)
    return ruta


def _convertir(conjunto: Conjunto, formato: str, carpeta: Path) -> Path:
    entrada, salida, columnas = (
        carpeta / n for n in ("datos.csv", f"datos.{formato}", "columnas.json")
    )
    with entrada.open("wb") as archivo:
        archivo.writelines(csv_de(conjunto.consulta(sin_formulas=False)))
    descritas = [
        {"nombre": c.nombre, "tipo": c.tipo.value, "duckdb": DUCKDB[c.tipo]}
        for c in conjunto.columnas
    ]
    columnas.write_text(json.dumps(descritas), encoding="utf-8")
    orden = ["-m", "reportes.exportacion.convertir", formato, entrada, salida, columnas]
    try:
        subprocess.run(  # noqa: S603  (todo lo que va en la orden lo escribimos nosotros)
            [sys.executable, *map(str, orden)],
            check=True,
            timeout=SEGUNDOS,
            capture_output=True,
            cwd=settings.RAIZ,
        )
    except (subprocess.SubprocessError, OSError) as error:
        salio = getattr(error, "stderr", None) or b""
        registro.error(
            "conversion_fallida",
            conjunto=conjunto.clave,
            formato=formato,
            error=str(error),
            salida=salio[-500:].decode(errors="replace"),
        )
        raise NoSeHizo(
            _(
                "El archivo no se pudo preparar y ya quedó anotado. Mientras tanto, "
                "descarga los mismos datos en CSV."
            )
        ) from error
    return salida


def _quitar_anteriores(conjunto: Conjunto, formato: str, vigente: str) -> None:
    carpeta = f"{CARPETA}/{conjunto.clave}"
    for nombre in default_storage.listdir(carpeta)[1]:
        ruta = f"{carpeta}/{nombre}"
        if nombre.endswith(f".{formato}") and ruta != vigente:
            default_storage.delete(ruta)
