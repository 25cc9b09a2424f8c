"""Leer por dentro el libro de la plantilla, y llenarlo como lo guardaría una hoja de cálculo."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name

from padron.validacion import plantilla
from padron.validacion.ejemplos import fila_de_ejemplo
from padron.validacion.formato import campos
from padron.validacion.regla import Regla

X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HOJAS = {"Padrón": "sheet1", "Cómo llenarlo": "sheet2", "Catálogos": "sheet3"}


def parte(contenido: bytes, nombre: str) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(contenido)) as libro:
        return ET.fromstring(libro.read(nombre))  # noqa: S314  (lo acabamos de hacer)


def hoja(contenido: bytes, nombre: str) -> ET.Element:
    return parte(contenido, f"xl/worksheets/{HOJAS[nombre]}.xml")


def celdas(contenido: bytes, nombre: str) -> dict[tuple[int, int], str]:
    """(fila, columna) desde cero → su texto."""
    compartidos = [
        "".join(t.text or "" for t in s.iter(f"{X}t"))
        for s in parte(contenido, "xl/sharedStrings.xml").findall(f"{X}si")
    ]
    return {
        xl_cell_to_rowcol(c.get("r")): compartidos[int(c.find(f"{X}v").text)]
        for c in hoja(contenido, nombre).iter(f"{X}c")
        if c.get("t") == "s"
    }


def validaciones(regla: Regla) -> dict[str, ET.Element]:
    """Identificador de la columna → lo que la hoja deja escribir en ella."""
    puestas = hoja(plantilla.en_xlsx(regla), "Padrón").iter(f"{X}dataValidation")
    de = {}
    for puesta in puestas:
        _fila, lugar = xl_cell_to_rowcol(puesta.get("sqref").split(":")[0])
        de[campos(regla)[lugar].columna.identificador] = puesta
    return de


def formatos(contenido: bytes) -> dict[int, str]:
    """Columna → el formato de sus celdas."""
    estilos = parte(contenido, "xl/styles.xml")
    propios = {n.get("numFmtId"): n.get("formatCode") for n in estilos.iter(f"{X}numFmt")}
    propios |= {"49": "@", "4": "#,##0.00", "0": "General"}
    de_estilo = [propios[x.get("numFmtId")] for x in estilos.find(f"{X}cellXfs")]
    return {n: de_estilo[int(e)] for n, e in _estilos(hoja(contenido, "Padrón")).items()}


def llenar(regla: Regla, ruta: Path) -> Path:
    """La plantilla publicada con la fila de ejemplo: fechas y montos como números, lo demás como texto."""
    contenido = plantilla.en_xlsx(regla)
    arbol = hoja(contenido, "Padrón")
    renglon = ET.SubElement(arbol.find(f"{X}sheetData"), f"{X}row", {"r": "2"})
    ejemplo = fila_de_ejemplo(regla)
    estilos = _estilos(arbol)
    for lugar, campo in enumerate(campos(regla)):
        nombre = campo.columna.identificador
        if texto := ejemplo[nombre]:
            celda = {"r": f"{xl_col_to_name(lugar)}2", "s": estilos[lugar]}
            _celda(renglon, celda, _numero(nombre, texto), texto)
    with (
        zipfile.ZipFile(io.BytesIO(contenido)) as original,
        zipfile.ZipFile(ruta, "w") as lleno,
    ):
        for dentro in original.namelist():
            cambiada = dentro == "xl/worksheets/sheet1.xml"
            lleno.writestr(dentro, ET.tostring(arbol) if cambiada else original.read(dentro))
    return ruta


def _estilos(arbol: ET.Element) -> dict[int, str]:
    return {
        lugar: columna.get("style", "0")
        for columna in arbol.iter(f"{X}col")
        for lugar in range(int(columna.get("min")) - 1, int(columna.get("max")))
    }


def _numero(nombre: str, texto: str) -> str | None:
    if nombre in ("fecha_nacimiento", "fecha_apoyo"):
        dia, mes, anio = map(int, texto.split("/"))
        return str((datetime.date(anio, mes, dia) - datetime.date(1899, 12, 30)).days)
    return texto if nombre in ("monto", "ministracion") else None


def _celda(renglon: ET.Element, atributos: dict[str, str], numero: str | None, texto: str) -> None:
    if numero is not None:
        ET.SubElement(ET.SubElement(renglon, f"{X}c", atributos), f"{X}v").text = numero
        return
    celda = ET.SubElement(renglon, f"{X}c", {**atributos, "t": "inlineStr"})
    ET.SubElement(ET.SubElement(celda, f"{X}is"), f"{X}t").text = texto
