"""Las celdas que dicen «#N/A» o «#¡DIV/0!»: el lector de hojas las da vacías, y vacío no es lo mismo.

Se buscan en el XML de la hoja por bytes, sin interpretarlo: ni entidades ni vínculos.
"""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

TROZO = 1 << 20
TRASLAPE = 2_048
MAXIMO = 200_000

_HOJA = re.compile(rb"<(?:\w+:)?sheet\s[^>]*?\w+:id=\"([^\"]+)\"")
_RELACION = re.compile(rb"<Relationship\s[^>]*>")
_CON_ERROR = re.compile(
    rb"<c r=\"([A-Z]{1,3})(\d{1,7})\"[^>]*?\st=\"e\"[^>]*>(?:<f[^>]*>[^<]*</f>|<f[^>]*/>)?<v>([^<]{1,20})</v>"
)


def hallar(entrada: Path, lugar: int) -> Mapping[int, Mapping[int, str]]:
    """{fila: {columna: texto}} de la hoja en ese lugar; vacío si el libro no es .xlsx."""
    errores: defaultdict[int, dict[int, str]] = defaultdict(dict)
    try:
        with zipfile.ZipFile(entrada) as libro:
            miembro = _miembro(libro, lugar)
            if miembro is None:
                return errores
            cola = b""
            with libro.open(miembro) as hoja:
                while trozo := hoja.read(TROZO):
                    junto = cola + trozo
                    if b't="e"' in junto and len(errores) < MAXIMO:
                        for columna, fila, texto in _CON_ERROR.findall(junto):
                            errores[int(fila)][_numero(columna)] = texto.decode("utf-8", "replace")
                    cola = junto[-TRASLAPE:]
    except (zipfile.BadZipFile, KeyError):
        return {}
    return errores


def _miembro(libro: zipfile.ZipFile, lugar: int) -> str | None:
    nombres = set(libro.namelist())
    relaciones = "xl/_rels/workbook.xml.rels"
    if not {"xl/workbook.xml", relaciones} <= nombres:
        return None
    hojas = _HOJA.findall(libro.read("xl/workbook.xml"))
    destinos: dict[bytes, str] = {}
    for relacion in _RELACION.findall(libro.read(relaciones)):
        identidad = re.search(rb'\sId="([^"]+)"', relacion)
        apunta = re.search(rb'\sTarget="([^"]+)"', relacion)
        if identidad and apunta:
            destinos[identidad[1]] = apunta[1].decode("utf-8", "replace")
    if lugar >= len(hojas) or hojas[lugar] not in destinos:
        return None
    destino = destinos[hojas[lugar]]
    miembro = destino.lstrip("/") if destino.startswith("/") else str(PurePosixPath("xl") / destino)
    return miembro if miembro in nombres else None


def _numero(letras: bytes) -> int:
    numero = 0
    for letra in letras:
        numero = numero * 26 + letra - 64
    return numero - 1
